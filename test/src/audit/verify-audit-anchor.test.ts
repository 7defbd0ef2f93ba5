import type SQLite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/domain/hash.ts';
import { entryHash, GENESIS } from '../../../src/store/audit-log.ts';
import { hireForger, verify, type Forger } from '../store/forger.ts';

let forger: Forger;
beforeAll(async () => {
  forger = await hireForger();
});
afterAll(() => forger.close());

describe('against a head that was kept elsewhere', () => {
  const cut = (sqlite: SQLite.Database) => {
    // The last entries, and what their rows held then: here notices of deadlines that changed nothing else.
    const { seq } = sqlite
      .prepare<[], { seq: number }>(
        `select max(seq) as seq from audit_log where event = 'raw.kept'`,
      )
      .get() ?? { seq: 0 };
    sqlite.exec(`delete from audit_log where seq > ${seq}`);
    sqlite.exec(`delete from decision_texts where decision_id in (select d.id from decisions d where not exists
      (select 1 from audit_log a where a.event = 'item.decided' and a.item_id = d.item_id));
      delete from decisions where not exists
      (select 1 from audit_log a where a.event = 'item.decided' and a.item_id = decisions.item_id)`);
    sqlite.exec('delete from feedback');
    sqlite.exec(`delete from opinion_texts where opinion_id in (select id from opinions where item_id = 'wired');
      delete from opinions where item_id = 'wired'`);
    sqlite.exec(`update items set status = 'open', outcome = null, claimed_by = null, claimed_at = null,
      decided_at = null where id not in (select item_id from decisions)`);
    sqlite.exec(`update items set due_at = (select json_extract(entry_json, '$.facts.due_at') from audit_log
      where item_id = items.id and (event in ('item.accepted', 'item.deadline_moved', 'item.turned') or
      (event = 'item.paged' and json_type(entry_json, '$.facts.version') is not null)) order by seq desc limit 1)`);
    for (const column of ['version', 'view_rev', 'level'])
      sqlite.exec(`update items set ${column} = (select json_extract(entry_json, '$.facts.${column}') from audit_log
        where item_id = items.id and json_type(entry_json, '$.facts.version') is not null
        and json_type(entry_json, '$.facts.${column}') is not null order by seq desc limit 1)
        where id not in (select item_id from decisions)`);
  };

  it('the head of today is in the chain, and so is every earlier one', async () => {
    for (const { hash } of forger.rowsOf('audit_log')) {
      const found = await verify(forger.desk.file, String(hash));
      expect(found).toMatchObject({ good: true, expected: true });
    }
  });

  it('a tail that was cut together with its rows shows only against the anchor', async () => {
    const unanchored = await forger.after(cut);
    expect(unanchored.differences).toEqual([]);
    expect(unanchored.entries).toBeLessThan(forger.clean.entries);
    const anchored = await forger.after(cut, forger.clean.head.hash);
    expect(anchored).toMatchObject({ good: false, expected: false, found: 0 });
  });

  it('a log written anew from the first entry shows only against the anchor', async () => {
    const rewrite = (sqlite: SQLite.Database) => {
      sqlite.exec(`update items set level = 3 where id = 'waits'`);
      let prev = GENESIS;
      const all = sqlite
        .prepare<[], { seq: number; entry_json: string }>(
          `select seq, entry_json from audit_log order by seq`,
        )
        .all();
      for (const { seq, entry_json } of all) {
        const entry = JSON.parse(entry_json) as { item_id: string; facts: { level?: number } };
        if (entry.item_id === 'waits') entry.facts.level = 3;
        const text = canonicalJson(entry);
        const hash = entryHash(prev, text);
        sqlite
          .prepare(`update audit_log set entry_json = ?, prev_hash = ?, hash = ? where seq = ?`)
          .run(text, prev, hash, seq);
        prev = hash;
      }
    };
    expect((await forger.after(rewrite)).good).toBe(true);
    expect(await forger.after(rewrite, forger.clean.head.hash)).toMatchObject({
      good: false,
      expected: false,
    });
  });

  it('an entry taken out of a chain written anew still leaves a gap in the versions', async () => {
    const found = await forger.after((sqlite) => {
      const { seq: gone } = sqlite
        .prepare<[], { seq: number }>(
          `select seq from audit_log where item_id = 'approved' and event = 'item.claimed'`,
        )
        .get() ?? { seq: 0 };
      sqlite.exec(`delete from audit_log where seq = ${gone};
        update items set claimed_by = null, claimed_at = null where id = 'approved'`);
      let prev = GENESIS;
      let number = 0;
      for (const row of sqlite
        .prepare<[], { seq: number; entry_json: string }>(
          `select seq, entry_json from audit_log order by seq`,
        )
        .all()) {
        number += 1;
        const text = canonicalJson({ ...(JSON.parse(row.entry_json) as object), seq: number });
        const hash = entryHash(prev, text);
        sqlite
          .prepare(
            `update audit_log set seq = ?, entry_json = ?, prev_hash = ?, hash = ? where seq = ?`,
          )
          .run(number, text, prev, hash, row.seq);
        prev = hash;
      }
    });
    expect(found.differences).toEqual([
      expect.objectContaining({
        item_id: 'approved',
        what: 'version 3 follows version 1: an entry between them is missing',
      }),
    ]);
  });
});
