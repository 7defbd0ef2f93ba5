/** What a Home is made of. Each question is answered from an index, however long the history. */
import { sql } from 'kysely';
import type { EpochMs } from '../domain/clock.ts';
import type { OpenIn } from '../domain/home-input.ts';
import type { Outcome } from '../domain/item.ts';
import type { Db } from './database.ts';

/** Written out, not bound: an index over part of a table is found by the text of the condition. */
const DECIDED = sql.lit<'decided'>('decided');
/** As far back as a page is looked for. */
const PAGES_LOOKED_AT = 300;

const open = (db: Db) => db.selectFrom('items').where('items.status', '!=', DECIDED);

/** The open items of one domain that are due next; those without a time come last. */
export async function dueNext(db: Db, domain: string, limit: number): Promise<string[]> {
  const timed = await open(db)
    .select('id')
    .where('domain', '=', domain)
    .where('due_at', 'is not', null)
    .orderBy('due_at')
    .limit(limit)
    .execute();
  const untimed =
    timed.length === limit
      ? []
      : await open(db)
          .select('id')
          .where('domain', '=', domain)
          .where('due_at', 'is', null)
          .limit(limit - timed.length)
          .execute();
  return [...timed, ...untimed].map((row) => row.id);
}

/** Open items that this person has claimed, or was paged for. */
export async function theirOwn(db: Db, slack_user: string, limit: number): Promise<string[]> {
  const claimed = await open(db)
    .select('id')
    .where('claimed_by', '=', slack_user)
    .orderBy('due_at')
    .limit(limit)
    .execute();
  const paged = await db
    .selectFrom(
      db
        .selectFrom('pages')
        .select('item_id')
        .where('target', '=', slack_user)
        .where('state', 'in', ['wanted', 'sent'])
        .orderBy('id', 'desc')
        .limit(PAGES_LOOKED_AT)
        .as('called'),
    )
    .innerJoin('items', 'items.id', 'called.item_id')
    .select('items.id')
    .distinct()
    .where('items.status', '!=', DECIDED)
    .limit(limit)
    .execute();
  return [...new Set([...claimed, ...paged].map((row) => row.id))];
}

/** How many wait in these domains. */
export async function waitingIn(db: Db, domains: string[]): Promise<number> {
  if (domains.length === 0) return 0;
  const { total } = await open(db)
    .where('domain', 'in', domains)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
}

/** What one person decided from `since` on: by outcome, and how long each took from when it was asked, ms. */
export const decidedBy = (
  db: Db,
  slack_user: string,
  since: EpochMs,
): Promise<{ outcome: Outcome; took_ms: number }[]> =>
  db
    .selectFrom('decisions')
    .innerJoin('items', 'items.id', 'decisions.item_id')
    .where('decisions.slack_user', '=', slack_user)
    .where('decisions.decided_at', '>=', since)
    .select((eb) => [
      'decisions.outcome',
      eb('decisions.decided_at', '-', eb.ref('items.requested_at')).as('took_ms'),
    ])
    .execute();

const HOUR_MS = 3_600_000;

/** What waits in each domain that has anything waiting. */
export async function openByDomain(db: Db, now: EpochMs): Promise<OpenIn[]> {
  const rows = await open(db)
    .where('domain', 'is not', null)
    .groupBy('domain')
    .select((eb) => {
      const count = (from: EpochMs | null, to: EpochMs | null) =>
        eb.fn.sum<number>(
          eb
            .case()
            .when(
              eb.and([
                ...(from === null ? [] : [eb('requested_at', '>', from)]),
                ...(to === null ? [] : [eb('requested_at', '<=', to)]),
              ]),
            )
            .then(1)
            .else(0)
            .end(),
        );
      return [
        'domain',
        eb.fn.countAll<number>().as('total'),
        eb.fn.sum<number>(eb.case().when('due_at', '<', now).then(1).else(0).end()).as('overdue'),
        count(now - HOUR_MS, null).as('fresh'),
        count(now - 4 * HOUR_MS, now - HOUR_MS).as('hours'),
        count(now - 24 * HOUR_MS, now - 4 * HOUR_MS).as('day'),
        count(null, now - 24 * HOUR_MS).as('older'),
      ];
    })
    .execute();
  return rows.map(({ domain, total, overdue, fresh, hours, day, older }) => ({
    domain: domain ?? '',
    total,
    overdue,
    ages: [fresh, hours, day, older],
  }));
}

/** Of what was asked of people and ended in that domain from `since` on: how much in time, how much in all. */
export async function attainment(
  db: Db,
  domain: string,
  since: EpochMs,
): Promise<{ in_time: number; ended: number }> {
  const { in_time, ended } = await db
    .selectFrom('items')
    .where('status', '=', DECIDED)
    .where('domain', '=', domain)
    .where('decided_at', '>=', since)
    .where('level', '>', 0)
    // Taken back by the AI is nobody's failure.
    .where('outcome', '!=', 'cancelled')
    .select((eb) => [
      eb.fn.countAll<number>().as('ended'),
      eb.fn
        .sum<number | null>(
          eb
            .case()
            .when(
              eb.and([
                eb('outcome', '!=', 'expired'),
                eb.or([eb('due_at', 'is', null), eb('decided_at', '<=', eb.ref('due_at'))]),
              ]),
            )
            .then(1)
            .else(0)
            .end(),
        )
        .as('in_time'),
    ])
    .executeTakeFirstOrThrow();
  return { in_time: in_time ?? 0, ended };
}
