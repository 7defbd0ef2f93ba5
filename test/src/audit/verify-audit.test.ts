import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GENESIS } from '../../../src/store/audit-log.ts';
import { openAuditedDesk } from '../store/audited-desk.ts';
import { hireForger, verify, type Forger } from '../store/forger.ts';
import { runs } from '../../runs.ts';

/** The tables whose every column is covered. */
const COVERED = [
  'audit_log',
  'items',
  'item_bodies',
  'decisions',
  'decision_texts',
  'opinions',
  'opinion_texts',
  'feedback',
];

let forger: Forger;
beforeAll(async () => {
  forger = await hireForger();
});
afterAll(() => forger.close());

/** Another value that the column can hold. */
function another(value: string | number | null, type: string, way: number): string | number {
  if (type === 'TEXT') {
    const text = String(value ?? '');
    const at = way % (text.length + 1);
    const letter = text[at] === 'x' ? 'y' : 'x';
    return way % 2 === 0
      ? `${text.slice(0, at)}${letter}${text.slice(at + 1)}`
      : `${text}${letter}`;
  }
  // Far enough to be no other row's key.
  return Number(value ?? 0) + 100_000 + way;
}

describe('a log that nobody touched', () => {
  it('is good, and says how much there was and where it ends', () => {
    expect(forger.clean.differences).toEqual([]);
    expect(forger.clean.good).toBe(true);
    expect(forger.clean.items).toBe(forger.rowsOf('items').length);
    expect(forger.clean.decisions).toBe(forger.rowsOf('decisions').length);
    expect(forger.clean.entries).toBe(forger.rowsOf('audit_log').length);
    expect(forger.clean.head.hash).toBe(forger.rowsOf('audit_log').at(-1)?.hash);
    expect(forger.clean.erased).toEqual({ items: 0, decisions: 0 });
  });

  it('has lived: every outcome and every event is in it', () => {
    const outcomes = new Set(forger.rowsOf('decisions').map((row) => String(row.outcome)));
    expect([...outcomes].toSorted()).toEqual([
      'answered',
      'approved',
      'auto_approved',
      'auto_rejected',
      'cancelled',
      'edited',
      'expired',
      'preferred',
      'rejected',
    ]);
    const events = new Set(forger.rowsOf('audit_log').map((row) => String(row.event)));
    expect([...events].toSorted()).toEqual([
      'item.accepted',
      'item.claimed',
      'item.compared',
      'item.deadline_moved',
      'item.decided',
      'item.feedback',
      'item.opined',
      'item.paged',
      'item.released',
      'item.reminded',
      'item.turned',
      'raw.kept',
    ]);
  });

  it('does not stay good when texts are gone and no entry says that they were erased', async () => {
    const gone = await forger.after((sqlite) => {
      sqlite.exec(`delete from item_bodies where item_id = 'waits';
        delete from decision_texts where decision_id in (select id from decisions where item_id = 'approved');
        delete from opinion_texts where opinion_id in (select id from opinions where item_id = 'wired');
        update feedback set truth_json = null, salt = null where item_id = 'edited'`);
    }, forger.clean.head.hash);
    expect(gone).toMatchObject({ good: false, erased: { items: 1, decisions: 1 }, expected: true });
    const found = new Set(gone.differences.map(({ item_id, what }) => `${item_id}: ${what}`));
    expect([...found].toSorted()).toEqual([
      'approved: decision text is missing; no erasure was logged',
      'edited: what turned out is gone, and the log tells of no erasure',
      'waits: its texts are gone, and the log tells of no erasure',
      'wired: what was said in an opinion is gone, and the log tells of no erasure',
    ]);
  });

  it('of no entries at all is good too', async () => {
    const none = await openAuditedDesk();
    const found = await verify(none.file, GENESIS);
    await none.close();
    expect(found).toMatchObject({ good: true, entries: 0, head: { seq: 0, hash: GENESIS } });
  });
});

describe('a value that somebody changed is found', () => {
  it.each(COVERED)('in every column of %s', async (table) => {
    const rows = forger.rowsOf(table);
    for (const { name, type } of forger.columnsOf(table)) {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...rows), fc.nat(10_000), async (row, way) => {
          const changed = another(row[name] ?? null, type, way);
          const found = await forger.after((sqlite) => {
            const { changes } = sqlite
              .prepare(`update ${table} set ${name} = ? where rowid = ?`)
              .run(changed, row['row_id']);
            expect(changes).toBe(1);
          });
          expect({ table, column: name, changed, found: found.found > 0 }).toEqual({
            table,
            column: name,
            changed,
            found: true,
          });
          expect(found.good).toBe(false);
        }),
        { numRuns: runs(12) },
      );
    }
  });

  it('and what is null where something was', async () => {
    for (const [table, column] of [
      ['items', 'claimed_at'],
      ['items', 'due_at'],
      ['items', 'expires_at'],
      ['items', 'fallback'],
      ['items', 'decider'],
      ['items', 'requester_slack_user'],
      ['decisions', 'card_digest'],
      ['decisions', 'slack_user'],
      ['decisions', 'compared'],
      ['items', 'check_of'],
      ['items', 'several_json'],
      ['decisions', 'approvals_json'],
      ['opinions', 'card_digest'],
      ['opinion_texts', 'card_json'],
      ['decision_texts', 'card_json'],
      ['feedback', 'truth_json'],
    ] as const) {
      const found = await forger.after((sqlite) => {
        const { changes } = sqlite
          .prepare(
            `update ${table} set ${column} = null where rowid = (select min(rowid) from ${table} where ${column} is not null)`,
          )
          .run();
        expect(changes).toBe(1);
      });
      expect({ column, good: found.good }).toEqual({ column, good: false });
    }
  });
});

describe('rows that came or went are found', () => {
  it.each([
    ['an entry removed', `delete from audit_log where seq = 7`, /entries 7 to 7 are missing/],
    [
      'the first entry removed',
      `delete from audit_log where seq = 1`,
      /entries 1 to 1 are missing/,
    ],
    [
      'two entries swapped',
      `update audit_log set seq = -5 where seq = 5;
       update audit_log set seq = 5 where seq = 6;
       update audit_log set seq = 6 where seq = -5`,
      /prev_hash is not the hash of the entry before it/,
    ],
    [
      'a decision put in behind the log',
      `insert into decisions select 'forged', 'waits', outcome, decided_by, slack_user, level, error_tags_json,
         decided_at, text_digest, card_digest, approvals_json, compared from decisions where item_id = 'approved'`,
      /decision "forged" is not in the log/,
    ],
    [
      'a second decision of an item',
      `insert into decisions select 'zz-forged', item_id, outcome, decided_by, slack_user, level, error_tags_json,
         decided_at, text_digest, card_digest, approvals_json, compared from decisions where item_id = 'approved'`,
      /decision "zz-forged" is one too many/,
    ],
    [
      'an opinion put in behind the log',
      `insert into opinions select null, 'forged', item_id, slack_user, level, stage, word, error_tags_json, said_at,
         text_digest, card_digest from opinions limit 1`,
      /opinion "forged" is not in the log/,
    ],
    [
      'an opinion removed',
      `delete from opinion_texts; delete from opinions`,
      /opinion .* is in the log and has no row/,
    ],
    [
      'what was said put beside no opinion',
      `insert into opinion_texts select 'nobody', salt, said_json, card_json from opinion_texts limit 1`,
      /opinion_texts has a row of opinion "nobody", which has none/,
    ],
    [
      'a decision removed',
      `delete from decision_texts where decision_id = (select id from decisions where item_id = 'approved');
       delete from decisions where item_id = 'approved'`,
      /is in the log and has no row/,
    ],
    [
      'what figures are made of, changed',
      `update items set confidence = 0.99 where id = 'waits'`,
      /items.confidence is not what the item as it was written says/,
    ],
    [
      'an item put in behind the log',
      `create table more as select * from items where id = 'waits';
       update more set id = 'forged'; insert into items select * from more; drop table more`,
      /the log does not say that this item was accepted/,
    ],
    [
      'an item removed with all that hangs on it',
      `delete from items where id = 'waits'; delete from item_bodies where item_id = 'waits'`,
      /the log speaks of an item that has no row/,
    ],
    [
      'a body without its item',
      `insert into item_bodies values ('nobody', 's', '{}', '[]')`,
      /item_bodies has a row of an item that has none/,
    ],
    [
      'words without their decision',
      `insert into decision_texts values ('nothing', 's', '{}', null)`,
      /decision_texts has a row of decision "nothing"/,
    ],
    [
      'feedback removed',
      `delete from feedback where item_id = 'edited'`,
      /feedback ".*" is in the log and has no row/,
    ],
    [
      'feedback put in behind the log',
      `insert into feedback select 'forged', 'approved', verdict, truth_json, salt, truth_digest, at, received_at, source
         from feedback where item_id = 'edited'`,
      /feedback "forged" is not in the log/,
    ],
    [
      'a decision of no item',
      `update decisions set item_id = 'nobody' where item_id = 'approved'`,
      /is of an item that has no row/,
    ],
  ])('%s', async (_what, sql, says) => {
    const found = await forger.after((sqlite) => sqlite.exec(sql));
    expect(found.good).toBe(false);
    expect(found.differences.map((one) => one.what).join('\n')).toMatch(says);
  });

  it('names each entry and item it is about', async () => {
    const found = await forger.after((sqlite) =>
      sqlite.exec(`update items set level = 3 where id = 'waits'`),
    );
    expect(found.differences).toEqual([
      { seq: null, item_id: 'waits', what: 'items.level is 3, the log says 1' },
    ]);
  });

  it('tells the first hundred of many, and how many there are', async () => {
    const found = await forger.after((sqlite) => {
      const insert = sqlite.prepare(`insert into item_bodies values (?, 's', '{}', '[]')`);
      sqlite.prepare(`delete from audit_log`).run();
      for (let n = 0; n < 150; n += 1) insert.run(`nobody-${n}`);
    });
    expect(found.differences).toHaveLength(100);
    expect(found.found).toBeGreaterThan(100);
  });
});
