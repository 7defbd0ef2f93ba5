/** Reject and Edit: each opens its form. */
import type { App } from '@slack/bolt';
import { editModal, rejectModal } from '../../blocks/modals/decide-modals.ts';
import { decidingForm } from '../context/deciding-form.ts';
import { standingInput } from '../../blocks/cards/opinions.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { onItemClick } from '../context/on-item-click.ts';

export function onItemForm(app: App, desk: HandlerContext): void {
  onItemClick(app, desk, 'item_reject', (click) => decidingForm(desk, click, rejectModal));
  onItemClick(app, desk, 'item_edit', (click) =>
    decidingForm(desk, click, (input) => editModal(standingInput(input))),
  );
}
