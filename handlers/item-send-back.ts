/** A later stage sends an item back to the one before it: a form asks why. */
import { decidingCardOf } from '../src/together/deciding-card.ts';
import type { App } from '@slack/bolt';
import { noticeModal } from '../blocks/decide-modals.ts';
import { withinLimits } from '../blocks/limits.ts';
import { readItemMetadata } from '../blocks/modal-metadata.ts';
import { refusalNote } from '../blocks/notes.ts';
import { readSendBack, SEND_BACK, sendBackModal } from '../blocks/send-back-modal.ts';
import { decidingForm } from './deciding-form.ts';
import type { Desk } from './desk.ts';
import { onItemClick } from './on-item-click.ts';
import { readSubmission } from './payload.ts';
import { perform } from './perform.ts';

export function onItemSendBack(app: App, desk: Desk): void {
  onItemClick(app, desk, 'item_send_back', (click) => decidingForm(desk, click, sendBackModal));
  app.view({ callback_id: SEND_BACK, type: 'view_submission' }, async ({ ack, body }) => {
    const sent = readSubmission(body);
    const metadata = sent && readItemMetadata(sent.private_metadata);
    const notice = (words: string) =>
      ack({
        response_action: 'update',
        view: withinLimits('modal', noticeModal('Not done', words)),
      });
    if (!sent || !metadata) return notice(refusalNote({ refused: 'gone' }));
    const read = readSendBack(sent.values);
    if (!read.ok) return ack({ response_action: 'errors', errors: read.errors });
    const card = await decidingCardOf(desk.world, metadata.item_id);
    await perform(
      desk,
      {
        act: 'send_back',
        item_id: metadata.item_id,
        rationale: read.rationale,
        seen_rev: metadata.version,
        card_id: card?.id ?? null,
        person: sent.person,
        where: { channel: card?.channel ?? sent.person.user, thread_ts: null },
      },
      () => ack(),
      notice,
    );
  });
}
