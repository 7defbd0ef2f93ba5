import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { verifyAudit } from '../../src/audit/verify-audit.ts';
import { openDesk, refund, type Desk } from './desk.ts';

const sha256 = (token: string) => createHash('sha256').update(token).digest('hex');

describe('what turned out later', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({
      env: {
        HITL_API_TOKENS: `crm:submit+all:${sha256('token-of-crm')},dash:read+cancel+all:${sha256('token-of-dash')}`,
      },
    });
    for (const id of ['done-1', 'done-2', 'done-3'])
      await desk.api('POST', '/v1/items', refund(id, { confidence: 0.97, impact: 1 }));
    await desk.api('POST', '/v1/items', refund('open-1'));
  });
  afterAll(() => desk.close());

  const tell = (id: string, feedback: unknown, token?: string | null) =>
    desk.api('POST', `/v1/items/${id}/feedback`, feedback, token);
  const rows = (id: string) =>
    desk.pager.world.db.selectFrom('feedback').selectAll().where('item_id', '=', id).execute();

  it('is recorded beside the decision, which stays as it was', async () => {
    const before = await desk.status('done-1');
    const answer = await tell(
      'done-1',
      { verdict: 'wrong', truth: { amount: 220 }, at: '2026-11-20T12:00:00+01:00' },
      'token-of-crm',
    );
    expect(answer).toMatchObject({
      status: 201,
      body: {
        feedback_id: expect.any(String),
        item_id: 'done-1',
        verdict: 'wrong',
        truth: { amount: 220 },
        at: '2026-11-20T11:00:00.000Z',
        received_at: '2026-11-23T09:00:00.000Z',
      },
    });
    expect(await desk.status('done-1')).toEqual(before);
    expect(await rows('done-1')).toMatchObject([{ source: 'crm', verdict: 'wrong' }]);
  });

  it('is in the audit log by its digest, and the chain covers it', async () => {
    const entries = await desk.pager.world.db
      .selectFrom('audit_log')
      .select('entry_json')
      .where('event', '=', 'item.feedback')
      .execute();
    expect(entries.map((entry) => JSON.parse(entry.entry_json).facts)).toMatchObject([
      { verdict: 'wrong', source: 'crm', truth_digest: expect.stringMatching(/^sha256:/) },
    ]);
    expect(entries.map((entry) => entry.entry_json).join()).not.toContain('"amount"');
    const db = openDatabase(join(desk.data_dir, 'hitl.db'), { readonly: true });
    expect((await verifyAudit(db)).differences).toEqual([]);
    await db.destroy();
  });

  it('told again is 200 and nothing new, however often and at the same moment', async () => {
    const said = {
      verdict: 'reversed',
      truth: 'The bank took it back.',
      at: '2026-11-22T08:00:00Z',
    };
    const answers = await Promise.all(Array.from({ length: 20 }, () => tell('done-2', said)));
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([
      ...Array.from({ length: 19 }, () => 200),
      201,
    ]);
    expect(new Set(answers.map((answer) => answer.body.feedback_id)).size).toBe(1);
    const { at: _at, ...sometime } = said;
    expect((await tell('done-2', sometime)).status).toBe(200);
    expect(await rows('done-2')).toHaveLength(1);
    expect((await tell('done-2', { ...said, at: '2026-11-22T09:00:00Z' })).status).toBe(201);
    expect((await tell('done-2', { ...said, verdict: 'complaint' })).status).toBe(201);
    expect(await rows('done-2')).toHaveLength(3);
  });

  it.each([
    ['no verdict', {}, ['verdict']],
    ['a verdict there is not', { verdict: 'maybe' }, ['verdict']],
    ['a truth that is a number', { verdict: 'right', truth: 7 }, ['truth']],
    ['an empty truth', { verdict: 'right', truth: '' }, ['truth']],
    ['a truth too long', { verdict: 'right', truth: 'x'.repeat(20_001) }, ['truth']],
    ['a truth no store keeps', { verdict: 'right', truth: 'a\u0000b' }, ['feedback']],
    ['no time', { verdict: 'right', at: 'yesterday' }, ['at']],
    ['a time without a zone', { verdict: 'right', at: '2026-11-20T12:00:00' }, ['at']],
    ['a time to come', { verdict: 'right', at: '2027-01-01T00:00:00Z' }, ['at']],
    ['a field there is not', { verdict: 'right', sure: true, who: 1 }, ['sure', 'who']],
    ['a list', [], ['feedback']],
    ['no JSON', '{"verdict":', ['feedback']],
  ])('%s is 400, and each bad field is named', async (_what, said, fields) => {
    const answer = await tell('done-3', said);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.errors.map((one: { field: string }) => one.field)).toEqual(fields);
    expect(await rows('done-3')).toEqual([]);
  });

  it('of an item that is open is 409, of none 404, of a megabyte 413', async () => {
    expect((await tell('open-1', { verdict: 'right' })).status).toBe(409);
    expect((await tell('nobody', { verdict: 'right' })).status).toBe(404);
    expect((await tell('done-3', { verdict: 'right', truth: 'x'.repeat(1e6) })).status).toBe(413);
  });

  it.each([
    ['no token', null, 401],
    ['a token that may read and cancel', 'token-of-dash', 403],
  ])('%s may not tell', async (_what, token, status) => {
    expect((await tell('done-3', { verdict: 'right' }, token)).status).toBe(status);
    expect(await rows('done-3')).toEqual([]);
  });

  it('is part of what happened to the item, in words', async () => {
    await desk.slack.user('mia').types('/hitl why done-1', { channel: 'general' });
    await desk.note('mia', 'Turned out to be wrong, as crm told');
  });
});
