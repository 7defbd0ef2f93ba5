/** "I have it", and letting go of it. */
import type { App } from '@slack/bolt';
import { clickedItem } from './clicked-item.ts';
import type { Desk } from './desk.ts';
import { perform } from './perform.ts';
import { readClick } from './payload.ts';
import { refuseGone } from './refuse-gone.ts';

export function onItemClaim(app: App, desk: Desk): void {
  for (const act of ['claim', 'release'] as const) {
    app.action(`item_${act}`, async ({ ack, body }) => {
      const click = readClick(body);
      const clicked = click && (await clickedItem(desk, click));
      if (!click || !clicked) return refuseGone(desk, click, ack);
      await perform(
        desk,
        { act, item_id: clicked.record.id, person: click.person, where: clicked.where },
        ack,
      );
    });
  }
}
