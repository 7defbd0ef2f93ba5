/** `/hitl freezes`: what is not let through now, for those concerned; and lifting a freeze from that list. */
import type { App } from '@slack/bolt';
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import { freezesList } from '../../blocks/messages/freezes-list.ts';
import { withinLimits } from '../../blocks/text/limits.ts';
import { maskSensitive } from '../../src/domain/redact.ts';
import type { Message } from '../../blocks/text/message.ts';
import type { Person } from '../../src/access/refused.ts';
import type { Freeze } from '../../src/store/holds.ts';
import { loadItem } from '../../src/store/items.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { readClick } from '../context/payload.ts';
import { runAction } from '../context/run-action.ts';
import { mayDoNow, maySeeNow, wordsFor } from '../context/ask-whether.ts';
import { refuseGone } from '../context/refuse-gone.ts';

/** Managers and those who may lift see all; a domain's deciders what is of their domain; pauses are no secret. */
export async function showFreezes(desk: HandlerContext, person: Person): Promise<Message> {
  const { world } = desk;
  const policy = world.policy();
  const title = (domain: string): string => policy.domains[domain]?.title ?? domain;
  const sees = await maySeeNow(desk, { view: 'pauses' }, person);
  if (sees.may === 'no') return plainMessage(wordsFor(desk, sees.refusal, person));
  const may_lift = (await mayDoNow(desk, { deed: 'lift_freeze' }, person)).may === 'yes';
  const freezes: Freeze[] = [];
  for (const freeze of world.holds.freezes()) {
    const view = { view: 'freeze', domain: freeze.domain } as const;
    if ((await maySeeNow(desk, view, person)).may === 'yes') freezes.push(freeze);
  }
  return freezesList({
    may_lift,
    pauses: world.holds
      .pauses()
      .map((pause) => ({ ...pause, domain: pause.domain === null ? null : title(pause.domain) })),
    freezes: await Promise.all(
      freezes.map(async (freeze) => {
        const item = (await loadItem(world.db, freeze.item_id))?.item ?? null;
        const shown = item && maskSensitive(item);
        return {
          ...freeze,
          domain: title(freeze.domain),
          title: shown && shown.title,
          action_name: shown?.action?.name ?? freeze.action_name,
        };
      }),
    ),
  });
}

export function onFreezeLift(app: App, desk: HandlerContext): void {
  app.action('freeze_lift', async ({ ack, body, respond }) => {
    const click = readClick(body);
    if (!click?.value) return refuseGone(desk, click, ack);
    const { value: freeze_id, person, where } = click;
    await runAction(desk, { act: 'lift_freeze', freeze_id, person, where }, ack);
    desk.afterwards(
      'the list of freezes',
      showFreezes(desk, person).then((list) =>
        respond({
          replace_original: true,
          response_type: 'ephemeral',
          ...withinLimits('message', list),
        }),
      ),
    );
  });
}
