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

/** Whose item it is, as `producerOf` says it. */
const PRODUCER = sql<string>`coalesce(items.owner, items.source)`;
const ENDS = sql<number>`coalesce(items.due_at, items.expires_at, ${sql.lit(Number.MAX_SAFE_INTEGER)})`;

const selectNext = prepared<{ domain: string; limit: number }, { id: string }>((db, value) =>
  db
    .selectFrom((from) =>
      from
        .selectFrom('items')
        .where('behind_since', 'is not', null)
        .where('domain', '=', value('domain'))
        .select([
          'id',
          'domain',
          'impact',
          'requested_at',
          PRODUCER.as('producer'),
          ENDS.as('ends'),
        ])
        .select(
          sql<number>`row_number() over (
            partition by items.impact, ${PRODUCER} order by ${ENDS}, items.requested_at, items.id
          )`.as('round'),
        )
        .as('line'),
    )
    .leftJoin('backlog_turns as turns', (join) =>
      join.onRef('turns.domain', '=', 'line.domain').onRef('turns.producer', '=', 'line.producer'),
    )
    .select('line.id')
    .orderBy('line.impact', 'desc')
    .orderBy('line.round')
    .orderBy((eb) => eb.fn.coalesce('turns.served', sql.lit(0)))
    .orderBy('line.ends')
    .orderBy('line.requested_at')
    .orderBy('line.id')
    .limit(value('limit')),
);
/**
 * Whose turn it is: the highest impact; within it producers in turn, whoever was served longest ago first; of each
 * producer's the earliest due, then the oldest.
 */
export const nextBehind = async (db: Db, domain: string, limit: number): Promise<string[]> =>
  (await selectNext(db, { domain, limit })).map((row) => row.id);

const serve = prepared<{ domain: string; producer: string }, unknown>((db, value) => {
  const served = sql<number>`(
    select coalesce(max(served), 0) + 1 from backlog_turns where domain = ${value('domain')}
  )`;
  return db
    .insertInto('backlog_turns')
    .values({ domain: value('domain'), producer: value('producer'), served })
    .onConflict((conflict) =>
      conflict.columns(['domain', 'producer']).doUpdateSet((eb) => ({
        served: eb.ref('excluded.served'),
      })),
    );
});
/** It was that producer's turn: each other of the domain comes before its next. */
export const hadItsTurn = async (db: Db, domain: string, producer: string): Promise<void> =>
  void (await serve(db, { domain, producer }));

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
