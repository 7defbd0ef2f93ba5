/** The made-up weeks behind the demo: a record like any other, and figures that say something to whoever tries them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedHistory } from '../../../simulator/demo/seed-history.ts';
import { answerChecked } from '../../../src/stats/questions/answer-checked.ts';
import { answerSymptoms } from '../../../src/stats/questions/answer-symptoms.ts';
import { weekBefore } from '../../../src/stats/watch/weekly-digest.ts';
import { openDatabase, type Db } from '../../../src/store/database.ts';
import { verifyAudit } from '../../../src/audit/verify-audit.ts';

const DAY = 86_400_000;
// Late in the day: the latest that the last week can begin.
const NOW = Date.parse('2026-11-21T21:00:00Z');

const folder = mkdtempSync(join(tmpdir(), 'hitl-past-'));
let db: Db;
beforeAll(async () => {
  const file = join(folder, 'hitl.db');
  const groups = new Map([
    ['S0BILLING', ['U0ALICE', 'U0BOB']],
    ['S0SUPPORT', ['U0CAROL', 'U0ALICE']],
  ]);
  await seedHistory(file, readFileSync('policies/default.yaml', 'utf8'), NOW, {
    team: 'T0SIMULATED',
    nameOf: (id) => id,
    usergroup: (id) => groups.get(id) ?? [],
  });
  db = openDatabase(file, { readonly: true });
});
afterAll(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true });
});

it('the record stands, all of it is over, says that it is made up, and nothing is left to send', async () => {
  expect(await verifyAudit(db)).toMatchObject({ good: true, items: 1260, decisions: 1260 });
  const count = async (table: 'outbox' | 'cards') =>
    (await db.selectFrom(table).selectAll().execute()).length;
  expect([await count('outbox'), await count('cards')]).toEqual([0, 0]);
  const bodies = await db.selectFrom('item_bodies').select('written').execute();
  expect(bodies.filter((one) => !one.written.includes('Made up: '))).toEqual([]);
});

it('a manager finds something to do next week, and a threshold to draft', async () => {
  const symptoms = await answerSymptoms(db, weekBefore(NOW, 'Europe/Berlin'));
  expect(symptoms.map((one) => one.symptom)).toEqual(['review_grows', 'hasty']);
  const { search } = await answerChecked(db, {
    ...{ ask: 'checked', from: NOW - 90 * DAY, to: NOW, domain: 'billing' },
    ...{ model: null, target: 0.02 },
  });
  expect(search.found?.at).toBeGreaterThan(0.8);
  const ends = await db.selectFrom('items').select('outcome').distinct().execute();
  expect(new Set(ends.map((one) => one.outcome))).toEqual(
    new Set(['approved', 'edited', 'rejected', 'expired', 'auto_approved']),
  );
});
