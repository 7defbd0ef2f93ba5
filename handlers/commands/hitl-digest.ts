/** `/hitl digest`: what stands out in the last seven days; for managers. */
import type { Message } from '../../blocks/text/message.ts';
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import { symptomLines } from '../../blocks/messages/symptom-words.ts';
import type { Person } from '../../src/access/refused.ts';
import { titlesOf, weekBefore } from '../../src/stats/watch/weekly-digest.ts';
import { FEWEST_ITEMS, FEWEST_JUDGED } from '../../src/stats/formulas/symptoms.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { maySeeNow, wordsFor } from '../context/ask-whether.ts';

export async function showDigest(desk: HandlerContext, person: Person): Promise<Message> {
  const { world } = desk;
  const may = await maySeeNow(desk, { view: 'digest' }, person);
  if (may.may === 'no') return plainMessage(wordsFor(desk, may.refusal, person));
  const policy = world.policy();
  const symptoms = await desk.figures.ask(weekBefore(world.clock.now(), policy.timezone));
  if (symptoms.length === 0)
    return plainMessage(
      `Nothing stands out in the last 7 days, against the 7 before. Where fewer than ${FEWEST_ITEMS} items came in, or fewer than ${FEWEST_JUDGED} were decided, nothing can be said.`,
    );
  const lines = symptomLines(symptoms, titlesOf(policy), true);
  return plainMessage(
    ['What stands out in the last 7 days, against the 7 before:', ...lines].join('\n'),
  );
}
