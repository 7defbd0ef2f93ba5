/**
 * A part of the busy year once more, through the product as it stores things: items are taken in, swept, claimed and
 * decided on a real SQLite file, and Slack is whoever takes each page, or cannot reach its person.
 */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { parsePolicy } from '../../../policies/file/parse-policy.ts';
import { whoIsOnCall } from '../../../policies/schedule/rotation.ts';
import { acceptItem } from '../../../src/intake/accept-item.ts';
import { claimItem } from '../../../src/items/claim-item.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import { decideItem } from '../../../src/items/decide-item.ts';
import { parseItem } from '../../../src/domain/parse-item.ts';
import { nobodyLeft } from '../../../src/ladder/nobody-left.ts';
import { cardShown } from '../../../src/store/cards.ts';
import { createCommit } from '../../../src/store/commit.ts';
import { nextDeadline } from '../../../src/store/deadlines.ts';
import { directPageFailed, directPageSent } from '../../../src/store/pages.ts';
import { verifyAudit } from '../../../src/audit/verify-audit.ts';
import { sweepDeadlines } from '../../../src/items/sweep-deadlines.ts';
import type { World } from '../../../src/world/world.ts';
import { asSpecified } from '../../policies/busy-year/as-specified.ts';
import { away, clockAt, DAY, DESKS, ITEMS, MINUTE } from '../../policies/busy-year/year.ts';
import { OVERRIDES, START, upAgain, type Story } from '../../policies/busy-year/year.ts';
import { openAuditedDesk } from '../store/audited-desk.ts';

const YEAR_MS = 365 * DAY;
const TEAM = 'T0SIMULATED';
const items = ITEMS.filter((_, at) => at % 8 === 0);
const people = Object.values(DESKS).flatMap((desk) => desk.rotation.people);

const policy = `version: 1
default_domain: d0
timezone: UTC
operators_channel: C0OPS
managers: [U0BOSS]
rotations:
${Object.values(DESKS)
  .map(
    ({ rotation }) =>
      `  ${rotation.id}: {timezone: ${rotation.timezone}, start: "2026-01-05T09:00", shift: 1w, people: [${rotation.people.join(', ')}]}`,
  )
  .join('\n')}
ladders:
${items
  .map(({ rungs }, at) => {
    const written = rungs.map(
      ({ desk, claim, decide }, number) =>
        `{level: ${Math.min(3, number + 1)}, notify: ["oncall:${desk}"], ${claim === null ? '' : `claim_within: ${claim}m, `}decide_within: ${decide}m}`,
    );
    return `  l${at}: {rungs: [${written.join(', ')}], at_the_end: expired}`;
  })
  .join('\n')}
domains:
${items
  .map(
    (_, at) =>
      `  d${at}: {title: Desk, channel: C0DESK, ladder: l${at}, deciders: [${people.join(', ')}]}`,
  )
  .join('\n')}
rules: []
otherwise: {ask: {}}
`;

test('what is stored pages exactly the people of the plain specification, each rung once, and ends each item as it says', async () => {
  const desk = await openAuditedDesk();
  const { db } = desk.world;
  // Nothing here is to outlive a power cut.
  await sql`PRAGMA synchronous = OFF`.execute(db);
  const parsed = parsePolicy(policy);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems.slice(0, 3)));
  /** The true time. */
  let at = START;
  const clock: Clock = { now: () => clockAt(at), at: () => () => {} };
  const world: World = {
    ...desk.world,
    clock,
    commit: createCommit({ db, clock }),
    policy: () => parsed.policy,
    onCall: (name) => {
      const found = DESKS[name];
      return found ? whoIsOnCall(found.rotation, OVERRIDES, clock.now()) : [];
    },
  };
  const stories = new Map<string, Partial<Story> & Pick<Story, 'pages'>>();
  const acts = new Map<number, { id: string; page: number; user: string; act: string }[]>();
  const asked = new Map<number, number[]>();
  for (const [which, item] of items.entries())
    asked.set(item.asked, [...(asked.get(item.asked) ?? []), which]);
  let lastPage = 0;
  let lastEntry = 0;

  /** Slack takes what is to be sent; what people will do about their pages is noted. */
  async function delivered(): Promise<void> {
    await world.commit(async (unit) => {
      const cards = await unit.db.selectFrom('cards').selectAll().where('ts', 'is', null).execute();
      for (const { id, channel, purpose } of cards) {
        await cardShown(unit.db, { id, channel, ts: id, rev: 1, at: unit.now });
        if (purpose !== 'page') continue;
        if (!away(channel, at)) await directPageSent(unit.db, id, unit.now);
        else {
          const failed = await directPageFailed(unit.db, id);
          if (failed) await nobodyLeft(world, unit, failed.item_id);
        }
      }
      await unit.db
        .updateTable('pages')
        .set({ state: 'sent', sent_at: unit.now })
        .where('state', '=', 'wanted')
        .execute();
      await unit.db.deleteFrom('outbox').execute();
    });
    const pages = await db
      .selectFrom('pages')
      .select(['id', 'item_id', 'rung', 'target'])
      .where('way', '=', 'dm')
      .where('id', '>', lastPage)
      .orderBy('id')
      .execute();
    for (const { id, item_id, rung, target } of pages) {
      lastPage = id;
      const story = stories.get(item_id);
      const last = story?.pages.at(-1);
      if (last?.rung === rung) last.people.push(target);
      else story?.pages.push({ rung, at, people: [target] });
      if (away(target, at)) continue;
      const plan = items[Number(item_id)]?.plan(target);
      for (const [act, after] of [
        ['claim', plan?.claims],
        ['decide', plan?.decides],
      ] as const) {
        if (after === null || after === undefined) continue;
        const when = upAgain(at + after * MINUTE);
        acts.set(when, [...(acts.get(when) ?? []), { id: item_id, page: at, user: target, act }]);
      }
    }
    const ended = await db
      .selectFrom('audit_log')
      .innerJoin('items', 'items.id', 'audit_log.item_id')
      .select(['seq', 'items.id', 'outcome'])
      .where('event', '=', 'item.decided')
      .where('seq', '>', lastEntry)
      .orderBy('seq')
      .execute();
    for (const { seq, id, outcome } of ended) {
      lastEntry = seq;
      const story = stories.get(id);
      if (story) story.end = { how: outcome === 'expired' ? 'expired' : 'decided', at };
    }
  }

  async function put(which: number): Promise<void> {
    const item = parseItem({
      id: String(which),
      kind: 'approval',
      domain: `d${which}`,
      title: 'Refund?',
      action: { name: 'refund' },
      confidence: 0.4,
      impact: 5,
    });
    if (!item.ok) throw new Error(JSON.stringify(item.errors));
    stories.set(String(which), { pages: [] });
    await acceptItem(world, { ...item, source: 'http' });
  }

  async function does({
    id,
    page,
    user,
    act,
  }: {
    id: string;
    page: number;
    user: string;
    act: string;
  }) {
    // Whoever has been passed by has other things to do.
    if (stories.get(id)?.pages.at(-1)?.at !== page) return;
    const person = { user, team: TEAM, name: user };
    if (act === 'claim') await claimItem(world, { item_id: id, person, take: true });
    else
      await decideItem(world, {
        item_id: id,
        person,
        verdict: { word: 'approve' },
        card_id: null,
      });
  }

  let due = Infinity;
  for (; at < START + YEAR_MS + 30 * DAY; at += MINUTE) {
    if (upAgain(at) !== at) continue;
    const fresh = asked.get(at) ?? [];
    const doing = acts.get(at) ?? [];
    if (fresh.length === 0 && doing.length === 0 && due > clock.now()) continue;
    for (const which of fresh) await put(which);
    if (fresh.length > 0) await delivered();
    while (((await nextDeadline(db)) ?? Infinity) <= clock.now()) {
      await sweepDeadlines(world);
      await delivered();
    }
    for (const one of doing.toSorted((a, b) => (a.act < b.act ? -1 : 1))) await does(one);
    if (doing.length > 0) await delivered();
    due = (await nextDeadline(db)) ?? Infinity;
  }
  for (const [which, item] of items.entries())
    expect({ which, ...stories.get(String(which)) }).toEqual({ which, ...asSpecified(item) });
  expect(await verifyAudit(db)).toMatchObject({ good: true, differences: [] });
  await desk.close();
}, 120_000);
