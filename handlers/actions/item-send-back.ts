/** A later stage sends an item back to the one before it: a form asks why. */
import type { App } from '@slack/bolt';
import { readSendBack, SEND_BACK, sendBackModal } from '../../blocks/modals/send-back-modal.ts';
import { decidingForm } from '../context/deciding-form.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { onItemClick } from '../context/on-item-click.ts';
import { onItemForm, performForm } from '../context/on-item-form.ts';

export function onItemSendBack(app: App, desk: HandlerContext): void {
  onItemClick(app, desk, 'item_send_back', (click) => decidingForm(desk, click, sendBackModal));
  onItemForm(app, desk, SEND_BACK, async (form) => {
    const read = readSendBack(form.values);
    if (!read.ok) return form.wrong(read.errors);
    const { record, seen_rev, seen } = form;
    const { rationale } = read;
    const act = { act: 'send_back', item_id: record.id, rationale, seen_rev, ...seen } as const;
    return performForm(desk, form, act);
  });
}
