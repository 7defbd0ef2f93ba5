/** The whole life of one item, for whoever audits it: what happened, what was said, what turned out, and whether it stands. */
import type { EpochMs } from '../domain/clock.ts';
import type { Decision, ItemRecord } from '../domain/decision.ts';
import type { FeedbackRecord } from '../domain/feedback.ts';
import { historyOf } from './history-of.ts';
import type { Db } from '../store/database.ts';
import { loadDecisionRow } from '../store/decisions.ts';
import { feedbackOfItem } from '../store/feedback.ts';
import { loadItem } from '../store/items.ts';
import { reading } from '../store/prepared.ts';
import { verifyItem } from '../audit/verify-item.ts';

export interface AuditedLife {
  record: ItemRecord;
  decision: Decision | null;
  /** Digests of what was said, and of the card as the person saw it. */
  digests: { text_digest: string; card_digest: string | null } | null;
  feedback: (FeedbackRecord & { erased: boolean })[];
  /** Oldest first; `words` are ours. */
  history: { seq: number; at: EpochMs; words: string }[];
  /** What is not as the log has it, or not as its own digests say; none where all stands. */
  differences: string[];
}

/** null: there is no such item. */
export const auditedLife = (db: Db, id: string): Promise<AuditedLife | null> =>
  // Nobody writes between its queries.
  reading(db, async (held) => {
    const record = await loadItem(held, id);
    if (!record) return null;
    const decided = await loadDecisionRow(held, id);
    return {
      record,
      decision: decided?.decision ?? null,
      digests: decided && { text_digest: decided.text_digest, card_digest: decided.card_digest },
      feedback: await feedbackOfItem(held, id),
      history: await historyOf({ db: held }, id),
      differences: await verifyItem(held, id),
    };
  });
