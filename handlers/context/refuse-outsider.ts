/** Nothing of an item is shown to people of another workspace, who share the channel: they are told so, privately. */
import { refusalNote } from '../../blocks/messages/notes.ts';
import { maySee } from '../../policies/access/who-may.ts';
import type { Refused } from '../../src/access/authorise.ts';
import type { HandlerContext } from './handler-context.ts';
import { sendNote, type Asked } from './send-note.ts';

/** What an outsider is told that they can't do. */
export type Tried = Extract<Refused, { refused: 'other_team' }>['to'];

/** Words for a person of another workspace; null: they are of ours. */
export function outsiderWords(
  desk: HandlerContext,
  person: Asked['person'],
  to?: Tried,
): string | null {
  return maySee(desk.world.policy(), person, desk.world).may === 'yes'
    ? null
    : refusalNote({ refused: 'other_team', to });
}

/** Tells an outsider so, and acks. Returns whether that was one: then nothing more is to happen. */
export async function refuseOutsider(
  desk: HandlerContext,
  asked: Asked,
  ack: () => Promise<unknown>,
  to?: Tried,
): Promise<boolean> {
  const words = outsiderWords(desk, asked.person, to);
  if (words === null) return false;
  await sendNote(desk, asked, words);
  await ack();
  return true;
}
