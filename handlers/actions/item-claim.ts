/** "I have it", and letting go of it. */
import type { App } from '@slack/bolt';
import type { Desk } from '../context/handler-context.ts';
import { onItemClick } from '../context/on-item-click.ts';
import { perform } from '../context/run-action.ts';

export function onItemClaim(app: App, desk: Desk): void {
  for (const act of ['claim', 'release'] as const) {
    onItemClick(app, desk, `item_${act}`, ({ record, person, where, ack }) =>
      perform(desk, { act, item_id: record.id, person, where }, ack),
    );
  }
}
