/** An item that expired is asked again. */
import type { App } from '@slack/bolt';
import type { HandlerContext } from '../context/handler-context.ts';
import { onItemClick } from '../context/on-item-click.ts';
import { runAction } from '../context/run-action.ts';

export function onItemReopen(app: App, desk: HandlerContext): void {
  onItemClick(app, desk, 'item_reopen', ({ record, person, where, ack }) =>
    runAction(desk, { act: 'reopen', item_id: record.id, person, where }, ack),
  );
}
