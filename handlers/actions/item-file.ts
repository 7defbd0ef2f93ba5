/** The whole item as a file, to the person who asks for it in Details, where it is longer than Slack shows. */
import type { App } from '@slack/bolt';
import { escapeMrkdwn } from '../../blocks/text/escape.ts';
import { SEND_FILE } from '../../blocks/modals/details.ts';
import { wholeItemText } from '../../blocks/modals/whole-item.ts';
import { loadDecision } from '../../src/store/decisions.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { onItemClick } from '../context/on-item-click.ts';
import { sendNote } from '../context/send-note.ts';

export function onItemFile(app: App, desk: HandlerContext): void {
  onItemClick(
    app,
    desk,
    SEND_FILE,
    async (click) => {
      await click.ack();
      const { record, person } = click;
      const text = wholeItemText(record, await loadDecision(desk.world.db, record.id));
      if (text === null) return sendNote(desk, click, 'The texts of this item have been erased.');
      const trouble = await desk.sendFile(person.user, {
        filename: `${record.id.replace(/[^\w.-]/g, '_').slice(0, 80)}.txt`,
        title: 'The whole item',
        text,
        comment: `The whole of ${escapeMrkdwn(record.id)}. Hidden characters are marked, like ⟨U+200B⟩.`,
      });
      if (trouble === null) return;
      desk.world.log.warn({ trouble, item_id: record.id }, 'a file could not be sent');
      return sendNote(desk, click, 'Slack didn’t take the file. Please try once more.');
    },
    'see',
  );
}
