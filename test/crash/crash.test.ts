import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Queue } from 'bullmq';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoWorkspace } from '../../simulator/slack/seed.ts';
import { startSlack } from '../../simulator/slack/slack.ts';
import type { ItemStatus, Result } from '../../src/domain/wire.ts';
import { hasRedis, startRedis, type RedisServer } from '../redis/redis-server.ts';
import { startPagerProcess, type PagerProcess } from './pager-process.ts';

const POINTS = 50;
const TOKEN = 'a-token-for-crashing';
const SEED = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000);

/** What the process is in the middle of when it dies. */
const MOMENTS = [
  'a post has arrived',
  'an edit has arrived',
  'a click is under way',
  'a webhook has arrived',
  'an item is being put in',
] as const;
type Moment = (typeof MOMENTS)[number];

/** Mulberry32: a seed makes a run repeatable, its timing aside. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pause = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));

describe(`killed at ${POINTS} points (CRASH_SEED=${SEED})`, () => {
  const random = randomOf(SEED);
  const webhooks: { id: string; result: Result }[] = [];
  const acked = new Set<string>();
  const items: string[] = [];
  let slack: Awaited<ReturnType<typeof startSlack>>;
  let redis: RedisServer | null = null;
  let receiver: Server;
  let data_dir: string;
  let pager: PagerProcess;
  let onWebhook: () => void = () => {};

  const start = () =>
    startPagerProcess({
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      HITL_DATA_DIR: data_dir,
      HITL_API_TOKEN: TOKEN,
      HITL_WEBHOOK_SECRET: `whsec_${Buffer.from('a secret of thirty-two bytes, yes').toString('base64')}`,
      HITL_CALLBACK_ALLOW: '127.0.0.1',
      ...(redis ? { REDIS_URL: redis.url } : {}),
    });

  beforeAll(async () => {
    slack = await startSlack({ seed: demoWorkspace });
    redis = hasRedis() ? await startRedis() : null;
    data_dir = await mkdtemp(join(tmpdir(), 'hitl-crash-'));
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        webhooks.push({
          id: String(request.headers['webhook-id']),
          result: (JSON.parse(body) as { data: Result }).data,
        });
        onWebhook();
        response.end('ok');
      });
    });
    await new Promise<void>((resolve) => void receiver.listen(0, '127.0.0.1', resolve));
    pager = await start();
  });

  afterAll(async () => {
    await pager.kill();
    await slack.close();
    receiver.close();
    await redis?.close();
    await rm(data_dir, { recursive: true, force: true });
  });

  /** Puts an item in as a producer does: again, until it is told that it was taken. */
  async function putIn(id: string): Promise<void> {
    const { port } = receiver.address() as AddressInfo;
    const body = JSON.stringify({
      id,
      kind: 'approval',
      domain: 'billing',
      title: `Refund for ${id}?`,
      action: { name: 'refund', args: { amount: 240 } },
      confidence: 0.4,
      impact: 5,
      callback: { url: `http://127.0.0.1:${port}/results` },
    });
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    for (;;) {
      const answer = await fetch(`${pager.url}/v1/items`, { method: 'POST', headers, body }).catch(
        () => null,
      );
      if (answer) {
        expect([200, 202]).toContain(answer.status);
        return;
      }
      await pause(20);
    }
  }

  const cardOf = (id: string) =>
    slack
      .messages('C0BILLING')
      .filter((message) => JSON.stringify(message.blocks).includes(`Refund for ${id}?`));

  /** Somebody decides it: again, until a click was taken. Only a click that Slack saw acked counts as taken. */
  async function decide(id: string): Promise<void> {
    for (;;) {
      const [card] = cardOf(id);
      if (!card) {
        await pause(10);
        continue;
      }
      if (!JSON.stringify(card.blocks).includes('item_approve')) return;
      const clicked = await slack
        .user('alice')
        .clicks('Approve')
        .on(card)
        .catch(() => null);
      if (clicked && clicked.failed === undefined && clicked.acked_in_ms !== null) {
        acked.add(id);
        return;
      }
      await pause(20);
    }
  }

  /** Kills the process at that moment, or after a while where it does not come. */
  async function killAt(moment: Moment): Promise<void> {
    const calls = slack.calls.length;
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, 400 * random());
      const now = () => {
        clearTimeout(late);
        resolve();
      };
      if (moment === 'a webhook has arrived') onWebhook = now;
      if (moment === 'a post has arrived' || moment === 'an edit has arrived') {
        const method = moment === 'a post has arrived' ? 'chat.postMessage' : 'chat.update';
        const off = slack.onChange(() => {
          if (!slack.calls.slice(calls).some((call) => call.method === method)) return;
          off();
          now();
        });
      }
      if (moment === 'a click is under way' || moment === 'an item is being put in')
        setTimeout(now, 12 * random());
    });
    onWebhook = () => {};
    await pager.kill();
  }

  it('every item has one card, one decision that was clicked, and a result that arrived', async () => {
    const deciding: Promise<void>[] = [];
    for (let point = 0; point < POINTS; point += 1) {
      const moment = MOMENTS[point % MOMENTS.length] ?? MOMENTS[0];
      const fresh = [`crash-${point}-a`, `crash-${point}-b`];
      items.push(...fresh);
      const killed = killAt(moment);
      for (const id of fresh) deciding.push(putIn(id).then(() => decide(id)));
      await killed;
      pager = await start();
    }
    await Promise.all(deciding);

    const statusOf = async (id: string): Promise<ItemStatus> => {
      const answer = await fetch(`${pager.url}/v1/items/${id}?wait=30`, {
        headers: { authorization: `Bearer ${TOKEN}` },
      });
      return (await answer.json()) as ItemStatus;
    };
    const results = new Map<string, Result>();
    for (const id of items) {
      const { status, result } = await statusOf(id);
      expect({ id, status }).toEqual({ id, status: 'decided' });
      if (result) results.set(id, result);
    }
    expect(items).toHaveLength(2 * POINTS);

    // Each of them ended by the click, and none of the clicks that were acked is missing.
    for (const id of acked)
      expect(results.get(id)).toMatchObject({
        outcome: 'approved',
        decided_by: { slack_user: 'U0ALICE' },
      });
    expect([...results.values()].every((result) => result.outcome === 'approved')).toBe(true);

    // Each callback was told, whatever was under way: the same decision, under one id.
    await slack.until(
      () => items.every((id) => webhooks.some((one) => one.result.item_id === id)),
      { timeout_ms: 60_000, what: 'every webhook' },
    );
    for (const { result } of webhooks)
      expect(result.decision_id).toBe(results.get(result.item_id)?.decision_id);
    for (const id of items)
      expect(
        new Set(webhooks.filter((one) => one.result.item_id === id).map((one) => one.id)).size,
      ).toBe(1);

    // Every card is drawn as it ended, and there is exactly one of each.
    await slack.until(
      () =>
        items.every((id) =>
          cardOf(id).every((card) => !JSON.stringify(card.blocks).includes('item_approve')),
        ),
      { timeout_ms: 60_000, what: 'every card drawn' },
    );
    for (const id of items) expect({ id, cards: cardOf(id).length }).toEqual({ id, cards: 1 });

    if (redis) await onQueueOnce(redis.url, results);
    expect(await pager.stop()).toBe(0);
  });

  async function onQueueOnce(url: string, results: Map<string, Result>): Promise<void> {
    const queue = new Queue('hitl-decisions', { connection: { url } });
    const jobs = await queue.getJobs();
    await queue.close();
    expect(new Set(jobs.map((job) => job.id))).toEqual(
      new Set([...results.values()].map((result) => result.decision_id)),
    );
    expect(jobs).toHaveLength(results.size);
  }
});
