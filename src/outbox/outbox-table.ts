/**
 * The outbox: every effect on the world outside, written in the transaction that caused it and carried out by
 * src/delivery/deliver.ts. A row's id is its idempotency key; a row is done only once its effect is known to have happened.
 */
import { sql } from 'kysely';
import type { EpochMs } from '../domain/clock.ts';
import { readLane, type Lane, type LaneName } from '../domain/lane.ts';
import type { Db } from '../store/database.ts';
import { mergeKey, type Effect } from './effects.ts';
import { pendingByLane } from '../store/metric-rows.ts';
import { prepared } from '../store/prepared.ts';
import type { OutboxTable } from '../store/card-tables.ts';

/** Written out, not bound: an index over part of a table is found by the text of the condition. */
const PENDING = sql.lit<'pending'>('pending');

export interface OutboxRow extends Omit<OutboxTable, 'effect_json'> {
  effect: Effect;
}

type NewRow = Omit<
  OutboxTable,
  'turn' | 'attempts' | 'first_attempt_at' | 'lease' | 'state' | 'done_at' | 'last_error'
>;

/**
 * The round that a new row of a producer joins: the one after its last that waits; with none, the one that is being
 * served. Each look ends at one entry of an index.
 */
const nextTurn = (db: Db, value: <K extends keyof NewRow>(name: K) => NewRow[K]) => {
  const waiting = db
    .selectFrom('outbox')
    .where('state', '=', PENDING)
    .where('lane', '=', value('lane'))
    .where('priority', '=', value('priority'));
  const last = waiting
    .where('producer', '=', value('producer'))
    .select((eb) => eb('turn', '+', 1).as('after_it'))
    .orderBy('turn', 'desc')
    .limit(1);
  const served = waiting.select('turn').orderBy('turn').limit(1);
  return sql<number>`coalesce((${last}), (${served}), 0)`;
};

const insertRow = prepared<NewRow, unknown>((db, value) =>
  db
    .insertInto('outbox')
    .values({
      id: value('id'),
      lane: value('lane'),
      effect_json: value('effect_json'),
      item_id: value('item_id'),
      merge_key: value('merge_key'),
      priority: value('priority'),
      producer: value('producer'),
      turn: nextTurn(db, value),
      created_at: value('created_at'),
      not_before: value('not_before'),
      attempts: 0,
      state: 'pending',
    })
    .onConflict((conflict) => conflict.column('merge_key').doNothing()),
);

/** An effect to carry out, from `not_before` on. `priority`: the item's impact, 0..10; the highest goes first, and among equals producers take turns. */
export async function insertEffect(
  db: Db,
  row: {
    id: string;
    effect: Effect;
    lane: LaneName;
    item_id: string | null;
    priority: number;
    producer: string;
    now: EpochMs;
    not_before: EpochMs;
  },
): Promise<void> {
  await insertRow(db, {
    id: row.id,
    lane: row.lane,
    effect_json: JSON.stringify(row.effect),
    item_id: row.item_id,
    merge_key: mergeKey(row.effect),
    priority: row.priority,
    producer: row.producer,
    created_at: row.now,
    not_before: row.not_before,
  });
}

/** At start: whatever an earlier process held is free again. Returns how many rows that were. */
export async function voidLeases(db: Db): Promise<number> {
  const freed = await db
    .updateTable('outbox')
    .set({ lease: null })
    .where('state', '=', PENDING)
    .where('lease', 'is not', null)
    .returning('id')
    .execute();
  return freed.length;
}

/** The lanes that have anything to do, now or later, and when the first of it may go. For a scan at start, and now and then. */
export const pendingLanes = (db: Db): Promise<{ lane: LaneName; not_before: EpochMs }[]> =>
  db
    .selectFrom('outbox')
    .where('state', '=', PENDING)
    .where('lease', 'is', null)
    .groupBy('lane')
    .select((eb) => ['lane', eb.fn.min('not_before').as('not_before')])
    .execute();

const selectNext = prepared<{ lane: LaneName }, { not_before: number }>((db, value) =>
  db
    .selectFrom('outbox')
    .select('not_before')
    .where('state', '=', PENDING)
    .where('lane', '=', value('lane'))
    .where('lease', 'is', null)
    .orderBy('not_before')
    .limit(1),
);
/** When a lane has something to do next (it may have come already), or null. */
export const nextInLane = async (db: Db, lane: LaneName): Promise<EpochMs | null> =>
  (await selectNext(db, { lane }))[0]?.not_before ?? null;

const selectDue = prepared<{ lane: LaneName; now: number; limit: number }, OutboxTable>(
  (db, value) =>
    db
      .selectFrom('outbox')
      .selectAll()
      .where('state', '=', PENDING)
      .where('lane', '=', value('lane'))
      .where('lease', 'is', null)
      .where('not_before', '<=', value('now'))
      .orderBy('priority', 'desc')
      .orderBy('turn')
      .orderBy('created_at')
      .limit(value('limit')),
);
const takeRow = prepared<{ id: string; lease: string; now: number }, unknown>((db, value) =>
  db
    .updateTable('outbox')
    .set((eb) => ({
      lease: value('lease'),
      attempts: eb('attempts', '+', 1),
      first_attempt_at: eb.fn.coalesce('first_attempt_at', eb.val(value('now'))),
    }))
    .where('id', '=', value('id')),
);

/** Takes up to `limit` rows of a lane under `lease`, highest priority first, producers in turn. `attempts` counts this one. */
export async function leaseRows(
  db: Db,
  lane: LaneName,
  lease: string,
  now: EpochMs,
  limit: number,
): Promise<OutboxRow[]> {
  const rows = await selectDue(db, { lane, now, limit });
  for (const row of rows) await takeRow(db, { id: row.id, lease, now });
  return rows.map(({ effect_json, ...row }) => ({
    ...row,
    attempts: row.attempts + 1,
    first_attempt_at: row.first_attempt_at ?? now,
    lease,
    // What was written here was an Effect.
    effect: JSON.parse(effect_json) as Effect,
  }));
}

const endRow = prepared<
  { id: string; state: 'done' | 'failed'; now: number; error: string | null },
  unknown
>((db, value) =>
  db
    .updateTable('outbox')
    .set({
      state: value('state'),
      done_at: value('now'),
      last_error: value('error'),
      lease: null,
      merge_key: null,
    })
    .where('id', '=', value('id')),
);
/** The effect has happened (`done`), or never will (`failed`, with why). */
export const endEffect = async (
  db: Db,
  id: string,
  now: EpochMs,
  end: { state: 'done' } | { state: 'failed'; error: string },
): Promise<void> =>
  void (await endRow(db, {
    id,
    state: end.state,
    now,
    error: end.state === 'failed' ? end.error : null,
  }));

const delayRow = prepared<{ id: string; not_before: number; error: string | null }, unknown>(
  (db, value) =>
    db
      .updateTable('outbox')
      .set({ lease: null, not_before: value('not_before'), last_error: value('error') })
      .where('id', '=', value('id')),
);
/** Not yet: it is tried again, from `not_before` on. */
export const delayEffect = async (
  db: Db,
  id: string,
  not_before: EpochMs,
  error: string | null,
): Promise<void> => void (await delayRow(db, { id, not_before, error }));

/** Whatever is delayed beyond `furthest`, or beyond what `furthestIn` says of its lane, may go now. */
export async function hurryDelayed(
  db: Db,
  now: EpochMs,
  furthest: EpochMs,
  furthestIn: (lane: Lane | null) => EpochMs,
): Promise<void> {
  const delayed = await db
    .selectFrom('outbox')
    .select('lane')
    .distinct()
    .where('state', '=', PENDING)
    .where('not_before', '>', furthest)
    .execute();
  for (const { lane } of delayed)
    await db
      .updateTable('outbox')
      .set({ not_before: now })
      .where('state', '=', PENDING)
      .where('lane', '=', lane)
      .where('not_before', '>', furthestIn(readLane(lane)))
      .execute();
}

const untake = prepared<{ id: string }, unknown>((db, value) =>
  db
    .updateTable('outbox')
    .set((eb) => ({ lease: null, attempts: eb('attempts', '-', 1), last_error: 'rate limited' }))
    .where('id', '=', value('id')),
);
/** It was turned away before anything happened: as if it had not been tried. */
export const turnedAway = async (db: Db, id: string): Promise<void> =>
  void (await untake(db, { id }));

const again = prepared<{ id: string; now: number }, unknown>((db, value) =>
  db
    .updateTable('outbox')
    .set({
      lease: null,
      attempts: 0,
      first_attempt_at: null,
      not_before: value('now'),
      last_error: null,
    })
    .where('id', '=', value('id')),
);
/** It happened, and is wanted once more as things now stand: a row as new. */
export const renewEffect = async (db: Db, id: string, now: EpochMs): Promise<void> =>
  void (await again(db, { id, now }));

/** Forgets what was carried out before `before`. */
export async function pruneOutbox(db: Db, before: EpochMs): Promise<void> {
  await db
    .deleteFrom('outbox')
    .where('state', '!=', 'pending')
    .where('done_at', '<', before)
    .execute();
}

/** Since when the oldest effect waits; null: none does. A receiver of webhooks that is away for a day is its own trouble. */
export async function oldestEffect(db: Db): Promise<EpochMs | null> {
  const waiting = (await pendingByLane(db)).filter(
    ({ lane }) => readLane(lane)?.kind !== 'webhook',
  );
  return waiting.length === 0 ? null : Math.min(...waiting.map(({ oldest }) => oldest));
}
