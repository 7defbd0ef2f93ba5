import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entryHash, GENESIS } from '../../../src/store/audit-log.ts';
import { laneName, type LaneName } from '../../../src/domain/lane.ts';
import type { Touched, Unit } from '../../../src/store/commit.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { seeOnce } from '../../../src/store/seen-messages.ts';
import { openTempStore, type TempStore } from '../temp-store.ts';

const sqlOf = <T>(text: string) => sql<T>`${sql.raw(text)}`;

describe('writers that arrive together', () => {
  let store: TempStore;
  let commits: Touched[];
  beforeEach(async () => {
    commits = [];
    store = await openTempStore((touched) => commits.push(touched));
  });
  afterEach(() => store.close());

  /** One piece of work: a row, an audit entry, and a lane that got something to do. */
  const lane = (name: string): LaneName => laneName({ kind: 'home', of: name });
  const write = (name: string) => async (unit: Unit) => {
    await seeOnce(unit.db, 'C0TEST', name, unit.now);
    await unit.audit({ event: 'item.passed', item_id: name, facts: { slack_user: name } });
    unit.lanes.add(lane(name));
    unit.ended.add(name);
    return `wrote ${name}`;
  };
  const fail = (name: string) => async (unit: Unit) => {
    await write(name)(unit);
    throw new Error(`${name} went wrong`);
  };
  const written = async () =>
    (await store.db.selectFrom('heard').select('ts').orderBy('ts').execute()).map((row) => row.ts);

  it('share one commit, and each is answered with its own result', async () => {
    const results = await Promise.all(['a', 'b', 'c'].map((name) => store.commit(write(name))));
    expect(results).toEqual(['wrote a', 'wrote b', 'wrote c']);
    expect(await written()).toEqual(['a', 'b', 'c']);
    expect(commits).toEqual([
      { lanes: new Set(['a', 'b', 'c'].map(lane)), ended: new Set(['a', 'b', 'c']) },
    ]);
  });

  it('one that fails is rolled back alone: its rows, its audit entries, and whom it would have woken', async () => {
    const outcomes = await Promise.allSettled([
      store.commit(write('a')),
      store.commit(fail('b')),
      store.commit(write('c')),
    ]);
    expect(outcomes).toEqual([
      { status: 'fulfilled', value: 'wrote a' },
      { status: 'rejected', reason: new Error('b went wrong') },
      { status: 'fulfilled', value: 'wrote c' },
    ]);
    expect(await written()).toEqual(['a', 'c']);
    expect(commits).toEqual([{ lanes: new Set(['a', 'c'].map(lane)), ended: new Set(['a', 'c']) }]);
    const log = await store.db.selectFrom('audit_log').selectAll().orderBy('seq').execute();
    expect(log.map((entry) => entry.item_id)).toEqual(['a', 'c']);
    let before = GENESIS;
    for (const entry of log) {
      expect(entry.prev_hash).toBe(before);
      expect(entry.hash).toBe(entryHash(before, entry.entry_json));
      before = entry.hash;
    }
  });

  it('a hundred at once all get in, in the order they came', async () => {
    const names = Array.from({ length: 100 }, (_, at) => String(at).padStart(3, '0'));
    await Promise.all(names.map((name) => store.commit(write(name))));
    const log = await store.db.selectFrom('audit_log').select('item_id').orderBy('seq').execute();
    expect(log.map((entry) => entry.item_id)).toEqual(names);
    expect(commits.length).toBeLessThan(10);
  });

  it('nobody else sees a group half done, nor is anyone answered before it is on disk', async () => {
    const other = openDatabase(store.path, { readonly: true });
    const seenBy = async () => (await other.selectFrom('heard').select('ts').execute()).length;
    const during: number[] = [];
    const looking = store.commit(async (unit) => {
      await write('a')(unit);
      during.push(await seenBy());
    });
    // A reader of this process waits until the group is whole.
    const here = store.commit(write('b')).then(written);
    const beside = new Promise<void>((resolve) => void setImmediate(resolve)).then(written);
    await looking;
    expect(during).toEqual([0]);
    expect(await seenBy()).toBe(2);
    expect(await here).toEqual(['a', 'b']);
    expect([[], ['a', 'b']]).toContainEqual(await beside);
    await other.destroy();
  });

  it('a group that cannot be committed fails whole, each is told, and the next goes through', async () => {
    const broken = store.commit(async (unit) => {
      await write('a')(unit);
      await unit.db
        .insertInto('card_views')
        .values({ card_id: 'none', view_rev: 1, salt: '', shown_json: '' })
        .execute();
    });
    await expect(broken).rejects.toThrow(/FOREIGN KEY/);
    expect(await written()).toEqual([]);
    expect(await store.commit(write('b'))).toBe('wrote b');
    expect(await written()).toEqual(['b']);
  });

  it('work that asks for more work is answered in a later group', async () => {
    const [first] = await Promise.all([
      store.commit(write('a')).then(() => store.commit(write('c'))),
      store.commit(write('b')),
    ]);
    expect(first).toBe('wrote c');
    expect(await written()).toEqual(['a', 'b', 'c']);
  });

  it('a disk that is full is the error that each of the group hears; with room again, the next goes through', async () => {
    const pages = async (sql: string) =>
      (await sqlOf<{ max_page_count: number }>(sql).execute(store.db)).rows[0]?.max_page_count ?? 0;
    await store.commit(write('a'));
    await pages('PRAGMA max_page_count = 1');
    const large = async (unit: Unit) => {
      for (let at = 0; at < 2000; at += 1)
        await seeOnce(unit.db, 'C0TEST', `${at}${'x'.repeat(200)}`, unit.now);
    };
    const outcomes = await Promise.allSettled([
      store.commit(write('b')),
      store.commit(large),
      store.commit(write('c')),
    ]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'SQLITE_FULL' } });
    }
    await pages('PRAGMA max_page_count = 100000');
    expect(await store.commit(write('d'))).toBe('wrote d');
    expect(await written()).toEqual(['a', 'd']);
  });
});
