/** Decisions: what ended an item. The words are in a table of their own and can be erased. */
import { canonicalJson, saltedDigest } from '../domain/hash.ts';
import { readKept } from '../domain/exact-json.ts';
import type { EpochMs } from '../domain/clock.ts';
import type { Approval, Compared, Decision, DecidedBy } from '../domain/decision.ts';
import type { ErrorTag } from '../domain/item.ts';
import type { Db } from './database.ts';
import { prepared, preparedInsert } from './prepared.ts';
import type { DecisionsTable, DecisionTextsTable } from './item-tables.ts';

/** The texts of a decision: all that its `text_digest` covers. */
interface Said {
  name?: string;
  answer?: Decision['answer'];
  action?: Decision['action'];
  choice?: string;
  rationale?: string;
  rungs?: Decision['rungs'];
}

const insertRow = preparedInsert('decisions', [
  'id',
  'item_id',
  'outcome',
  'decided_by',
  'slack_user',
  'level',
  'error_tags_json',
  'decided_at',
  'text_digest',
  'card_digest',
  'approvals_json',
  'compared',
]);
const insertTexts = preparedInsert('decision_texts', [
  'decision_id',
  'salt',
  'said_json',
  'card_json',
]);

const saidOf = (decision: Decision): Said => ({
  name: decision.decided_by.type === 'human' ? decision.decided_by.name : undefined,
  answer: decision.answer,
  action: decision.action,
  choice: decision.choice,
  rationale: decision.rationale,
  rungs: decision.rungs,
});

/** Digest of what was said, under that decision's salt. */
export const textDigest = (salt: string, decision: Decision): string =>
  saltedDigest(salt, saidOf(decision));

/** Writes a decision. `cardJson` is the card as the person saw it, null where none was seen. Returns its text digest. */
export async function insertDecision(
  db: Db,
  decision: Decision,
  salt: string,
  cardJson: string | null,
): Promise<string> {
  const by = decision.decided_by;
  const digest = textDigest(salt, decision);
  await insertRow(db, {
    id: decision.id,
    item_id: decision.item_id,
    outcome: decision.outcome,
    decided_by: by.type,
    slack_user: by.type === 'human' ? by.slack_user : null,
    level: by.type === 'human' ? by.level : null,
    error_tags_json: JSON.stringify(decision.error_tags),
    decided_at: decision.decided_at,
    text_digest: digest,
    card_digest: decision.card_digest ?? null,
    approvals_json: decision.approvals === undefined ? null : JSON.stringify(decision.approvals),
    compared: decision.compared ?? null,
  });
  await insertTexts(db, {
    decision_id: decision.id,
    salt,
    // Canonical, as its digest is made of it: who verifies need not read it.
    said_json: canonicalJson(saidOf(decision)),
    card_json: cardJson,
  });
  return digest;
}

const setCompared = prepared<{ item_id: string; compared: Compared }, { id: string }>((db, value) =>
  db
    .updateTable('decisions')
    .set({ compared: value('compared') })
    .where('item_id', '=', value('item_id'))
    .where('compared', 'is', null)
    .returning('id'),
);
/** Records what was said of the AI's answer; once. Returns whether it is recorded now. */
export const compareDecision = async (
  db: Db,
  item_id: string,
  compared: Compared,
): Promise<boolean> => (await setCompared(db, { item_id, compared })).length === 1;

type Joined = DecisionsTable &
  Pick<{ [K in keyof DecisionTextsTable]: DecisionTextsTable[K] | null }, 'said_json'>;

const selectByItem = prepared<{ item_id: string }, Joined>((db, value) =>
  db
    .selectFrom('decisions')
    .leftJoin('decision_texts', 'decision_texts.decision_id', 'decisions.id')
    .selectAll('decisions')
    .select('said_json')
    .where('decisions.item_id', '=', value('item_id')),
);

/** What ended that item, or null while it waits. */
export async function loadDecision(db: Db, itemId: string): Promise<Decision | null> {
  const [row] = await selectByItem(db, { item_id: itemId });
  return row ? decisionOf(row) : null;
}

/** The same with the digests of what was said and seen. */
export async function loadDecisionRow(
  db: Db,
  itemId: string,
): Promise<{ decision: Decision; text_digest: string; card_digest: string | null } | null> {
  const [row] = await selectByItem(db, { item_id: itemId });
  return row
    ? { decision: decisionOf(row), text_digest: row.text_digest, card_digest: row.card_digest }
    : null;
}

/** A decision as a record, of its row and what was said. */
export function decisionOf(row: Joined): Decision {
  // What was written here was built by insertDecision.
  const said = row.said_json === null ? {} : (readKept(row.said_json) as Said);
  const { name, ...words } = said;
  const decided_by: DecidedBy =
    row.decided_by === 'human'
      ? { type: 'human', slack_user: row.slack_user ?? '', name: name ?? '', level: row.level ?? 1 }
      : { type: row.decided_by };
  return {
    id: row.id,
    item_id: row.item_id,
    outcome: row.outcome,
    decided_by,
    ...words,
    error_tags: JSON.parse(row.error_tags_json) as ErrorTag[],
    decided_at: row.decided_at,
    ...(row.card_digest === null ? {} : { card_digest: row.card_digest }),
    ...(row.approvals_json === null
      ? {}
      : { approvals: JSON.parse(row.approvals_json) as Approval[] }),
    ...(row.compared === null ? {} : { compared: row.compared }),
  };
}

/** Whether people decided at least so many items since then. */
export async function decidedAtLeast(db: Db, count: number, since: EpochMs): Promise<boolean> {
  const some = await db
    .selectFrom('decisions')
    .select('item_id')
    .where('decided_at', '>=', since)
    .where('decided_by', '=', 'human')
    .limit(count)
    .execute();
  return some.length >= count;
}

/** The decisions of those items. */
export async function decisionsOf(db: Db, items: ReadonlySet<string>): Promise<string[]> {
  const found: string[] = [];
  for (const item_id of items) {
    const rows = await db
      .selectFrom('decisions')
      .select('id')
      .where('item_id', '=', item_id)
      .execute();
    found.push(...rows.map((row) => row.id));
  }
  return found;
}
