/** One producer's flood: the cards of others come in between, and what is more than the policy allows waits outside. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hitl } from '../src/cli/terminal.ts';
import { openDesk, question, refund, type Desk } from './desk.ts';

const sha256 = (token: string) => createHash('sha256').update(token).digest('hex');
const TOKENS = {
  HITL_API_TOKENS: ['flood', 'other']
    .map((name) => `${name}:submit+read:${sha256(`token-of-${name}`)}`)
    .join(','),
};
const [FLOOD, OTHER] = ['token-of-flood', 'token-of-other'];

describe('a flood of one producer', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ env: TOKENS });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  it('300 cards of one, one of another with the same impact: it is posted before two more of the flood', async () => {
    desk.slack.pace({ per_channel_ms: 1000, burst: 1 });
    const post = (id: string, token: string) =>
      desk.api('POST', '/v1/items', question(id, { impact: 10 }), token);
    await Promise.all(Array.from({ length: 300 }, (_, at) => post(`flood-${at}`, FLOOD)));
    const posted = () =>
      desk.slack.messages('C0SUPPORT').flatMap((message) => {
        const [id] = /(?:flood|other)-\d+/.exec(JSON.stringify(message.blocks)) ?? [];
        return id === undefined ? [] : [id];
      });
    await desk.until('the flood has begun', () => {
      desk.clock.advance(100);
      return posted().length > 3;
    });
    await post('other-1', OTHER);
    const before = posted().length;
    await desk.until('the other is posted', () => {
      desk.clock.advance(100);
      return posted().includes('other-1');
    });
    expect(posted().indexOf('other-1') - before).toBeLessThanOrEqual(2);
    desk.slack.pace(null);
  });
});

describe('limits of the policy', () => {
  let desk: Desk;
  beforeAll(async () => {
    const limits =
      'limits: {intake: {each: 2 per 1m, producers: {other: 1000 per 1m, HITL_API_TOKEN: 3 per 1m, queue: 2 per 2s}}}\n';
    desk = await openDesk({
      policy: `${readFileSync('policies/default.yaml', 'utf8')}\n${limits}`,
      env: TOKENS,
    });
  });
  afterAll(() => desk.close());

  it('more is 429 with Retry-After, whoever waits as long is let in, and nobody else waits', async () => {
    const post = (id: string, token?: string) => desk.api('POST', '/v1/items', refund(id), token);
    expect((await post('a-1', FLOOD)).status).toBe(202);
    expect((await post('a-2', FLOOD)).status).toBe(202);
    const over = await post('a-3', FLOOD);
    expect(over).toMatchObject({ status: 429, body: { title: 'Too many items', status: 429 } });
    expect(over.headers.get('retry-after')).toBe('30');
    expect(over.headers.get('content-type')).toContain('application/problem+json');
    expect(await desk.api('GET', '/v1/items/a-3')).toMatchObject({ status: 404 });
    expect((await post('b-1', OTHER)).status).toBe(202);
    await desk.advance('29s');
    expect((await post('a-3', FLOOD)).headers.get('retry-after')).toBe('1');
    await desk.advance('1s');
    expect((await post('a-3', FLOOD)).status).toBe(202);
    expect((await post('a-4', FLOOD)).status).toBe(429);
  });

  it('`hitl submit` waits as it is told, and every item goes in', async () => {
    const items = [1, 2, 3, 4, 5].map((at) => JSON.stringify(refund(`cli-${at}`)));
    let done = false;
    const said = hitl(['submit', 'items.jsonl'], {
      files: { 'items.jsonl': items.join('\n') },
      env: {
        HITL_URL: `http://127.0.0.1:${desk.pager.port}`,
        HITL_API_TOKEN: 'a-token-for-scenarios',
      },
      clock: desk.clock,
    }).finally(() => {
      done = true;
    });
    await desk.until('all are in', () => {
      desk.clock.advance(1000);
      return done;
    });
    expect(await said).toMatchObject({ code: 0, out: expect.stringMatching(/5 accepted$/) });
  });

  it('on the queue a job over the limit waits there, and is not lost', async () => {
    const ids = [1, 2, 3].map((at) => `job-${at}`);
    const jobs = await Promise.all(ids.map((id) => desk.pager.submit(question(id))));
    const rows = () =>
      desk.pager.world.db.selectFrom('items').select('id').where('id', 'in', ids).execute();
    await desk.until('two are in', async () => (await rows()).length === 2);
    expect(jobs).toHaveLength(3);
    await desk.until('the third is in', async () => {
      desk.clock.advance(10);
      return (await rows()).length === 3;
    });
  });

  it('what was turned away, or had to wait, is counted by producer, and the log says so once a minute', async () => {
    const counted = async () =>
      Object.fromEntries(
        String((await desk.api('GET', '/metrics')).body)
          .split('\n')
          .flatMap((line) => {
            const [, name, count] =
              /^hitl_intake_limited_total\{producer="(.+)"\} (\d+)$/.exec(line) ?? [];
            return name === undefined ? [] : [[name, Number(count)]];
          }),
      ) as Record<string, number>;
    const before = await counted();
    expect(before).toMatchObject({ flood: 3, queue: 1 });
    expect(before).not.toHaveProperty('other');
    await desk.advance('2m');
    const lines = () => desk.logs.filter((line) => 'limited' in line);
    const told = lines().length;
    for (let at = 0; at < 12; at += 1)
      await desk.api('POST', '/v1/items', refund(`much-${at}`), FLOOD);
    expect(await counted()).toMatchObject({ flood: 13 });
    expect(lines().length).toBe(told + 1);
    await desk.advance('61s');
    for (let at = 0; at < 4; at += 1)
      await desk.api('POST', '/v1/items', refund(`later-${at}`), FLOOD);
    expect(lines().slice(told)).toMatchObject([
      { limited: { flood: 1 } },
      { limited: { flood: 10 } },
    ]);
  });
});
