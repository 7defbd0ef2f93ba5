import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, WEBHOOK_SECRET, type Desk } from './desk.ts';
import { startReceiver, type Receiver } from './webhook-receiver.ts';
import { laneRows } from './lane-rows.ts';

describe('the result, to the callback of its item', () => {
  let desk: Desk;
  let hook: Receiver;
  let other: Receiver;
  beforeAll(async () => {
    hook = await startReceiver();
    other = await startReceiver();
    desk = await openDesk({ env: { HITL_CALLBACK_ALLOW: `${hook.host},${other.host}` } });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    // First the receivers: a call that one of them holds would be waited for.
    await hook.close();
    await other.close();
    await desk.close();
  });
  afterEach(() => {
    hook.answers((response) => void response.writeHead(204).end());
    other.answers((response) => void response.writeHead(204).end());
  });

  /** An item that the policy lets through at once: its webhook is due now. */
  const sure = (id: string, host = hook.host, path = '/hook') =>
    refund(id, { confidence: 0.99, impact: 1, callback: { url: `http://${host}${path}` } });
  const calls = (id: string, at = hook) =>
    at.received.filter((one) => one.payload.data.item_id === id);
  const came = (id: string, times: number, at = hook) =>
    desk.until(`${times} calls for ${id}`, () => calls(id, at).length >= times && calls(id, at));
  const row = async (id: string) => {
    const [only] = await laneRows(desk, 'webhook', id);
    if (!only) throw new Error(`no webhook tells of ${id}`);
    return only;
  };
  const ended = (id: string, state: string) =>
    desk.until(`the webhook of ${id} is ${state}`, async () => (await row(id)).state === state);
  /** Time goes on to the next try. */
  async function nextTry(id: string): Promise<number> {
    const waits = await desk.until(`the webhook of ${id} waits`, async () => {
      const { lease, not_before } = await row(id);
      return lease === null && not_before - desk.clock.now();
    });
    desk.clock.advance(waits);
    return waits;
  }

  it('is signed as Standard Webhooks says, and says what the queue says', async () => {
    await desk.submit(
      refund('signed-1', { run_id: 'run-1', callback: { url: `http://${hook.host}/hook?x=1` } }),
    );
    await desk.slack
      .user('alice')
      .clicks('Approve')
      .on(await desk.card('signed-1'));
    const [call] = await came('signed-1', 1);
    expect(call).toMatchObject({
      path: '/hook?x=1',
      headers: {
        'content-type': 'application/json',
        'webhook-signature': expect.stringMatching(/^v1,/),
      },
      payload: { type: 'item.decided', timestamp: '2026-11-23T09:00:00.000Z' },
    });
    expect(call?.payload.data).toEqual(await desk.result('signed-1'));
    await ended('signed-1', 'done');
    expect(calls('signed-1')).toHaveLength(1);
  });

  it.each([500, 503, 404, 429, 302])(
    '%i is tried again, under the same id, until it is taken',
    async (status) => {
      const id = `again-${status}`;
      hook.answers((response, call) => {
        const first = calls(call.payload.data.item_id).length === 1;
        response.writeHead(first ? status : 200, { location: `http://${other.host}/` }).end();
      });
      await desk.submit(sure(id));
      await came(id, 1);
      expect(await nextTry(id)).toBeLessThanOrEqual(2000);
      const [first, second] = await came(id, 2);
      expect(second?.id).toBe(first?.id);
      expect(second?.payload).toEqual(first?.payload);
      await ended(id, 'done');
      expect(other.received).toEqual([]);
    },
  );

  it('a receiver that cuts the line is tried again', async () => {
    hook.answers((response, call) =>
      calls(call.payload.data.item_id).length === 1
        ? response.destroy()
        : response.writeHead(200).end(),
    );
    await desk.submit(sure('cut-1'));
    await came('cut-1', 1);
    await nextTry('cut-1');
    await came('cut-1', 2);
    await ended('cut-1', 'done');
  });

  it('waits longer each time, up to five minutes, and after a day is given up and the operators told', async () => {
    hook.answers((response) => void response.writeHead(500).end());
    await desk.submit(sure('day-1'));
    const tried = (times: number) =>
      desk.until(`try ${times}`, async () => {
        const { attempts, lease } = await row('day-1');
        return attempts === times && lease === null;
      });
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await tried(attempt);
      waits.push(await nextTry('day-1'));
    }
    await tried(11);
    expect((await row('day-1')).state).toBe('pending');
    desk.clock.advance(24 * 3_600_000);
    await ended('day-1', 'failed');
    expect(waits[0]).toBeLessThanOrEqual(2000);
    expect(Math.max(...waits)).toBeGreaterThan(120_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(300_000);
    const told = await desk.until('the operators are told', () =>
      desk.slack.messages('C0OPS').find((message) => message.text.includes('day-1')),
    );
    expect(told.text).toContain('127.0.0.1');
    const audit = await desk.pager.world.db
      .selectFrom('audit_log')
      .select('item_id')
      .where('event', '=', 'webhook.given_up')
      .execute();
    expect(audit).toEqual([{ item_id: 'day-1' }]);
    expect((await desk.status('day-1')).result?.outcome).toBe('auto_approved');
  });

  it('a receiver that is gone (410) is not called again, and the operators are told', async () => {
    hook.answers((response) => void response.writeHead(410).end());
    await desk.submit(sure('gone-1'));
    await ended('gone-1', 'failed');
    const told = await desk.until('the operators are told', () =>
      desk.slack.messages('C0OPS').find((message) => message.text.includes('gone-1')),
    );
    expect(told.text).toContain('410');
    await desk.advance('25h');
    expect(calls('gone-1')).toHaveLength(1);
    expect((await desk.status('gone-1')).result?.outcome).toBe('auto_approved');
  });

  it('one that asks for a pause gets it, of an hour at most, through every scan of the outbox', async () => {
    hook.answers((response, call) => {
      const first = calls(call.payload.data.item_id).length === 1;
      const rest = call.payload.data.item_id === 'rest-1' ? '1200' : '864000';
      response.writeHead(first ? 429 : 200, { 'retry-after': rest }).end();
    });
    await desk.submit(sure('rest-1'));
    await desk.submit(sure('rest-2'));
    await came('rest-1', 1);
    await came('rest-2', 1);
    for (const id of ['rest-1', 'rest-2'])
      await desk.until(`${id} rests`, async () => (await row(id)).lease === null);
    await desk.advance('31s');
    expect(await nextTry('rest-1')).toBe(1_200_000 - 31_000);
    await came('rest-1', 2);
    expect(await nextTry('rest-2')).toBe(3_600_000 - 1_200_000);
    await came('rest-2', 2);
    await ended('rest-2', 'done');
  });

  it('a receiver that holds the line holds up nobody else, and no result on the queue', async () => {
    hook.answers(() => {});
    for (let at = 0; at < 6; at += 1) await desk.submit(sure(`held-${at}`));
    await came('held-0', 1);
    await desk.submit(sure('quick-1', other.host));
    await came('quick-1', 1, other);
    await ended('quick-1', 'done');
    expect(await desk.result('held-5')).toMatchObject({ outcome: 'auto_approved' });
    expect((await row('held-0')).state).toBe('pending');
    hook.answers((response) => void response.writeHead(204).end());
  });

  it('one that says no end of things is not listened to', async () => {
    other.answers((response) => {
      response.writeHead(200);
      const flood = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) continue;
      };
      response.on('drain', flood);
      flood();
    });
    await desk.submit(sure('flood-1', other.host));
    await ended('flood-1', 'done');
  });
});

describe('callbacks that may not be called', () => {
  it.each([
    ['http://hooks.example/', 'https'],
    ['https://127.0.0.1/', 'private'],
    ['https://[::ffff:10.0.0.1]/', 'private'],
    ['https://2130706433/', 'private'],
    ['https://169.254.169.254/latest', 'private'],
    ['https://localhost:8443/', 'private'],
    ['ftp://hooks.example/', 'http'],
  ])('%s is refused when it comes in', async (url, because) => {
    const answer = await refusing.api(
      'POST',
      '/v1/items',
      refund('private-1', { callback: { url } }),
    );
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'callback.url', problem: expect.stringContaining(because) }] },
    });
  });

  it('without a secret to sign with, every callback is', async () => {
    const desk = await openDesk({ env: { HITL_WEBHOOK_SECRET: '' } });
    const answer = await desk.api(
      'POST',
      '/v1/items',
      refund('unsigned-1', { callback: { url: 'https://hooks.example/' } }),
    );
    expect(answer).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('HITL_WEBHOOK_SECRET') },
    });
    expect(JSON.stringify(desk.logs)).not.toContain(WEBHOOK_SECRET);
    await desk.close();
  });

  let refusing: Desk;
  beforeAll(async () => {
    refusing = await openDesk();
  });
  afterAll(() => refusing.close());
});
