/** A click on something that is not there (any more): it is acked, and the person is told. */
import { refusalNote } from '../blocks/notes.ts';
import type { Desk } from './desk.ts';
import { tell } from './open-modal.ts';
import type { Click } from './payload.ts';

export async function refuseGone(
  desk: Desk,
  click: Click | null,
  ack: () => Promise<unknown>,
): Promise<void> {
  if (click) {
    const where = { channel: click.channel, thread_ts: click.thread_ts };
    await tell(
      desk,
      { person: click.person, where },
      refusalNote({ refused: 'gone' }, { now: desk.world.clock.now() }),
    );
  }
  await ack();
}
