/**
 * Holds what stands by itself, and is about no item, against what the audit log tells: pauses, overrides of who is on
 * call, erasures. There are few of them, so all are held in memory. Part of `verify-audit.ts`.
 */
import { saltedDigest } from '../domain/hash.ts';
import type { Db } from '../store/database.ts';
import { compare, shown, type Differs } from './compare-with-log.ts';
import type { PausesTable } from '../store/record-tables.ts';
import type { OtherEventName } from '../domain/audit-event.ts';
import { otherEntry, type Columns, type OtherEntry } from './log-entry.ts';
import type { Report } from './verify-rows.ts';

/** Which events about no item leave a row that can be held against them. One that is missing here does not compile. */
const LEAVES_ROW = {
  'letting_through.paused': true,
  'letting_through.resumed': true,
  'override.made': true,
  'override.cancelled': true,
  'erasure.asked': true,
  // What is made of it can be made again, or grants nothing, or is kept elsewhere.
  'rotation.handed_over': false,
  'quiet.changed': false,
  'policy.reloaded': false,
  'export.asked': false,
  // A payload that was no item is never decided.
  'raw.kept': false,
  'raw.closed': false,
  'raw.erased': false,
} as const satisfies Record<OtherEventName, boolean>;

type StandingName = {
  [E in OtherEventName]: (typeof LEAVES_ROW)[E] extends true ? E : never;
}[OtherEventName];
type StandingEntry = Extract<OtherEntry, { event: StandingName }>;

const leavesRow = (name: OtherEventName): name is StandingName => LEAVES_ROW[name];
const EVENTS = (Object.keys(LEAVES_ROW) as OtherEventName[]).filter(leavesRow);

/** By its id; `seq`: of the last entry about it. */
type Standing = Map<unknown, { seq: number; columns: Columns }>;

interface ToldStanding {
  pauses: Standing;
  overrides: Standing;
  erasures: Standing;
}

const PAGE = 1000;

/** @param first what was last told of before that entry is not looked at; whatever the log does not know differs */
export async function verifyStanding(db: Db, first: number, report: Report): Promise<void> {
  const told: ToldStanding = { pauses: new Map(), overrides: new Map(), erasures: new Map() };
  const fault = (seq: number, what: string) => report({ seq, item_id: null, what });
  for await (const page of pagesOfEntries(db))
    for (const row of page) tell(told, otherEntry(row) as StandingEntry, fault);
  const differs: Differs = (what) => report({ seq: null, item_id: null, what });
  const pauses = await db.selectFrom('pauses').selectAll().orderBy('id').execute();
  matched('pauses', pauses, told.pauses, first, differs, (row, one) => {
    const { reason: _reason, salt: _salt, domain, ...held } = row;
    compare('pauses', { ...held, domain: domain ?? 'all' }, one, differs);
    verifyReason(row, one, told.erasures, differs);
  });
  const overrides = await db.selectFrom('overrides').selectAll().orderBy('id').execute();
  matched('overrides', overrides, told.overrides, first, differs, (row, one) =>
    // Entries of before did not say when it was made.
    compare('overrides', row, { ...one, made_at: one.made_at ?? row.made_at }, differs),
  );
  const erasures = await db.selectFrom('erasures').selectAll().orderBy('id').execute();
  matched('erasures', erasures, told.erasures, first, differs, ({ reason: _reason, ...row }, one) =>
    compare('erasures', row, { ...one, target: one.target ?? row.target }, differs),
  );
}

/** Entries about no item stand together in the index of items. */
async function* pagesOfEntries(db: Db) {
  let after = 0;
  for (;;) {
    const page = await db
      .selectFrom('audit_log')
      .select(['seq', 'at', 'event', 'entry_json'])
      .where('item_id', 'is', null)
      .where('event', 'in', EVENTS)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    yield page;
    const last = page.at(-1);
    if (!last) return;
    after = last.seq;
  }
}

function tell(
  told: ToldStanding,
  entry: StandingEntry,
  fault: (seq: number, what: string) => void,
): void {
  const { seq, at } = entry;
  const ends = (all: Standing, id: unknown, columns: Columns) => {
    const one = all.get(id);
    if (!one) return fault(seq, `${entry.event} stands before what it ends`);
    one.seq = seq;
    Object.assign(one.columns, columns);
  };
  switch (entry.event) {
    case 'letting_through.paused': {
      const { pause_id: id, domain, cause, reason_digest, slack_user: by } = entry.facts;
      const columns = { id, domain, cause, reason_digest, paused_by: by, paused_at: at };
      told.pauses.set(id, { seq, columns });
      return;
    }
    case 'letting_through.resumed':
      return ends(told.pauses, entry.facts.pause_id, {
        resumed_by: entry.facts.slack_user,
        resumed_at: at,
      });
    case 'override.made': {
      const { override_id: id, rotation, on_call, starts_at, ends_at, made_at } = entry.facts;
      const columns = {
        id,
        rotation,
        slack_user: on_call,
        starts_at,
        ends_at,
        made_by: entry.facts.slack_user,
        made_at,
      };
      told.overrides.set(id, { seq, columns });
      return;
    }
    case 'override.cancelled':
      return ends(told.overrides, entry.facts.override_id, {
        cancelled_by: entry.facts.slack_user,
        cancelled_at: at,
      });
    case 'erasure.asked':
      told.erasures.set(entry.facts.erasure_id, {
        seq,
        columns: { id: entry.facts.erasure_id, target: entry.facts.target, at },
      });
      return;
    default:
      return entry satisfies never;
  }
}

/** Each row with what the log tells of it; what has no other side differs. */
function matched<R extends { id: string }>(
  table: string,
  rows: readonly R[],
  told: Standing,
  first: number,
  differs: Differs,
  verify: (row: R, one: Columns) => void,
): void {
  const left = new Map(told);
  for (const row of rows) {
    const one = left.get(row.id);
    left.delete(row.id);
    if (one === undefined) differs(`${table}: ${shown(row.id)} is not in the log`);
    else if (one.seq >= first) verify(row, one.columns);
  }
  for (const [id, { seq }] of left)
    if (seq >= first) differs(`${table}: ${shown(id)} is in the log and has no row`);
}

function verifyReason(
  { id, reason, salt, paused_by }: PausesTable,
  one: Columns,
  erasures: Standing,
  differs: Differs,
): void {
  if (salt !== '') {
    if (saltedDigest(salt ?? id, reason) !== one.reason_digest)
      differs(`the reason of pause ${shown(id)} is not what the log has a digest of`);
    return;
  }
  const erased = [...erasures.values()].some(
    ({ columns }) => columns.target === `person:${paused_by}`,
  );
  if (!erased) differs(`the reason of pause ${shown(id)} is gone, and the log tells of no erasure`);
}
