/** What stands beside items and decisions, and what a decision rests on: held against the log too. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelOverride, overrideShift } from '../../../src/on-call/override-shift.ts';
import { pauseLettingThrough, resumeLettingThrough } from '../../../src/containment/pause.ts';
import { liftFreeze } from '../../../src/containment/freeze.ts';
import { askForInfo } from '../../../src/ladder/ask-for-info.ts';
import { giveInfo } from '../../../src/ladder/give-info.ts';
import { reassignItem } from '../../../src/ladder/reassign-item.ts';
import { reopenItem } from '../../../src/items/reopen-item.ts';
import { eraseOnRequest } from '../../../src/erasure/erase-items.ts';
import { unsureItem } from '../../../bench/items.ts';
import type { AuditedDesk } from '../store/audited-desk.ts';
import { hireForger, verify, type Forger } from '../store/forger.ts';

const TEAM = 'T0SIMULATED';
const person = (user: string) => ({ user, team: TEAM, name: user.toLowerCase() });
const where = { channel: 'C0BILLING', thread_ts: null };
const HOUR_MS = 3_600_000;

/** Pauses, overrides, a question asked back, a freeze, an item asked again, and erasures of some of it. */
async function furtherLife(desk: AuditedDesk): Promise<void> {
  const { world, clock } = desk;
  const boss = person('U0BOSS');
  await pauseLettingThrough(world, boss, 'billing', 'too many wrong refunds');
  await pauseLettingThrough(world, boss, null, 'the whole of it');
  await resumeLettingThrough(world, boss, 'billing');
  clock.advance(60_000);
  const [rotation = ''] = Object.keys(world.policy().rotations);
  for (const hours of [5, 20]) {
    const times = {
      starts_at: clock.now() + hours * HOUR_MS,
      ends_at: clock.now() + (hours + 1) * HOUR_MS,
    };
    const done = await overrideShift(world, {
      rotation,
      slack_user: 'U0ERIN',
      person: boss,
      ...times,
    });
    if (done.done !== 'yes') throw new Error(JSON.stringify(done));
    if (hours === 20) await cancelOverride(world, { id: done.override.id, person: boss });
  }
  const asked = { requester: { name: 'bot', slack_user: 'U0ERIN' } };
  for (const id of ['informed', 'violated', 'lifted', 'erased-violated', 'forgotten']) {
    await desk.submit({ ...unsureItem(id), ...asked, expires_at: '2026-12-31T00:00:00Z' });
    await desk.shown(id);
  }
  const alice = person('U0ALICE');
  for (const item_id of ['informed', 'forgotten']) {
    await askForInfo(world, { item_id, person: alice, question: 'Which invoice?' });
    await giveInfo(world, { item_id, answer: 'Invoice 1182.', by: 'U0ERIN' });
  }
  await reassignItem(world, { item_id: 'informed', person: alice, to: 'U0BOB', words: null });
  for (const id of ['violated', 'lifted', 'erased-violated'])
    await desk.decides('U0ALICE', id, {
      word: 'reject',
      rationale: 'Forbidden.',
      error_tags: ['policy_violation'],
    });
  const freezes = await world.db.selectFrom('freezes').selectAll().execute();
  for (const freeze of freezes.filter((one) => one.item_id !== 'violated'))
    await liftFreeze(world, { freeze_id: freeze.id, person: person('U0ERIN'), where });
  await reopenItem(world, { item_id: 'ran-out', person: person('U0CAROL') });
  await eraseOnRequest(world, { item: 'erased-violated' }, 'asked');
  await eraseOnRequest(world, { item: 'forgotten' }, 'asked');
  await desk.advance('1m');
}

let forger: Forger;
beforeAll(async () => {
  forger = await hireForger(furtherLife);
});
afterAll(() => forger.close());

it('untouched, all of it is good', async () => {
  expect(forger.clean.differences).toEqual([]);
  for (const table of ['pauses', 'overrides', 'info_requests', 'freezes', 'erasures', 'pages'])
    expect([table, forger.rowsOf(table).length]).not.toEqual([table, 0]);
  expect((await verify(forger.desk.file, forger.clean.head.hash)).expected).toBe(true);
});

describe('a value that somebody changed is found', () => {
  it.each([
    ['pauses', []],
    ['overrides', []],
    ['info_requests', []],
    ['freezes', []],
    // The words of who asked are kept beside the log.
    ['erasures', ['reason']],
  ])('in every column of %s', async (table, but) => {
    for (const { name, type } of forger
      .columnsOf(table)
      .filter((one) => !but.includes(one.name as never)))
      for (const row of forger.rowsOf(table)) {
        const changed = type === 'TEXT' ? `${row[name] ?? ''}x` : Number(row[name] ?? 0) + 100_000;
        const found = await forger.after((sqlite) =>
          sqlite
            .prepare(`update ${table} set ${name} = ? where rowid = ?`)
            .run(changed, row['row_id']),
        );
        expect({ table, name, was: row[name], good: found.good }).toEqual({
          table,
          name,
          was: row[name],
          good: false,
        });
      }
  });

  it.each([
    [
      'a pause ended by nobody',
      `update pauses set resumed_by = 'U0MALLORY', resumed_at = 1 where resumed_at is null`,
      /pauses\.resumed_by/,
    ],
    [
      'a pause taken out',
      `delete from pauses where domain is null`,
      /pauses: .* is in the log and has no row/,
    ],
    [
      'a pause put in',
      `insert into pauses select 'forged', domain, cause, reason, paused_by, paused_at, resumed_by, resumed_at, salt from pauses limit 1`,
      /pauses: "forged" is not in the log/,
    ],
    [
      'a reason taken away',
      `update pauses set reason = '(erased)', salt = ''`,
      /the reason of pause .* is gone, and the log tells of no erasure/,
    ],
    [
      'an override that was never made',
      `insert into overrides select 'forged', rotation, 'U0MALLORY', starts_at, ends_at, made_by, made_at, null, null from overrides limit 1`,
      /overrides: "forged" is not in the log/,
    ],
    [
      'an override brought back',
      `update overrides set cancelled_by = null, cancelled_at = null`,
      /overrides\.cancelled_by is null/,
    ],
    [
      'a freeze lifted by nobody',
      `update freezes set lifted_by = 'U0MALLORY', lifted_at = 1 where lifted_at is null`,
      /freezes\.lifted_by/,
    ],
    [
      'a freeze taken out',
      `delete from freezes where item_id = 'violated'`,
      /freezes: .* is in the log and has no row/,
    ],
    [
      'a freeze of another action',
      `update freezes set action_name = 'wire' where item_id = 'lifted'`,
      /freezes\.action_name, or its salt/,
    ],
    [
      'an answer of other words',
      `update info_requests set answer = 'Invoice 7.' where item_id = 'informed'`,
      /what was answered to what was asked back/,
    ],
    [
      'words taken away',
      `update info_requests set question = '(erased)', answer = '(erased)', salt = null where item_id = 'informed'`,
      /lost its salt, and the log tells of no erasure/,
    ],
    [
      'somebody paged who never was',
      `insert into pages (item_id, rung, way, target, state, wanted_at, sent_at) select item_id, rung, 'dm', 'U0MALLORY', 'sent', wanted_at, sent_at from pages where item_id = 'informed' limit 1`,
      /a page to "U0MALLORY" is not in the log/,
    ],
    [
      'an item asked again by somebody else',
      `update reopened set by = 'U0MALLORY'`,
      /reopened\.by is "U0MALLORY"/,
    ],
    [
      'an item asked again that never was',
      `update reopened set from_id = 'nobody'`,
      /reopened has a row of an item that has none/,
    ],
    [
      'an erasure that nobody asked for',
      `insert into erasures values ('forged', 'item:waits', 'because', 1)`,
      /erasures: "forged" is not in the log/,
    ],
    [
      'the body of an erased item put back',
      `insert into item_bodies select 'forgotten', salt, written, why_json from item_bodies where item_id = 'informed'`,
      /the log says that they were erased/,
    ],
    [
      'a confidence that nothing holds any more',
      `update items set confidence = 0.99 where id = 'forgotten'`,
      /items\.confidence or items\.model is not what it was/,
    ],
    [
      'a cohort of an erased item',
      `update items set cohort = 'eu' where id = 'forgotten'`,
      /items\.cohort or items\.tags_json stands/,
    ],
  ])('%s', async (_what, sql, says) => {
    const found = await forger.after((sqlite) => sqlite.exec(sql));
    expect(found.differences.map((one) => one.what).join('\n')).toMatch(says);
  });
});
