/** What waits behind its domain's open cards, and how many cards a domain shows. Each read ends at a bound, or at an index. */
import { sql } from 'kysely';
import type { EpochMs } from '../domain/clock.ts';
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';

/** Written out, not bound: an index over part of a table is found by the text of the condition. */
const DECIDED = sql.lit<'decided'>('decided');

const countShown = prepared<{ domain: string; limit: number }, { shown: number }>((db, value) =>
  db
    .selectFrom(
      db
        .selectFrom('items')
        .select('id')
        .where('status', '!=', DECIDED)
        .where('behind_since', 'is', null)
        .where('domain', '=', value('domain'))
        .limit(value('limit'))
        .as('some'),
    )
    .select((eb) => eb.fn.countAll<number>().as('shown')),
);
/** How many open items of a domain have a card of their own; counted no further than `limit`. */
export const shownIn = async (db: Db, domain: string, limit: number): Promise<number> =>
  (await countShown(db, { domain, limit }))[0]?.shown ?? 0;

const selectNext = prepared<{ domain: string; limit: number; offset: number }, { id: string }>(
  (db, value) =>
    db
      .selectFrom('items')
      .select('id')
      .where('behind_since', 'is not', null)
      .where('domain', '=', value('domain'))
      .orderBy('impact', 'desc')
      .orderBy((eb) => eb.fn.coalesce('due_at', 'expires_at', eb.val(Number.MAX_SAFE_INTEGER)))
      .orderBy('requested_at')
      .orderBy('id')
      .limit(value('limit'))
      .offset(value('offset')),
);
/** Whose turn it is: the highest impact, then the earliest due, then the oldest. */
export const nextBehind = async (
  db: Db,
  domain: string,
  limit: number,
  offset = 0,
): Promise<string[]> => (await selectNext(db, { domain, limit, offset })).map((row) => row.id);

const clear = prepared<{ id: string }, unknown>((db, value) =>
  db.updateTable('items').set({ behind_since: null }).where('id', '=', value('id')),
);
/** It waits behind no more. */
export const leaveBacklog = async (db: Db, id: string): Promise<void> =>
  void (await clear(db, { id }));

const selectAny = prepared<{ domain: string }, { id: string }>((db, value) =>
  db
    .selectFrom('items')
    .select('id')
    .where('behind_since', 'is not', null)
    .where('domain', '=', value('domain'))
    .limit(1),
);
export const anyBehind = async (db: Db, domain: string): Promise<boolean> =>
  (await selectAny(db, { domain })).length > 0;

/** The domains of which anything waits behind. */
export const domainsBehind = async (db: Db): Promise<string[]> =>
  (
    await db
      .selectFrom('items')
      .select('domain')
      .distinct()
      .where('behind_since', 'is not', null)
      .where('domain', 'is not', null)
      .execute()
  ).flatMap((row) => row.domain ?? []);

export interface Behind {
  domain: string;
  count: number;
  /** When the one that has waited longest was asked. */
  oldest: EpochMs;
  /** The deadline that comes first; null: none has any. */
  first_due: EpochMs | null;
}

/** What waits behind, by domain: those of which anything does. */
export async function behindByDomain(db: Db, domain?: string): Promise<Behind[]> {
  const rows = await db
    .selectFrom('items')
    .where('behind_since', 'is not', null)
    .$if(domain !== undefined, (query) => query.where('domain', '=', domain ?? ''))
    .groupBy('domain')
    .select((eb) => [
      'domain',
      eb.fn.countAll<number>().as('count'),
      eb.fn.min('requested_at').as('oldest'),
      eb.fn.min<number | null>('due_at').as('due_at'),
      eb.fn.min<number | null>('expires_at').as('expires_at'),
    ])
    .execute();
  return rows.map(({ domain, count, oldest, due_at, expires_at }) => {
    const ends = [due_at, expires_at].filter((end) => end !== null);
    return {
      domain: domain ?? '',
      count,
      oldest,
      first_due: ends.length === 0 ? null : Math.min(...ends),
    };
  });
}

/** How many of a domain's items expired from `since` on without ever having had a card. */
export async function expiredUnseen(db: Db, domain: string, since: EpochMs): Promise<number> {
  const { count } = await db
    .selectFrom('items')
    .where('status', '=', DECIDED)
    .where('domain', '=', domain)
    .where('decided_at', '>=', since)
    .where('outcome', '=', 'expired')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('cards')
            .select('cards.id')
            .whereRef('cards.item_id', '=', 'items.id')
            .where('purpose', '=', 'decide'),
        ),
      ),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Whom the open rungs of those that wait behind would have called, each way of saying it once, with who asked. */
export const calledBehind = (
  db: Db,
  domain: string,
): Promise<{ notify_json: string; impact: number; level: number }[]> =>
  db
    .selectFrom('items')
    .innerJoin('rungs', 'rungs.item_id', 'items.id')
    .where('behind_since', 'is not', null)
    .where('domain', '=', domain)
    .where('rungs.state', '=', 'paged')
    .groupBy(['notify_json', 'rungs.level'])
    .select((eb) => ['notify_json', 'rungs.level', eb.fn.max('impact').as('impact')])
    .execute();
