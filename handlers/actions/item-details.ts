/** The whole item, with its guide and its past, in a modal. */
import type { App } from '@slack/bolt';
import { detailsModal } from '../../blocks/modals/details.ts';
import { showing } from '../../src/items/shown-item.ts';
import { historyOf } from '../../src/items/history-of.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { onItemClick } from '../context/on-item-click.ts';
import { openModal } from '../context/open-modal.ts';

export function onItemDetails(app: App, desk: HandlerContext): void {
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
