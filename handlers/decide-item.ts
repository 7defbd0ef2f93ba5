/** A form is sent: reject, edit, answer, or approve with a reason. What is wrong is shown on its field. */
import type { App } from '@slack/bolt';
import { DECIDE_ITEM, noticeModal } from '../blocks/decide-modals.ts';
import { withinLimits } from '../blocks/limits.ts';
import { standingInput } from '../blocks/opinions.ts';
import { readItemMetadata } from '../blocks/modal-metadata.ts';
import { refusalNote } from '../blocks/notes.ts';
import { readEdit } from '../blocks/read-edit.ts';
import { readAnswer, readApprove, readReject, type ReadForm } from '../blocks/read-form.ts';
import type { ItemRecord } from '../src/decision.ts';
import { showing } from '../src/shown-item.ts';
import { loadDecision } from '../src/store/decisions.ts';
import { loadItem } from '../src/store/items.ts';
import { comparison } from './blind-forms.ts';
import { decidingCard } from '../src/together/deciding-card.ts';
import type { Desk } from './desk.ts';
import { endorsement } from './item-endorse.ts';
import { readSubmission } from './payload.ts';
import { perform } from './perform.ts';
import { refusedWords } from './refused-words.ts';

export function onDecideItem(app: App, desk: Desk): void {
  app.view({ callback_id: DECIDE_ITEM, type: 'view_submission' }, async ({ ack, body }) => {
    const sent = readSubmission(body);
    const metadata = sent && readItemMetadata(sent.private_metadata);
    const record = metadata && (await loadItem(desk.world.db, metadata.item_id));
    const notice = (words: string) =>
      ack({
        response_action: 'update',
        view: withinLimits('modal', noticeModal('Not done', words)),
      });
    if (!sent || !metadata || !record) return notice(refusalNote({ refused: 'gone' }));
    if (record.status === 'decided') {
      // However the form is filled in, it comes too late: what is wrong in it no longer matters.
      const refusal = { refused: 'decided', outcome: record.outcome ?? 'expired' } as const;
      const decision = await loadDecision(desk.world.db, record.id);
      return notice(refusedWords(desk.world, { refusal, record, decision }, sent.person));
    }
    const standing =
      record.several === null ? record : standingInput(await showing(desk.world, record)).record;
    const read = readForm(standing, metadata.action, sent.values);
    if (!read.ok) return ack({ response_action: 'errors', errors: read.errors });
    const card = await decidingCard(desk.world, desk.world.db, record);
    await perform(
      desk,
      {
        act: 'decide',
        item_id: record.id,
        verdict: read.verdict,
        seen_rev: metadata.version,
        card_id: card?.id ?? null,
        person: sent.person,
        where: { channel: card?.channel ?? sent.person.user, thread_ts: null },
      },
      async () => {
        const next = record.blind
          ? ((await comparison(desk, record.id, sent.person)) ??
            (await endorsement(desk, record.id, sent.person)))
          : null;
        return next === null
          ? ack()
          : ack({ response_action: 'update', view: withinLimits('modal', next) });
      },
      notice,
    );
  });
}

function readForm(record: ItemRecord, action: string, values: Record<string, unknown>): ReadForm {
  switch (action) {
    case 'approve':
      return readApprove(values);
    case 'reject':
      return readReject(values);
    case 'edit':
      return readEdit(record, values);
    default:
      return readAnswer(record, values);
  }
}
