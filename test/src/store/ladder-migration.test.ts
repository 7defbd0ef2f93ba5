import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { Migrator } from 'kysely';
import { expect, test } from 'vitest';
import { migrations } from '../../../migrations/migrations.ts';
import { migrate, openDatabase } from '../../../src/store/database.ts';
import { rungsOfItem } from '../../../src/store/rungs.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');
const HALF_AN_HOUR = 30 * 60_000;

test('an item that was open goes on with the rung it had; cards, views and clocks are kept', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hitl-migration-'));
  const file = join(folder, 'hitl.db');
  const first = openDatabase(file);
  const provider = {
    getMigrations: async () => ({
      '0001-start': migrations['0001-start'] ?? { up: async () => {} },
    }),
  };
  expect((await new Migrator({ db: first, provider }).migrateToLatest()).error).toBeUndefined();
  await first.destroy();
  const sqlite = new SQLite(file);
  for (const [id, due_at] of [
    ['waits', NOON + HALF_AN_HOUR],
    ['overdue', NOON - 1],
    ['endless', null],
  ]) {
    sqlite
      .prepare(
        `insert into items (id, version, view_rev, kind, allowed_json, status, item_digest, domain, rule, policy_version, level, reason_required, at_the_end, impact, source, requested_at, due_at)
         values (?, 1, 1, 'question', '[]', 'open', 'd', 'support', 'r', 'v', 2, 0, 'wait', 5, 'http', ?, ?)`,
      )
      .run(id, NOON, due_at);
  }
  sqlite
    .prepare(
      `insert into deadlines (item_id, kind, set_at, due_at, state) values ('waits', 'decide', ?, ?, 'pending')`,
    )
    .run(NOON, NOON + HALF_AN_HOUR);
  sqlite.exec(
    `insert into cards values ('c1', 'decide', 'waits', null, 'C0SUPPORT', '1.2', 3, 2, 7);
     insert into card_views values ('c1', 1, 'salt', '{}')`,
  );
  sqlite.close();

  const db = openDatabase(file);
  expect(await migrate(db)).toContain('0003-ladder');
  expect(await rungsOfItem(db, 'waits')).toMatchObject([
    {
      number: 1,
      level: 2,
      state: 'paged',
      paged_at: NOON,
      decide_within: HALF_AN_HOUR,
      decide_by: NOON + HALF_AN_HOUR,
    },
  ]);
  expect(await rungsOfItem(db, 'overdue')).toMatchObject([{ state: 'over' }]);
  expect(await rungsOfItem(db, 'endless')).toMatchObject([{ state: 'paged', decide_by: null }]);
  expect(await db.selectFrom('deadlines').selectAll().execute()).toMatchObject([
    { item_id: 'waits', rung: 1, kind: 'decide', due_at: NOON + HALF_AN_HOUR, state: 'pending' },
  ]);
  expect(await db.selectFrom('cards').selectAll().execute()).toMatchObject([
    { id: 'c1', channel: 'C0SUPPORT', ts: '1.2', desired_rev: 3, rendered_rev: 2, posted_at: 7 },
  ]);
  expect(await db.selectFrom('card_views').selectAll().execute()).toMatchObject([
    { card_id: 'c1', salt: 'salt' },
  ]);
  await db.destroy();
  await rm(folder, { recursive: true, force: true });
});
