/** The whole item, with its guide and its past, in a modal. */
import type { App } from '@slack/bolt';
import { detailsModal } from '../blocks/details.ts';
import { showing } from '../src/shown-item.ts';
import { historyOf } from '../src/history-of.ts';
import type { Desk } from './desk.ts';
import { onItemClick } from './on-item-click.ts';
import { openModal } from './open-modal.ts';

export function onItemDetails(app: App, desk: Desk): void {
  onItemClick(
    app,
    desk,
    'item_details',
    async (click) => {
      await click.ack();
      const shown = await showing(desk.world, click.record);
      const history = await historyOf(desk.world, click.record.id);
      await openModal(desk, click, detailsModal({ ...shown, history }));
    },
    'see',
  );
}
