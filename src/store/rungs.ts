/** The rungs of items: written when an item is asked, moved by the sweep. */
import type { EpochMs } from '../domain/clock.ts';
import type { Db } from './database.ts';
import { prepared, preparedInsert } from './prepared.ts';
import type { RungsTable } from './ladder-tables.ts';

export type RungRow = RungsTable;

const insertRow = preparedInsert('rungs', [
  'item_id',
  'number',
  'level',
  'notify_json',
  'claim_within',
  'decide_within',
  'remind_json',
  'state',
  'paged_at',
  'claim_by',
  'decide_by',
  'ended_at',
]);

/** A rung of an item; `paged`: its clocks start with it, null: it waits for its turn. */
export const insertRung = async (
  db: Db,
  rung: Pick<
    RungRow,
    | 'item_id'
    | 'number'
    | 'level'
    | 'notify_json'
    | 'claim_within'
    | 'decide_within'
    | 'remind_json'
  >,
  paged: Pick<RungRow, 'paged_at' | 'claim_by' | 'decide_by'> | null,
): Promise<void> =>
  void (await insertRow(db, {
    ...rung,
    ...(paged ?? { paged_at: null, claim_by: null, decide_by: null }),
    state: paged === null ? 'waiting' : 'paged',
    ended_at: null,
  }));

const selectOfItem = prepared<{ item_id: string }, RungRow>((db, value) =>
  db.selectFrom('rungs').selectAll().where('item_id', '=', value('item_id')).orderBy('number'),
);
/** An item's rungs, the first first. */
export const rungsOfItem = (db: Db, item_id: string): Promise<RungRow[]> =>
  selectOfItem(db, { item_id });

type Key = Pick<RungRow, 'item_id' | 'number'>;

const setPaged = prepared<
  Key & { paged_at: number; claim_by: number | null; decide_by: number | null },
  unknown
>((db, value) =>
  db
    .updateTable('rungs')
    .set({
      state: 'paged',
      paged_at: value('paged_at'),
      claim_by: value('claim_by'),
      decide_by: value('decide_by'),
      ended_at: null,
    })
    .where('item_id', '=', value('item_id'))
    .where('number', '=', value('number')),
);
/** The rung is paged: its clocks start. */
export const rungPaged = async (
  db: Db,
  rung: Key & { paged_at: EpochMs; claim_by: EpochMs | null; decide_by: EpochMs | null },
): Promise<void> => void (await setPaged(db, rung));

const setEnded = prepared<Key & { state: RungRow['state']; ended_at: number }, unknown>(
  (db, value) =>
    db
      .updateTable('rungs')
      .set({ state: value('state'), ended_at: value('ended_at') })
      .where('item_id', '=', value('item_id'))
      .where('number', '=', value('number')),
);
/** Its time is over, or it was passed by. */
export const rungEnded = async (
  db: Db,
  rung: Key,
  state: 'over' | 'skipped' | 'missed',
  at: EpochMs,
): Promise<void> =>
  void (await setEnded(db, { item_id: rung.item_id, number: rung.number, state, ended_at: at }));

const setOver = prepared<{ item_id: string; ended_at: number }, unknown>((db, value) =>
  db
    .updateTable('rungs')
    .set({ state: 'over', ended_at: value('ended_at') })
    .where('item_id', '=', value('item_id'))
    .where('state', '=', 'paged'),
);
const setVoid = prepared<{ item_id: string; ended_at: number }, unknown>((db, value) =>
  db
    .updateTable('rungs')
    .set({ state: 'void', ended_at: value('ended_at') })
    .where('item_id', '=', value('item_id'))
    .where('state', '=', 'waiting'),
);
/** The item leaves this ladder for another stage's: what was not reached never will be. */
export async function closeRungs(db: Db, item_id: string, ended_at: EpochMs): Promise<void> {
  await setOver(db, { item_id, ended_at });
  await setVoid(db, { item_id, ended_at });
}

const setClocks = prepared<Key & { claim_by: number | null; decide_by: number | null }, unknown>(
  (db, value) =>
    db
      .updateTable('rungs')
      .set({ claim_by: value('claim_by'), decide_by: value('decide_by') })
      .where('item_id', '=', value('item_id'))
      .where('number', '=', value('number')),
);
/** Its clocks were stopped (null), or run again. */
export const rungClocks = async (
  db: Db,
  rung: Key & { claim_by: EpochMs | null; decide_by: EpochMs | null },
): Promise<void> => void (await setClocks(db, rung));
