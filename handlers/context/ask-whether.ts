/**
 * Asks the one rule of permission for somebody, and Slack first about whoever it turns on. Whoever is known is answered
 * without a call.
 */
import { mayDo, type Answer, type Deed } from '../../src/access/may-do.ts';
import { maySee, type View } from '../../src/access/may-see.ts';
import type { Person, Refused } from '../../src/access/refused.ts';
import type { HandlerContext } from './handler-context.ts';
import { refusedWords } from './refused-words.ts';
import { sendNote, type Asked } from './send-note.ts';

/** `unsure`: Slack does not say who they are, so they may not. */
export type Settled = { may: 'yes' } | { may: 'no'; refusal: Refused };

export const mayDoNow = (desk: HandlerContext, deed: Deed, person: Person): Promise<Settled> =>
  settled(desk, () => mayDo(desk.world.policy(), deed, person, desk.world));

export const maySeeNow = (desk: HandlerContext, view: View, person: Person): Promise<Settled> =>
  settled(desk, () => maySee(desk.world.policy(), view, person, desk.world));

async function settled(desk: HandlerContext, ask: () => Answer): Promise<Settled> {
  // Each look may lead to one more; a policy has few groups.
  for (let looks = 0; ; looks += 1) {
    const answer = ask();
    if (answer.may !== 'unknown') return answer;
    if (looks === 4) return { may: 'no', refusal: { refused: 'unsure' } };
    try {
      await desk.directory.look(answer.look);
    } catch (error) {
      desk.world.log.warn({ err: error, look: answer.look }, 'Slack does not say who may');
      return { may: 'no', refusal: { refused: 'unsure' } };
    }
  }
}

/** A refusal of permission in words, mrkdwn. */
export const wordsFor = (desk: HandlerContext, refusal: Refused, person: Person): string =>
  refusedWords(desk.world, { refusal, record: null, decision: null }, person);

/** What somebody who may not is told, mrkdwn; null: they may. */
export const unlessThey = (desk: HandlerContext, person: Person, answer: Answer | Settled) =>
  answer.may === 'no' ? wordsFor(desk, answer.refusal, person) : null;

/** Tells whoever may not so, privately, and acks. Returns whether that was one: then nothing more is to happen. */
export async function refuseUnless(
  desk: HandlerContext,
  asked: Asked,
  ack: () => Promise<unknown>,
  answer: Answer | Settled,
): Promise<boolean> {
  const words = unlessThey(desk, asked.person, answer);
  if (words === null) return false;
  await sendNote(desk, asked, words);
  await ack();
  return true;
}
