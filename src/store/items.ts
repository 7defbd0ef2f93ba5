/** Items in the database: written once, changed only by compare-and-set on (id, version). */
import type { EpochMs } from '../domain/clock.ts';
import { readKept, writeJson } from '../domain/exact-json.ts';
import type { ItemRecord } from '../domain/decision.ts';
import {
  columnsFrom,
  ITEM_COLUMNS,
  type BodyColumns,
  type GivenColumns,
  type ItemsRow,
  type RecordColumn,
} from '../domain/item-columns.ts';
import type { Item } from '../domain/item.ts';
import type { ItemState, Several } from '../domain/lifecycle.ts';
import type { Db } from './database.ts';
import { itemRow, recordOf, type JoinedItem } from './item-row.ts';
import { prepared, preparedInsert } from './prepared.ts';

const RECORD_COLUMNS = columnsFrom(ITEM_COLUMNS, 'record') as RecordColumn[];
const insertRow = preparedInsert('items', Object.keys(ITEM_COLUMNS) as (keyof ItemsRow)[]);
const insertBody = preparedInsert('item_bodies', ['item_id', 'salt', 'written', 'why_json']);

/** Writes a new item, its body with the keys in the order they came: forms and arguments are shown in it. `salt` is that of its digest. */
export async function insertItem(
  db: Db,
  record: ItemRecord,
  salt: string,
  body: BodyColumns,
  given: GivenColumns,
): Promise<void> {
  await insertRow(db, itemRow(record, body, given));
  await insertBody(db, {
    item_id: record.id,
    salt,
    written: writeJson(record.item),
    why_json: JSON.stringify(record.why),
  });
}

const selectItem = prepared<{ id: string }, JoinedItem>((db, value) =>
  db
    .selectFrom('items')
    .leftJoin('item_bodies', 'item_bodies.item_id', 'items.id')
    .select([...RECORD_COLUMNS, 'salt', 'written', 'why_json'])
    .where('items.id', '=', value('id')),
);

/** The item as a record, or null where there is none. */
export async function loadItem(db: Db, id: string): Promise<ItemRecord | null> {
  const [row] = await selectItem(db, { id });
  return row ? recordOf(row) : null;
}

const selectOwner = prepared<{ id: string }, Pick<ItemRecord, 'owner' | 'check_of'>>((db, value) =>
  db.selectFrom('items').select(['owner', 'check_of']).where('id', '=', value('id')),
);

/** Whose an item is; null: there is none. */
export const ownerOf = async (
  db: Db,
  id: string,
): Promise<Pick<ItemRecord, 'owner' | 'check_of'> | null> =>
  (await selectOwner(db, { id }))[0] ?? null;

/** The item with the salt of its digest and the text it covers, both null where they were erased. */
export async function loadItemWithSalt(
  db: Db,
  id: string,
): Promise<{ record: ItemRecord; salt: string | null; written: string | null } | null> {
  const [row] = await selectItem(db, { id });
  return row ? { record: recordOf(row), salt: row.salt, written: row.written } : null;
}

type Swap = Pick<
  ItemState,
  'id' | 'version' | 'view_rev' | 'status' | 'outcome' | 'claimed_by' | 'claimed_at' | 'decided_at'
> & { from_version: number };

const swapState = prepared<Swap, { id: string }>((db, value) =>
  db
    .updateTable('items')
    .set({
      version: value('version'),
      view_rev: value('view_rev'),
      status: value('status'),
      outcome: value('outcome'),
      claimed_by: value('claimed_by'),
      claimed_at: value('claimed_at'),
      decided_at: value('decided_at'),
    })
    .where('id', '=', value('id'))
    .where('version', '=', value('from_version'))
    .returning('id'),
);

/**
 * Compare-and-set: writes `next` where the item still has the version it was read at. Throws where it has not, which
 * inside one transaction means that somebody read outside of it.
 */
export async function swapItem(db: Db, from: ItemState, next: ItemState): Promise<void> {
  const { id, version, view_rev, status, outcome, claimed_by, claimed_at, decided_at } = next;
  const swapped = await swapState(db, {
    id,
    version,
    view_rev,
    status,
    outcome,
    claimed_by,
    claimed_at,
    decided_at,
    from_version: from.version,
  });
  if (swapped.length !== 1)
    throw new Error(`item ${id} changed since it was read at version ${from.version}`);
}

const setDue = prepared<{ id: string; due_at: number | null }, unknown>((db, value) =>
  db
    .updateTable('items')
    .set({ due_at: value('due_at') })
    .where('id', '=', value('id')),
);

const setStage = prepared<
  {
    id: string;
    several_json: string;
    decider: string | null;
    level: number;
    due_at: number | null;
  },
  unknown
>((db, value) =>
  db
    .updateTable('items')
    .set({
      several_json: value('several_json'),
      decider: value('decider'),
      level: value('level'),
      due_at: value('due_at'),
    })
    .where('id', '=', value('id')),
);

/** The item turns to other people; its state is swapped beside this. */
export async function turnItem(
  db: Db,
  item: Pick<ItemRecord, 'id' | 'by' | 'level' | 'due_at'> & { several: Several },
): Promise<void> {
  const { id, by, level, due_at, several } = item;
  await setStage(db, { id, several_json: JSON.stringify(several), decider: by, level, due_at });
}

/** Moves the item's decide deadline, as it is shown. */
export async function setDueAt(db: Db, id: string, due_at: EpochMs | null): Promise<void> {
  await setDue(db, { id, due_at });
}

const setRungOf = prepared<{ id: string; level: number; due_at: number | null }, unknown>(
  (db, value) =>
    db
      .updateTable('items')
      .set({ level: value('level'), due_at: value('due_at') })
      .where('id', '=', value('id')),
);

/** The level it has climbed to, and when that rung's time is over. */
export async function setLevelAndDue(
  db: Db,
  item: { id: string; level: number; due_at: EpochMs | null },
): Promise<void> {
  await setRungOf(db, { id: item.id, level: item.level, due_at: item.due_at });
}

/** The producer of an item that expires is advised nothing. */
export async function withholdFallback(db: Db, id: string): Promise<void> {
  await db.updateTable('items').set({ fallback: null }).where('id', '=', id).execute();
}

export interface WaitingItem {
  id: string;
  domain: string | null;
  status: 'open' | 'claimed';
  claimed_by: string | null;
  due_at: EpochMs | null;
  several: Several | null;
  /** How many people have said anything of it. */
  spoken: number;
  /** null: its texts have been erased. */
  item: Item | null;
  channel: string | null;
  ts: string | null;
}

/**
 * The open items of these domains, and those that these people of a rule or a stage decide, which are due next, with
 * where their card is; and how many there are.
 */
export async function waitingItems(
  db: Db,
  domains: string[],
  limit: number,
  deciders: string[] = [],
): Promise<{ items: WaitingItem[]; total: number }> {
  // No database but SQLite takes an empty list; nothing is called by the empty name.
  const some = (names: string[]): string[] => (names.length === 0 ? [''] : names);
  const waiting = db
    .selectFrom('items')
    .where('status', '!=', 'decided')
    .where((eb) => eb.or([eb('domain', 'in', some(domains)), eb('decider', 'in', some(deciders))]));
  const rows = await waiting
    .leftJoin('item_bodies', 'item_bodies.item_id', 'items.id')
    .leftJoin('cards', (join) =>
      join.onRef('cards.item_id', '=', 'items.id').on('cards.purpose', '=', 'decide'),
    )
    .select([
      'items.id',
      'items.domain',
      'items.status',
      'items.claimed_by',
      'items.due_at',
      'items.several_json',
      'written',
      'channel',
      'ts',
      (eb) =>
        eb
          .selectFrom('opinions')
          .whereRef('opinions.item_id', '=', 'items.id')
          .select(({ fn }) => fn.count<number>('opinions.slack_user').distinct().as('spoken'))
          .as('spoken'),
    ])
    .orderBy((eb) =>
      eb.fn.coalesce('items.due_at', 'items.expires_at', eb.val(Number.MAX_SAFE_INTEGER)),
    )
    .orderBy('items.requested_at')
    .limit(limit)
    .execute();
  const { total } = await waiting
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return {
    total,
    items: rows.map(({ written, status, several_json, spoken, ...row }) => ({
      ...row,
      spoken: spoken ?? 0,
      several: several_json === null ? null : (JSON.parse(several_json) as Several),
      status: status === 'claimed' ? 'claimed' : 'open',
      item: written === null ? null : (readKept(written, 'state') as Item),
    })),
  };
}

/** How many items of a domain wait for a person. */
export async function queueDepth(db: Db, domain: string): Promise<number> {
  const { total } = await db
    .selectFrom('items')
    .where('status', '!=', 'decided')
    .where('domain', '=', domain)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
}

/** Share of people's decisions since `since` that edited or rejected what the AI proposed, 0..1; 0 where there were none. */
export async function overrideRate(db: Db, domain: string, since: EpochMs): Promise<number> {
  const { decided, overridden } = await overridesSince(db, domain, since);
  return decided === 0 ? 0 : overridden / decided;
}

/** How many of what the AI proposed people decided in that domain since then, and how many of it they edited or rejected. */
export async function overridesSince(
  db: Db,
  domain: string,
  since: EpochMs,
): Promise<{ decided: number; overridden: number }> {
  const rows = await db
    .selectFrom('items')
    .where('status', '=', 'decided')
    .where('domain', '=', domain)
    .where('decided_at', '>=', since)
    .where('outcome', 'in', ['approved', 'edited', 'rejected'])
    .groupBy('outcome')
    .select(['outcome', (eb) => eb.fn.countAll<number>().as('count')])
    .execute();
  const all = rows.reduce((sum, row) => sum + row.count, 0);
  const overridden = rows
    .filter((row) => row.outcome !== 'approved')
    .reduce((sum, row) => sum + row.count, 0);
  return { decided: all, overridden };
}

/** How many items wait, by status. */
export const openByStatus = (db: Db): Promise<{ status: string; count: number }[]> =>
  db
    .selectFrom('items')
    .where('status', '!=', 'decided')
    .groupBy('status')
    .select((eb) => ['status', eb.fn.countAll<number>().as('count')])
    .execute();
