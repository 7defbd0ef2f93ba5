import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, question, refund, type Desk } from './desk.ts';

describe('items by the queue', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const items = async () =>
    (await desk.pager.world.db.selectFrom('items').select('id').execute()).map((row) => row.id);
  const { id: _id, ...nameless } = refund('');

  it('an item without an id takes its job’s', async () => {
    await desk.submit(nameless, 'order-4711');
    expect(await desk.status('order-4711')).toMatchObject({ status: 'open', rule: 'unsure' });
    await desk.submit({ ...nameless, id: null, body: null, cohort: '' }, 'order-4712');
    expect(await desk.status('order-4712')).toMatchObject({ status: 'open' });
  });

  it('a numeric job id gets the queue and the time before it, since Redis counts from 1 again', async () => {
    const before = new Set(await items());
    await desk.submit(nameless);
    const [fresh] = (await items()).filter((id) => !before.has(id));
    expect(fresh).toMatch(/^hitl-items-\d{13}-\d+$/);
  });

  it('its own id comes before its job’s', async () => {
    await desk.submit(refund('own-1'), 'job-1');
    expect((await desk.api('GET', '/v1/items/job-1')).status).toBe(404);
    expect((await desk.status('own-1')).status).toBe('open');
  });

  it('the same item again, in a job of its own, happens once', async () => {
    await desk.submit(refund('twice-1'), 'job-2');
    await desk.card('twice-1');
    await desk.submit(refund('twice-1'), 'job-3');
    await desk.api('POST', '/v1/items', refund('twice-1'));
    const cards = desk.slack
      .messages('C0BILLING')
      .filter((message) => JSON.stringify(message.blocks).includes('twice-1'));
    expect(cards).toHaveLength(1);
  });

  it('another body under the same id leaves the first as it was', async () => {
    await desk.submit(refund('other-1'), 'job-4');
    await desk.submit(refund('other-1', { impact: 1 }), 'job-5');
    expect(
      desk.logs.some(
        (line) =>
          line['item_id'] === 'other-1' && line['msg'] === 'another item has this id: refused',
      ),
    ).toBe(true);
    expect(
      await desk.pager.world.db
        .selectFrom('items')
        .select('impact')
        .where('id', '=', 'other-1')
        .executeTakeFirst(),
    ).toEqual({ impact: 5 });
  });

  it('one whose time has passed already is refused like any other bad field', async () => {
    await desk.submit(refund('late-1', { expires_at: '2026-11-23T08:00:00Z' }), 'job-6');
    const row = await desk.pager.world.db
      .selectFrom('raw_payloads')
      .select('errors_json')
      .where('job_id', '=', 'job-6')
      .executeTakeFirstOrThrow();
    expect(JSON.parse(row.errors_json)).toEqual([
      { field: 'expires_at', problem: 'has passed already' },
    ]);
  });

  it('what it is echoed comes back untouched', async () => {
    const state = {
      deep: [{ a: null, b: [1.5, -0.25, 'ü😀'] }],
      __type: 'x',
      '': 0,
      constructor: { prototype: 1 },
    };
    await desk.submit(refund('echo-1', { state, run_id: 'run-1', confidence: 0.99, impact: 1 }));
    expect(await desk.result('echo-1')).toMatchObject({
      outcome: 'auto_approved',
      run_id: 'run-1',
      state,
    });
    await desk.submit(question('echo-2', { state }));
    await desk.api('POST', '/v1/items/echo-2/cancel');
    expect((await desk.result('echo-2')).state).toEqual(state);
  });
});
