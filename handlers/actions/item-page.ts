/** The buttons of a page in a DM that its card does not have: opening the card, and "I can't". */
import type { App } from '@slack/bolt';
import type { Desk } from '../context/handler-context.ts';
import { onItemClick } from '../context/on-item-click.ts';
import { perform } from '../context/run-action.ts';

export function onItemPage(app: App, desk: Desk): void {
  // Slack follows the link itself, and tells us of the click all the same.
  app.action('item_open', ({ ack }) => ack());
  onItemClick(app, desk, 'item_pass', ({ record, person, where, ack }) =>
    perform(desk, { act: 'pass', item_id: record.id, person, where }, ack),
  );
}
