/** The buttons of a page in a DM that its card does not have: opening the card, and "I can't". */
import type { App } from '@slack/bolt';
import type { HandlerContext } from '../context/handler-context.ts';
import { onItemClick } from '../context/on-item-click.ts';
import { runAction } from '../context/run-action.ts';

export function onItemPage(app: App, desk: HandlerContext): void {
  // Slack follows the link itself, and tells us of the click all the same.
  app.action('item_open', ({ ack }) => ack());
  onItemClick(app, desk, 'item_pass', ({ record, person, where, ack }) =>
    runAction(desk, { act: 'pass', item_id: record.id, person, where }, ack),
  );
}
