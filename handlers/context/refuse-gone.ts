/** A click on something that is not there (any more): it is acked, and the person is told. */
import { refusalNote } from '../../blocks/messages/notes.ts';
import type { HandlerContext } from './handler-context.ts';
import { sendNote, type Asked } from './send-note.ts';

/** @param asked null: not even who clicked could be read */
export async function refuseGone(
  desk: HandlerContext,
  asked: Asked | null,
  ack: () => Promise<unknown>,
): Promise<void> {
  if (asked) await sendNote(desk, asked, refusalNote({ refused: 'gone' }));
  else desk.world.log.warn('a click came that could not be read');
  await ack();
}
