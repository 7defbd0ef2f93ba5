/**
 * In a process of its own: takes in open items whose deadlines are spread over a day, lets time pass, and prints as JSON
 * what the sweep costs, how late pages are in the outbox, and how long decisions wait while thousands come due at once.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { acceptItem } from '../src/intake/accept-item.ts';
import { systemClock, type Clock } from '../src/domain/clock.ts';
import { decideItem } from '../src/items/decide-item.ts';
import { loadHolds } from '../src/world/holds.ts';
import { parseItem } from '../src/domain/parse-item.ts';
import { loadPolicy } from '../src/app/load-policy.ts';
import { createIds } from '../src/world/ids.ts';
import { createCommit } from '../src/store/commit.ts';
import { migrate, openDatabase } from '../src/store/database.ts';
import { sweepDeadlines } from '../src/items/sweep-deadlines.ts';
import { startSweepLoop } from '../src/app/sweep-loop.ts';
import type { World } from '../src/world/world.ts';
import { unsureItem } from './items.ts';

const given = JSON.parse(process.argv[2] ?? '{}') as { open: number; at_once: number };
const DAY_MS = 24 * 3_600_000;
const RUNG_MS = 30 * 60_000;
const WATCHED_S = 15;
const CLICKS_A_SECOND = 50;

const dir = await mkdtemp(join(tmpdir(), 'hitl-bench-ladder-'));
const loaded = await loadPolicy('policies/default.yaml');
if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
const { policy } = loaded;
const db = openDatabase(join(dir, 'hitl.db'));
await migrate(db);
/** The system's clock, moved by so much. */
let ahead = 0;
const clock: Clock = {
  now: () => systemClock.now() + ahead,
  at: (time, wake) => systemClock.at(time - ahead, wake),
};
const world: World = {
  clock,
  ids: createIds(clock),
  db,
  commit: createCommit({ db, clock }),
  holds: await loadHolds(db),
  policy: () => policy,
  membersOf: () => new Set(['U0ALICE']),
  accountOf: () => 'member',
  onCall: () => ['U0BOB'],
  shifts: {
    overrides: () => [],
    gone: () => new Set(),
    gapsMayDiffer: () => false,
    refresh: async () => {},
  },
  samplingKey: 'of a stand',
  ownTeam: () => 'T0',
  workspaceUrl: () => 'https://acme.slack.com/',
  callbackProblem: () => null,
  replyProblem: () => null,
  log: pino({ level: 'warn' }, pino.destination(2)),
};

/** Takes items in so that their first rung is over `first` from now, the next `gap` later, and so on. */
async function takeIn(name: string, count: number, first: number, gap: number): Promise<void> {
  const began = systemClock.now();
  const here = ahead;
  for (let from = 0; from < count; from += 64) {
    await Promise.all(
      Array.from({ length: Math.min(64, count - from) }, (_, at) => {
        const parsed = parseItem(unsureItem(`${name}-${from + at}`));
        if (!parsed.ok) throw new Error('the bench made an item that is none');
        ahead = began + here + first + (from + at) * gap - RUNG_MS - systemClock.now();
        return acceptItem(world, { item: parsed.item, written: parsed.written, source: 'queue' });
      }),
    );
  }
  ahead = here;
  // As if each card had been posted.
  await db
    .updateTable('cards')
    .set((eb) => ({ posted_at: 1, ts: eb.ref('id') }))
    .where('ts', 'is', null)
    .where('purpose', '=', 'decide')
    .execute();
}

try {
  // Spread over a day, the first of them an hour from now.
  await takeIn('open', given.open, 3_600_000, DAY_MS / given.open);

  // So many due at once, moved by one sweep; several times, for the median.
  const costs: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    await takeIn(`due-${round}`, 200, 0, 0);
    const began = performance.now();
    const moved = await sweepDeadlines(world);
    if (moved > 0) costs.push(((performance.now() - began) * 1000) / moved);
  }

  // How late a page is in the outbox while they come due one after the other.
  await takeIn('late', WATCHED_S * 20, 1000, 50);
  const loop = startSweepLoop(world);
  await new Promise((resolve) => setTimeout(resolve, (WATCHED_S + 2) * 1000));
  const late = (
    await db
      .selectFrom('rungs')
      .innerJoin('items', 'items.id', 'rungs.item_id')
      .select(['paged_at', 'requested_at'])
      .where('rungs.number', '=', 2)
      .where('rungs.paged_at', 'is not', null)
      .where('items.id', 'like', 'late-%')
      .execute()
  ).map(({ paged_at, requested_at }) => (paged_at ?? 0) - requested_at - RUNG_MS);
  await loop.stop();

  // Thousands due at the same moment, and people who decide meanwhile.
  const clicks = 400;
  await takeIn('click', clicks, 3_600_000, 1);
  await takeIn('burst', given.at_once, 0, 0);
  const waits: number[] = [];
  let swept = false;
  const began = performance.now();
  const sweeping = sweepDeadlines(world).then((moved) => {
    swept = true;
    return { moved, seconds: (performance.now() - began) / 1000 };
  });
  const deciding: Promise<unknown>[] = [];
  for (let at = 0; at < clicks && !swept; at += 1) {
    const from = performance.now();
    deciding.push(
      decideItem(world, {
        item_id: `click-${at}`,
        person: { user: 'U0ALICE', team: 'T0', name: 'alice' },
        verdict: { word: 'approve' },
        card_id: null,
      }).then((decided) => {
        if (decided.done !== true) throw new Error(`not decided: ${JSON.stringify(decided)}`);
        waits.push(performance.now() - from);
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 1000 / CLICKS_A_SECOND));
  }
  const burst = await sweeping;
  await Promise.all(deciding);
  process.stdout.write(JSON.stringify({ costs, late, burst, waits }));
} finally {
  await db.destroy();
  await rm(dir, { recursive: true, force: true });
}
