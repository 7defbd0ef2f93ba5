/** What blind checks found: read from the rows, for people say it after their decision. */
import type { EpochMs } from '../../domain/clock.ts';
import type { Db } from '../../store/database.ts';

/** Blind decisions from one moment to before another that were held against the AI's answer: how many found it the same. `domain` null: all. */
export async function blindChecks(
  db: Db,
  asked: { from: EpochMs; to: EpochMs; domain: string | null },
): Promise<{ same: number; of: number }> {
  const compared = db
    .selectFrom('decisions')
    .where('decisions.compared', 'is not', null)
    .where('decisions.decided_at', '>=', asked.from)
    .where('decisions.decided_at', '<', asked.to)
    .select(['decisions.compared', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('decisions.compared');
  const rows = await (
    asked.domain === null
      ? compared
      : compared
          .innerJoin('items', 'items.id', 'decisions.item_id')
          .where('items.domain', '=', asked.domain)
  ).execute();
  const count = (what: string) => rows.find((row) => row.compared === what)?.count ?? 0;
  return { same: count('same'), of: count('same') + count('different') };
}

/**
 * Blind answers and choices of that time that were held against the AI's, by the entry that ended the item: whether it was
 * the same. Of what was approved, edited or rejected the outcome says it already.
 */
export async function comparedAnswers(
  db: Db,
  asked: { from: EpochMs; to: EpochMs },
): Promise<Map<number, boolean>> {
  const rows = await db
    .selectFrom('decisions')
    .innerJoin('audit_log', 'audit_log.item_id', 'decisions.item_id')
    .where('decisions.compared', 'is not', null)
    .where('decisions.outcome', 'in', ['answered', 'preferred'])
    .where('decisions.decided_at', '>=', asked.from)
    .where('decisions.decided_at', '<', asked.to)
    .where('audit_log.event', '=', 'item.decided')
    .select(['audit_log.seq', 'decisions.compared'])
    .execute();
  return new Map(rows.map(({ seq, compared }) => [seq, compared === 'same']));
}
