/** In a process of its own: accepts items, has their cards count as posted, decides them all, and prints the rate as JSON. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { acceptItem } from '../src/intake/accept-item.ts';
import { systemClock } from '../src/domain/clock.ts';
import { decideItem } from '../src/items/decide-item.ts';
import { loadHolds } from '../src/world/holds.ts';
import { parseItem } from '../src/domain/parse-item.ts';
import { loadPolicy } from '../src/app/load-policy.ts';
import { createIds } from '../src/world/ids.ts';
import { cardShown, cardsOfItem, keepCardView } from '../src/store/cards.ts';
import { createCommit } from '../src/store/commit.ts';
import { migrate, openDatabase } from '../src/store/database.ts';
import { endEffect } from '../src/outbox/outbox-table.ts';
import type { World } from '../src/world/world.ts';
import { unsureItem } from './items.ts';

const given = JSON.parse(process.argv[2] ?? '{}') as { items: number; in_flight: number };
const dir = await mkdtemp(join(tmpdir(), 'hitl-bench-deciding-'));
const loaded = await loadPolicy('policies/default.yaml');
if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
const { policy } = loaded;
const db = openDatabase(join(dir, 'hitl.db'));
await migrate(db);
const world: World = {
  clock: systemClock,
  ids: createIds(systemClock),
  db,
  commit: createCommit({ db, clock: systemClock }),
  holds: await loadHolds(db),
  policy: () => policy,
  membersOf: () => new Set(['U0ALICE']),
  accountOf: () => 'member',
  onCall: () => [],
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

/** Runs `work` for 0, 1, … `items` - 1, so many at once. */
async function each(work: (at: number) => Promise<void>): Promise<void> {
  let next = 0;
  const hand = async () => {
    while (next < given.items) await work(next++);
  };
  await Promise.all(Array.from({ length: given.in_flight }, hand));
}

const cards: string[] = [];
try {
  await each(async (at) => {
    const parsed = parseItem(unsureItem(`decide-${at}`));
    if (!parsed.ok) throw new Error('the bench made an item that is none');
    await acceptItem(world, { item: parsed.item, written: parsed.written, source: 'queue' });
    cards[at] = await post(`decide-${at}`);
  });
  const began = performance.now();
  const cpu = process.cpuUsage();
  await each(async (at) => {
    const decided = await decideItem(world, {
      item_id: `decide-${at}`,
      person: { user: 'U0ALICE', team: 'T0', name: 'alice' },
      verdict: { word: 'approve' },
      seen_rev: 1,
      card_id: cards[at] ?? null,
    });
    if (decided.done !== true) throw new Error(`not decided: ${JSON.stringify(decided)}`);
  });
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  process.stdout.write(
    JSON.stringify({
      per_second: given.items / seconds,
      cpu_us: (user + system) / given.items,
      items: given.items,
    }),
  );
} finally {
  await db.destroy();
  await rm(dir, { recursive: true, force: true });
}

/** What a delivered post leaves behind; the blocks are as long as a real card's. */
function post(item_id: string): Promise<string> {
  return world.commit(async (unit) => {
    const [card] = await cardsOfItem(unit.db, item_id);
    if (!card) throw new Error(`${item_id} has no card`);
    const ts = `1700000000.${item_id.slice(7).padStart(6, '0')}`;
    await cardShown(unit.db, { id: card.id, channel: card.channel, ts, rev: 1, at: unit.now });
    await keepCardView(unit.db, {
      card_id: card.id,
      view_rev: 1,
      salt: world.ids.salt(),
      shown_json: JSON.stringify({ text: item_id, blocks: [{ text: 'x'.repeat(3500) }] }),
    });
    const [row] = await unit.db
      .selectFrom('outbox')
      .select('id')
      .where('merge_key', '=', `draw:${card.id}`)
      .execute();
    if (row) await endEffect(unit.db, row.id, unit.now, { state: 'done' });
    return card.id;
  });
}
