/** Markdown as it was written, in a window above Details. */
import type { App } from '@slack/bolt';
import { AS_WRITTEN, asWrittenModal } from '../../blocks/modals/as-written.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { onItemClick } from '../context/on-item-click.ts';
import { openModal } from '../context/open-modal.ts';

export function onItemAsWritten(app: App, desk: HandlerContext): void {
  onItemClick(
    app,
    desk,
    AS_WRITTEN,
    async (click) => {
      await click.ack();
      await openModal(desk, click, asWrittenModal(click.record), 'above');
    },
    'see',
  );
}
