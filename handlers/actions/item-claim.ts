/** "I have it", and letting go of it. */
import type { App } from '@slack/bolt';
import type { HandlerContext } from '../context/handler-context.ts';
import { onItemClick } from '../context/on-item-click.ts';
import { runAction } from '../context/run-action.ts';

export function onItemClaim(app: App, desk: HandlerContext): void {
  for (const act of ['claim', 'release'] as const) {
    onItemClick(app, desk, `item_${act}`, ({ record, person, where, ack }) =>
      runAction(desk, { act, item_id: record.id, person, where }, ack),
    );
  }
}
