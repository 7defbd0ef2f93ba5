/** A person's question becomes an item: `/hitl ask`, and the two shortcuts *Escalate to expert*. */
import type { App } from '@slack/bolt';
import {
  ASK_EXPERT,
  askModal,
  readAsk,
  readAskMetadata,
  type AskInput,
} from '../../blocks/modals/ask.ts';
import { noticeModal } from '../../blocks/modals/decide-modals.ts';
import { withinLimits } from '../../blocks/text/limits.ts';
import { readMessage } from '../../blocks/text/mentioned-text.ts';
import { acceptItem } from '../../src/intake/accept-item.ts';
import type { Person } from '../../src/access/refused.ts';
import { parseItem } from '../../src/domain/parse-item.ts';
import { mayDoNow, wordsFor } from '../context/ask-whether.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { messageLink } from '../../src/items/message-link.ts';
import { openModal } from '../context/open-modal.ts';
import { sendNote, type Asked } from '../context/send-note.ts';
import { readShortcut, readSubmission } from '../context/payload.ts';

/** Opens the form for whoever may ask, or tells them privately why not. */
export async function openAsk(
  desk: HandlerContext,
  asked: Asked & { trigger_id: string },
  prefill: AskInput['prefill'] = {},
): Promise<void> {
  const may = await mayDoNow(desk, { deed: 'ask' }, asked.person);
  if (may.may === 'no') return sendNote(desk, asked, wordsFor(desk, may.refusal, asked.person));
  await openModal(desk, asked, askForm(desk, prefill));
}

/** The form, with what is known already filled in. */
function askForm(desk: HandlerContext, prefill: AskInput['prefill'] = {}) {
  const domains = Object.values(desk.world.policy().domains).map(({ id, title }) => ({
    id,
    title,
  }));
  return askModal({ domains, prefill });
}

export function onAskExpert(app: App, desk: HandlerContext): void {
  app.shortcut('escalate_global', async ({ ack, body }) => {
    await ack();
    const asked = readShortcut(body);
    if (asked) await openAsk(desk, asked);
  });

  app.shortcut('escalate_message', async ({ ack, body }) => {
    await ack();
    const asked = readShortcut(body);
    if (!asked?.message) return;
    const { channel, ts, thread_ts } = asked.message;
    const evidence = {
      label: 'The message',
      text: readMessage(asked.message, desk.botUserId),
      url: messageLink(desk.world, channel, ts, thread_ts),
    };
    await openAsk(desk, asked, { evidence, thread: { channel, ts: thread_ts } });
  });

  app.view({ callback_id: ASK_EXPERT, type: 'view_submission' }, async ({ ack, body }) => {
    const sent = readSubmission(body);
    if (!sent) return ack();
    const notAsked = (problem: string) =>
      ack({
        response_action: 'update',
        view: withinLimits('modal', noticeModal('Not asked', problem)),
      });
    const may = await mayDoNow(desk, { deed: 'ask' }, sent.person);
    if (may.may === 'no') return notAsked(wordsFor(desk, may.refusal, sent.person));
    const asked = readAsk(sent.values);
    if (!asked.ok) return ack({ response_action: 'errors', errors: asked.errors });
    if (!Object.hasOwn(desk.world.policy().domains, asked.domain)) {
      return ack({
        response_action: 'errors',
        errors: { domain: 'The policy has no such domain any more: choose another.' },
      });
    }
    const { thread, evidence } = readAskMetadata(sent.private_metadata);
    const problem = await putIn(desk, sent.person, {
      domain: asked.domain,
      title: asked.question,
      ...(asked.body === undefined ? {} : { body: asked.body }),
      ...(thread ? { thread } : {}),
      ...(evidence ? { evidence: [evidence] } : {}),
    });
    await (problem === null ? ack() : notAsked(problem));
  });
}

/** Returns what is wrong, in words, or null. */
async function putIn(
  desk: HandlerContext,
  person: Person,
  question: object,
): Promise<string | null> {
  const parsed = parseItem({
    ...question,
    id: `ask-${desk.world.ids.uuid()}`,
    kind: 'question',
    requester: { name: person.name.slice(0, 200), slack_user: person.user },
  });
  if (!parsed.ok) return parsed.errors.map((one) => `${one.field} ${one.problem}`).join('; ');
  const accepted = await acceptItem(desk.world, {
    item: parsed.item,
    written: parsed.written,
    source: 'slack',
    asked_in: person.user,
  });
  return accepted.accepted === 'new' ? null : 'It could not be put in. Please try once more.';
}
