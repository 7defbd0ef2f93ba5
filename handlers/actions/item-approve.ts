/** One click approves; where the rule wants a reason, a form asks for it first. */
import type { App } from '@slack/bolt';
import { approveModal } from '../../blocks/modals/decide-modals.ts';
import { decideByClick } from '../views/decide-by-click.ts';
import { decidingForm } from '../context/deciding-form.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { onItemClick } from '../context/on-item-click.ts';

export function onItemApprove(app: App, desk: HandlerContext): void {
  onItemClick(app, desk, 'item_approve', (click) =>
    click.record.reason_required
      ? decidingForm(desk, click, approveModal)
      : decideByClick(desk, click, { word: 'approve' }),
  );
}
