/** What a person's Home shows: what waits for them, whether they are on call, their week; for managers how things stand. */
import { decidingCard } from '../outbox/deciding-card.ts';
import { authorise } from '../access/authorise.ts';
import type { Answer } from '../access/may-do.ts';
import { maySee, type View } from '../access/may-see.ts';
import type { Person } from '../access/refused.ts';
import type { EpochMs } from '../domain/clock.ts';
import type { ItemRecord } from '../domain/decision.ts';
import type { DomainState, HomeInput, HomeItem, OnCallLine, OpenIn } from '../domain/home-input.ts';
import type { Outcome } from '../domain/item.ts';
import { messageLink } from '../items/message-link.ts';
import { rotationNow } from '../on-call/rotation-now.ts';
import { shownDomain } from '../items/shown-item.ts';
import { behindByDomain } from '../store/backlog.ts';
import type { Db } from '../store/database.ts';
import {
  attainment,
  decidedBy,
  dueNext,
  openByDomain,
  theirOwn,
  waitingIn,
} from '../store/home-figures.ts';
import { loadItem } from '../store/items.ts';
import { reading } from '../store/prepared.ts';
import type { World } from '../world/world.ts';

const SHOWN = 10;
const WEEK_MS = 7 * 86_400_000;
const DAY_MS = 86_400_000;

/** `unknown`: whose members must be looked up first. */
export const homeOf = (
  world: World,
  person: Person,
): Promise<{ home: HomeInput } | { unknown: string[] }> =>
  reading(world.db, async (db) => {
    const policy = world.policy();
    const asks: Answer[] = [];
    const ask = (view: View): boolean => {
      const answer = maySee(policy, view, person, world);
      asks.push(answer);
      return answer.may === 'yes';
    };
    const mine = Object.values(policy.domains).filter((domain) =>
      ask({ view: 'home_domain', domain: domain.id }),
    );
    const manages = ask({ view: 'home_managed' });
    const ours = ask({ view: 'on_call' });
    const unknown = asks.flatMap((one) => (one.may === 'unknown' ? one.look : []));
    if (unknown.length > 0) return { unknown: [...new Set(unknown)] };

    const domains = mine.map((domain) => domain.id);
    const now = world.clock.now();
    const { items, waiting } = await itemsFor(world, db, person, domains);
    const rotations = Object.values(policy.rotations).map((rotation) =>
      rotationNow(world, rotation),
    );
    const lines = rotations.map(({ rotation, domains: titles, stretch, until }) => ({
      rotation: rotation.id,
      domains: titles,
      users: stretch.users,
      until,
    }));
    const next = (ours ? rotations : [])
      .flatMap(({ rotation, domains: titles, next: handoff }) =>
        handoff?.after.includes(person.user) && !handoff.before.includes(person.user)
          ? [{ at: handoff.at, rotation: rotation.id, domains: titles }]
          : [],
      )
      .sort((a, b) => a.at - b.at);
    return {
      home: {
        now,
        user: person.user,
        decides: domains.length > 0 || items.length > 0,
        items,
        more: Math.max(0, waiting - items.length),
        on_call: ours ? lines.filter((line) => line.users.includes(person.user)) : [],
        next_shift: next[0] ?? null,
        week: await weekOf(db, person.user, now),
        manager: manages ? await managed(world, db, now, lines) : null,
      },
    };
  });

/** Theirs first found, then sorted by when they are due; each is asked of the policy again, as a click would be. */
async function itemsFor(
  world: World,
  db: Db,
  person: Person,
  domains: string[],
): Promise<{ items: HomeItem[]; waiting: number }> {
  const ids = new Set(await theirOwn(db, person.user, SHOWN));
  for (const domain of domains) for (const id of await dueNext(db, domain, SHOWN)) ids.add(id);
  const records: ItemRecord[] = [];
  for (const id of ids) {
    const record = await loadItem(db, id);
    if (record && (await authorise(world, db, record, person, 'decide')).may === 'yes')
      records.push(record);
  }
  records.sort((a, b) => ends(a) - ends(b) || a.requested_at - b.requested_at);
  const items: HomeItem[] = await Promise.all(
    records.slice(0, SHOWN).map(async (record) => {
      const card = await decidingCard(world, db, record);
      return {
        record,
        domain: shownDomain(world, record.domain).title,
        permalink: card?.ts ? messageLink(world, card.channel, card.ts) : null,
      };
    }),
  );
  return { items, waiting: Math.max(await waitingIn(db, domains), records.length) };
}

const ends = ({ due_at, expires_at }: ItemRecord): EpochMs =>
  Math.min(due_at ?? Number.MAX_SAFE_INTEGER, expires_at ?? Number.MAX_SAFE_INTEGER);

async function weekOf(db: Db, user: string, now: EpochMs): Promise<HomeInput['week']> {
  const decided = await decidedBy(db, user, now - WEEK_MS);
  const outcomes: Partial<Record<Outcome, number>> = {};
  for (const { outcome } of decided) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  const times = decided.map((one) => one.took_ms).sort((a, b) => a - b);
  return { outcomes, median_ms: times[Math.floor((times.length - 1) / 2)] ?? null };
}

async function managed(
  world: World,
  db: Db,
  now: EpochMs,
  on_call: OnCallLine[],
): Promise<HomeInput['manager']> {
  const policy = world.policy();
  const waiting = new Map((await openByDomain(db, now)).map((one) => [one.domain, one]));
  const behind = new Map((await behindByDomain(db)).map((one) => [one.domain, one.count]));
  const none: Omit<OpenIn, 'domain'> = { total: 0, overdue: 0, ages: [0, 0, 0, 0] };
  const domains: DomainState[] = [];
  for (const { id, title } of Object.values(policy.domains)) {
    domains.push({
      ...(waiting.get(id) ?? { ...none, domain: id }),
      title,
      behind: behind.get(id) ?? 0,
      paused: world.holds.pauseOf(id) !== null,
      ...(await attainment(db, id, now - DAY_MS)),
    });
  }
  return {
    domains,
    pauses: world.holds.pauses().map(({ domain, reason, paused_by, paused_at }) => ({
      domain: domain === null ? null : (policy.domains[domain]?.title ?? domain),
      reason,
      paused_by,
      paused_at,
    })),
    freezes: world.holds.freezes().length,
    on_call,
  };
}
