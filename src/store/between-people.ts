/** What several people said of the same item, what blind checks found, and whom pages reached: read from the rows. */
import type { EpochMs } from '../clock.ts';
import type { Db } from './database.ts';

export interface Asked {
  from: EpochMs;
  to: EpochMs;
  domain: string | null;
}

/**
 * Verdicts on items that more than one person judged and that ended in that time: approvals and reviews, for what two
 * people typed cannot be held against each other. Each person's last word; a list an item.
 */
export async function jointVerdicts(
  db: Db,
  asked: Asked,
): Promise<{ domain: string; said: string[] }[]> {
  let judged = db
    .selectFrom('opinions')
    .innerJoin('items', 'items.id', 'opinions.item_id')
    .innerJoin('decisions', 'decisions.item_id', 'items.id')
    .where('items.kind', 'in', ['approval', 'review'])
    .where('decisions.decided_at', '>=', asked.from)
    .where('decisions.decided_at', '<', asked.to);
  if (asked.domain !== null) judged = judged.where('items.domain', '=', asked.domain);
  const rows = await judged
    .select([
      'opinions.item_id',
      'items.domain',
      'opinions.slack_user',
      'opinions.word',
      'decisions.slack_user as decider',
      'decisions.outcome',
    ])
    .orderBy('opinions.said_at')
    .orderBy('opinions.id')
    .execute();
  const items = new Map<string, { domain: string; words: Map<string, string> }>();
  for (const row of rows) {
    let item = items.get(row.item_id);
    if (!item) items.set(row.item_id, (item = { domain: row.domain ?? '', words: new Map() }));
    item.words.set(row.slack_user, row.word);
    const last = VERDICTS[row.outcome];
    if (row.decider !== null && last !== undefined) item.words.set(row.decider, last);
  }
  return [...items.values()].map(({ domain, words }) => ({ domain, said: [...words.values()] }));
}

const VERDICTS: { [outcome: string]: string } = {
  approved: 'approve',
  edited: 'edit',
  rejected: 'reject',
};

/** Blind decisions that were held against the AI's answer: how many found it the same. */
export async function blindChecks(db: Db, asked: Asked): Promise<{ same: number; of: number }> {
  let compared = db
    .selectFrom('decisions')
    .innerJoin('items', 'items.id', 'decisions.item_id')
    .where('decisions.compared', 'is not', null)
    .where('decisions.decided_at', '>=', asked.from)
    .where('decisions.decided_at', '<', asked.to);
  if (asked.domain !== null) compared = compared.where('items.domain', '=', asked.domain);
  const rows = await compared
    .select(['decisions.compared', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('decisions.compared')
    .execute();
  const count = (what: string) => rows.find((row) => row.compared === what)?.count ?? 0;
  return { same: count('same'), of: count('same') + count('different') };
}

/** Pages that people were sent, by person. */
export async function pagesByPerson(db: Db, asked: Asked): Promise<Map<string, number>> {
  let pages = db
    .selectFrom('pages')
    .innerJoin('items', 'items.id', 'pages.item_id')
    .where('pages.way', '=', 'dm')
    .where('pages.state', '=', 'sent')
    .where('pages.wanted_at', '>=', asked.from)
    .where('pages.wanted_at', '<', asked.to);
  if (asked.domain !== null) pages = pages.where('items.domain', '=', asked.domain);
  const rows = await pages
    .select(['pages.target', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('pages.target')
    .execute();
  return new Map(rows.map((row) => [row.target, row.count]));
}
