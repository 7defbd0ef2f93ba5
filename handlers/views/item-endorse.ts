/** "Same as …": an earlier answer is taken over by one click, or, of a blind item, once one has given one's own. */
import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { ENDORSE_ANSWER, endorseModal, readEndorsed } from '../../blocks/modals/endorse-modal.ts';
import { refusalNote } from '../../blocks/messages/notes.ts';
import type { Person } from '../../src/access/refused.ts';
import { isBlindNow } from '../../src/domain/decision.ts';
import type { Verdict } from '../../src/domain/lifecycle.ts';
import { shownItem } from '../../src/items/shown-item.ts';
import { signaturesOf, verdictOf } from '../../src/domain/signatures.ts';
import { opinionsOf } from '../../src/store/opinions.ts';
import { agreementKey } from '../../src/domain/agreement.ts';
import { decideByClick } from './decide-by-click.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { onItemClick } from '../context/on-item-click.ts';
import { onItemForm, performForm } from '../context/on-item-form.ts';
import { refuseGone } from '../context/refuse-gone.ts';

export function onItemEndorse(app: App, desk: HandlerContext): void {
  onItemClick(app, desk, /^item_endorse:[0-9a-f-]{36}$/, async (click) => {
    const said = await verdictSaid(desk, click.record.id, click.action_id.split(':')[1] ?? '');
    if (said === null) return refuseGone(desk, click, click.ack);
    await decideByClick(desk, click, said);
  });
  onItemForm(app, desk, ENDORSE_ANSWER, async (form) => {
    const chosen = readEndorsed(form.values);
    if (chosen === null) return form.ack();
    const { record, seen_rev, seen } = form;
    const verdict = await verdictSaid(desk, record.id, chosen);
    if (verdict === null) return form.refuse(refusalNote({ refused: 'gone' }));
    const act = { act: 'decide', item_id: record.id, verdict, seen_rev, ...seen } as const;
    return performForm(desk, form, act);
  });
}

/** What was said there, without its reason: that was its author's. */
async function verdictSaid(
  desk: HandlerContext,
  item_id: string,
  opinion_id: string,
): Promise<Verdict | null> {
  const opinion = (await opinionsOf(desk.world.db, item_id)).find((one) => one.id === opinion_id);
  const verdict = opinion ? verdictOf(opinion) : null;
  if (verdict === null || (verdict.word !== 'answer' && verdict.word !== 'edit')) return null;
  return { ...verdict, rationale: undefined };
}

/** What a person who has answered a blind quorum in words is asked next: whether somebody has said the same. Null: nobody has said anything else. */
export async function endorsement(
  desk: HandlerContext,
  item_id: string,
  person: Person,
): Promise<ModalView | null> {
  const shown = await shownItem(desk.world, item_id);
  const several = shown?.record.several;
  if (!shown || !several || several.stages.length > 0 || !isBlindNow(shown.record)) return null;
  const signatures = signaturesOf(shown.opinions, several).filter(
    (one) => one.verdict.word === 'answer',
  );
  const own = signatures.find((one) => one.person === person.user);
  if (!own) return null;
  const seen = new Set([agreementKey(own.verdict)]);
  const others = signatures.filter((one) => {
    const key = agreementKey(one.verdict);
    const fresh = !seen.has(key);
    seen.add(key);
    return fresh;
  });
  return others.length === 0 ? null : endorseModal(shown, own.opinion, others);
}
