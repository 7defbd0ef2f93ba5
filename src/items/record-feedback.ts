/**
 * What turned out later is recorded beside the decision, never instead of it: the item, its decision and its result stay
 * as they are. The same told again changes nothing.
 */
import { canonicalJson } from '../domain/hash.ts';
import type { Feedback, FeedbackRecord } from '../domain/feedback.ts';
import type { FieldError } from '../domain/item.ts';
import { feedbackOfItem, insertFeedback } from '../store/feedback.ts';
import { loadItem } from '../store/items.ts';
import type { World } from '../world/world.ts';

export type Recorded =
  | { recorded: 'new' | 'replay'; feedback: FeedbackRecord }
  | { recorded: 'refused'; errors: FieldError[] }
  /** There is nothing to be right or wrong about yet. */
  | { recorded: 'undecided' }
  | { recorded: 'unknown' };

/** Two machines do not have the same time. */
const AHEAD_MS = 60_000;
/** More about one item is no news but a loop. */
const MOST_OF_ONE_ITEM = 100;

/** @param source the name of the token it came under */
export async function recordFeedback(
  world: World,
  item_id: string,
  feedback: Feedback,
  source: string,
): Promise<Recorded> {
  const recorded = await world.commit(async (unit): Promise<Recorded> => {
    const record = await loadItem(unit.db, item_id);
    if (!record) return { recorded: 'unknown' };
    if (record.status !== 'decided') return { recorded: 'undecided' };
    const at = feedback.at === undefined ? unit.now : Date.parse(feedback.at);
    const truth = feedback.truth ?? null;
    const known = await feedbackOfItem(unit.db, item_id);
    const same = known.find(
      (one) =>
        one.verdict === feedback.verdict &&
        (feedback.at === undefined || one.at === at) &&
        // Where its truth was erased it must not come back by being told again.
        (one.erased || canonicalJson(one.truth) === canonicalJson(truth)),
    );
    if (same) return { recorded: 'replay', feedback: same };
    const refuse = (field: string, problem: string): Recorded => ({
      recorded: 'refused',
      errors: [{ field, problem }],
    });
    if (at > unit.now + AHEAD_MS) return refuse('at', 'is in the future');
    if (known.length >= MOST_OF_ONE_ITEM)
      return refuse('feedback', `is too much: this item has had ${MOST_OF_ONE_ITEM} already`);
    const kept: FeedbackRecord = {
      id: world.ids.uuid(),
      item_id,
      verdict: feedback.verdict,
      truth,
      at,
      received_at: unit.now,
      source,
    };
    const truth_digest = await insertFeedback(unit.db, kept, world.ids.salt());
    await unit.audit({
      event: 'item.feedback',
      item_id,
      facts: { feedback_id: kept.id, verdict: kept.verdict, truth_digest, at, source },
    });
    return { recorded: 'new', feedback: kept };
  });
  if (recorded.recorded === 'new')
    world.log.info({ item_id, verdict: feedback.verdict, source }, 'feedback recorded');
  return recorded;
}
