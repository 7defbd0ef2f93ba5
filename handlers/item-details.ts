/** The whole item, with its guide and its past, in a modal. */
import type { App } from '@slack/bolt';
import { detailsModal } from '../blocks/details.ts';
import { historyOf, showing } from '../src/shown-item.ts';
import { clickedItem } from './clicked-item.ts';
import type { Desk } from './desk.ts';
import { openModal } from './open-modal.ts';
import { readClick } from './payload.ts';
import { refuseGone } from './refuse-gone.ts';

export function onItemDetails(app: App, desk: Desk): void {
  app.action('item_details', async ({ ack, body }) => {
    const click = readClick(body);
    const clicked = click && (await clickedItem(desk, click));
    if (!click || !clicked) return refuseGone(desk, click, ack);
    await ack();
    const shown = await showing(desk.world, clicked.record);
    const history = await historyOf(desk.world, clicked.record.id);
    await openModal(desk, click.trigger_id, detailsModal({ ...shown, history }), {
      person: click.person,
      where: clicked.where,
    });
  });
}
