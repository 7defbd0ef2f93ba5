/** One click approves; where the rule wants a reason, a form asks for it first. */
import type { App } from '@slack/bolt';
import { approveModal } from '../blocks/decide-modals.ts';
import { clickedItem } from './clicked-item.ts';
import { decidingForm } from './deciding-form.ts';
import type { Desk } from './desk.ts';
import { readClick } from './payload.ts';
import { perform } from './perform.ts';
import { refuseGone } from './refuse-gone.ts';

export function onItemApprove(app: App, desk: Desk): void {
  app.action('item_approve', async ({ ack, body }) => {
    const click = readClick(body);
    const clicked = click && (await clickedItem(desk, click));
    if (!click || !clicked) return refuseGone(desk, click, ack);
    if (clicked.record.reason_required)
      return decidingForm(desk, click, clicked, approveModal, ack);
    await perform(
      desk,
      {
        act: 'decide',
        item_id: clicked.record.id,
        verdict: { word: 'approve' },
        seen_rev: click.seen_rev,
        card_id: clicked.card_id,
        person: click.person,
        where: clicked.where,
      },
      ack,
    );
  });
}
