import SQLite from 'better-sqlite3';
import { Kysely, sql, SqliteDialect } from 'kysely';
import { describe, expect, it } from 'vitest';
import * as start from '../../../migrations/0001-start.ts';
import * as ladder from '../../../migrations/0003-ladder.ts';
import * as opinions from '../../../migrations/0004-opinions.ts';
import * as stats from '../../../migrations/0006-stats.ts';
import type { Item } from '../../../src/domain/item.ts';
import { itemFacts } from '../../../src/store/item-facts.ts';
import { refund } from '../../scenarios/desk.ts';

const full = {
  ...refund('f-1'),
  confidence: 0.42,
  model: { name: 'writer', version: '2' },
  cohort: 'eu',
  tags: ['refund'],
} as Item;

describe('what of an item figures are made of', () => {
  it('is its confidence, model with its version, cohort, tags, and what the policy did', () => {
    expect(itemFacts(full, null)).toEqual({
      route: 'ask',
      confidence: 0.42,
      model: 'writer 2',
      cohort: 'eu',
      tags_json: '["refund"]',
    });
  });

  it.each([
    ['auto_approved', 'let_through'],
    ['auto_rejected', 'refuse'],
    [null, 'ask'],
  ] as const)('that ended %s on its way in was routed %s', (outcome, route) => {
    expect(itemFacts(full, outcome).route).toBe(route);
  });

  it.each([
    ['$.confidence', { confidence: null }],
    ['$.model', { model: null }],
    ['$.model.version', { model: null }],
    ['$.cohort', { cohort: null }],
    ['$.tags[0]', { tags_json: null }],
  ])('is none where the producer marks %s sensitive', (path, none) => {
    expect(itemFacts({ ...full, sensitive: [path] }, null)).toMatchObject(none);
  });

  it('is taken over from the bodies of items that came before, but for what is marked sensitive', async () => {
    const dialect = new SqliteDialect({ database: new SQLite(':memory:') });
    const db = new Kysely<any>({ dialect });
    try {
      await start.up(db);
      const put = async (id: string, item: object, outcome: string | null) => {
        const ended = outcome === null ? null : 1;
        await sql`insert into items (id, version, view_rev, kind, allowed_json, status, outcome, decided_at, item_digest,
          rule, policy_version, level, reason_required, at_the_end, impact, source, requested_at) values (${id}, 1, 1,
          'approval', '[]', ${outcome === null ? 'open' : 'decided'}, ${outcome}, ${ended}, '', 'r', 'v', 1, 0, 'wait', 5,
          'http', 1)`.execute(db);
        await sql`insert into item_bodies values (${id}, '', ${JSON.stringify(item)}, '[]')`.execute(
          db,
        );
      };
      await put('plain', full, null);
      await put('sure', { ...full, model: { name: 'judge' }, tags: undefined }, 'auto_approved');
      const marked = { ...full, sensitive: ['$.cohort', '$.model.version', '$.action.args'] };
      await put('marked', marked, 'auto_rejected');
      await ladder.up(db);
      await opinions.up(db);
      await stats.up(db);
      const rows = await db
        .selectFrom('items')
        .select(['id', 'route', 'confidence', 'model', 'cohort', 'tags_json'])
        .orderBy('id')
        .execute();
      expect(rows).toEqual([
        { id: 'marked', ...itemFacts(marked, 'auto_rejected') },
        { id: 'plain', ...itemFacts(full, null) },
        {
          id: 'sure',
          route: 'let_through',
          confidence: 0.42,
          model: 'judge',
          cohort: 'eu',
          tags_json: null,
        },
      ]);
    } finally {
      await db.destroy();
    }
  });
});
