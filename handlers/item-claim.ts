/** "I have it", and letting go of it. */
import type { App } from '@slack/bolt';
import type { Desk } from './desk.ts';
import { onItemClick } from './on-item-click.ts';
import { perform } from './perform.ts';

export function onItemClaim(app: App, desk: Desk): void {
  for (const act of ['claim', 'release'] as const) {
    onItemClick(app, desk, `item_${act}`, ({ record, person, where, ack }) =>
      perform(desk, { act, item_id: record.id, person, where }, ack),
    );
  }
}
