/** The process is killed while every step of the ladder is under way: before its transaction, in it, at each side of its calls to Slack. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movableClock } from '../../simulator/web/server/movable-clock.ts';
import { startSlack } from '../../simulator/slack/slack.ts';
import { openDatabase, type Db } from '../../src/store/database.ts';
import { verifyAudit } from '../../src/audit/verify-audit.ts';
import { hasRedis, startRedis, type RedisServer } from '../redis/redis-server.ts';
import { startPagerduty, type Pagerduty } from '../scenarios/pagerduty-stand-in.ts';
import { approve, cards, count, itemOf, paged, POLICY, STEPS, WORKSPACE } from './ladder-steps.ts';
import type { Scene } from './ladder-steps.ts';
import { startOnClock, type MovedProcess } from './pager-process.ts';

const TOKEN = 'a-token-for-crashing';
const KEY = 'r0utingkeyr0utingkeyr0utingkey00';
const SEED = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const MOMENTS = [
  'the calls have arrived, and nothing of them is done',
  'the calls are carried out, and no answer has come',
  'nothing runs, and time passes',
  'the transactions are under way',
  'the transactions are under way',
  'answers come in',
  'answers come in',
  'the calls are carried out, and no answer has come',
] as const;
type Moment = (typeof MOMENTS)[number];

const WRITES = ['chat.postMessage', 'chat.update', 'usergroups.users.update'];

function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const pause = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));

describe(`killed at each step of the ladder (CRASH_SEED=${SEED})`, () => {
  const random = randomOf(SEED);
  const clock = movableClock();
  const scenes: Scene[] = [];
  /** Deeds that Slack saw acked. */
  const acked = new Set<string>();
  let slack: Awaited<ReturnType<typeof startSlack>>;
  let pagerduty: Pagerduty;
  let redis: RedisServer | null = null;
  let data_dir: string;
  let pager: MovedProcess;
  let db: Db;

  const start = () =>
    startOnClock(
      {
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_API_URL: slack.apiUrl,
        HITL_DATA_DIR: data_dir,
        HITL_POLICY: join(data_dir, 'policy.yaml'),
        HITL_API_TOKEN: TOKEN,
        HITL_PAGERDUTY_KEYS: `OPS:${KEY}`,
        HITL_PAGERDUTY_URL: pagerduty.url,
        ...(redis ? { REDIS_URL: redis.url } : {}),
      },
      clock,
    );
  const move = (ms: number) => {
    clock.move(ms);
    if (pager.alive()) pager.move(ms);
  };

  beforeAll(async () => {
    slack = await startSlack({ seed: WORKSPACE, now: () => clock.now() });
    pagerduty = await startPagerduty(KEY);
    redis = hasRedis() ? await startRedis() : null;
    data_dir = await mkdtemp(join(tmpdir(), 'hitl-ladder-crash-'));
    await writeFile(join(data_dir, 'policy.yaml'), POLICY);
    pager = await start();
    db = openDatabase(join(data_dir, 'hitl.db'), { readonly: true });
  });

  afterAll(async () => {
    await db.destroy();
    await pager.kill();
    await slack.close();
    await pagerduty.close();
    await redis?.close();
    await rm(data_dir, { recursive: true, force: true });
  });

  /** As a producer does: again, until it is told that it was taken. */
  async function put(scene: Pick<Scene, 'step' | 'id'>): Promise<void> {
    const body = JSON.stringify(itemOf(scene));
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    for (;;) {
      const answer = await fetch(`${pager.url}/v1/items`, { method: 'POST', headers, body }).catch(
        () => null,
      );
      if (answer) return expect([200, 202]).toContain(answer.status);
      await pause(20);
    }
  }

  /** Nothing is due, and nothing waits to be sent. */
  async function drained(): Promise<void> {
    const end = performance.now() + 20_000;
    for (;;) {
      const waiting = await db
        .selectFrom('outbox')
        .select(['lane', 'last_error'])
        .where('state', '=', 'pending')
        .execute();
      const due = await db
        .selectFrom('deadlines')
        .select('kind')
        .where('state', '=', 'pending')
        .where('due_at', '<=', clock.now())
        .execute();
      if (waiting.length === 0 && due.length === 0) return;
      if (performance.now() > end)
        throw new Error(`still waiting: ${JSON.stringify([...waiting, ...due])}`);
      await pause(15);
    }
  }

  async function deed(scene: Scene): Promise<void> {
    const done = await scene.step.deed?.does(scene).catch(() => null);
    if (done && done.failed === undefined && done.acked_in_ms !== null) acked.add(scene.id);
  }

  /** Each step is brought about at once: the clock moves on, and everybody does what they were about to do. */
  function happens(round: readonly Scene[]): Promise<unknown> {
    move(20 * MINUTE);
    return Promise.all(
      round.map((scene) => (scene.step.name === 'page' ? put(scene) : deed(scene))),
    );
  }

  interface Killed {
    /** Calls to Slack that had begun. */
    calls: number;
    /** What a producer and people were at; they may need a process to end it. */
    doing: Promise<unknown>;
  }

  /** Kills the process at that moment of it. */
  async function killAt(moment: Moment, round: readonly Scene[]): Promise<Killed> {
    const before = slack.calls.length;
    const calls = () => slack.calls.slice(before).filter((one) => WRITES.includes(one.method));
    switch (moment) {
      case 'nothing runs, and time passes':
        await pager.kill();
        return { calls: 0, doing: happens(round) };
      case 'the transactions are under way': {
        const doing = happens(round);
        await pause(80 * random());
        await pager.kill();
        return { calls: calls().length, doing };
      }
      case 'answers come in': {
        let left = 1 + Math.floor(16 * random());
        const killed = new Promise<void>((resolve) => {
          const off = slack.onChange((change) => {
            if (change.type !== 'call' || !WRITES.includes(change.method)) return;
            left -= 1;
            if (left > 0) return;
            off();
            void pager.kill().then(resolve);
          });
        });
        const doing = happens(round);
        await killed;
        return { calls: calls().length, doing };
      }
      default: {
        const done = moment === 'the calls are carried out, and no answer has come';
        for (const method of WRITES)
          slack.faults.every(method, done ? 'held_answer' : { hang: true });
        const doing = happens(round);
        // Until no more calls begin; a busy machine may take a while for the first of them.
        const end = performance.now() + 30_000;
        const expected = () => calls().length > STEPS.length || performance.now() > end;
        for (let known = -1; known < calls().length || !expected(); await pause(250))
          known = calls().length;
        await pager.kill();
        slack.faults.clear();
        return { calls: calls().length, doing };
      }
    }
  }

  /** All items of a round, each brought to where its step is about to happen. */
  async function prepared(at: number): Promise<Scene[]> {
    // A quarter to the hour: the next shift begins within the twenty minutes that pass then.
    move((105 * MINUTE - (clock.now() % HOUR)) % HOUR);
    await drained();
    const since = (clock.now() / 1000).toFixed(6);
    const hour = Math.floor(clock.now() / HOUR);
    const turn = ['a', 'b'] as const;
    const round = STEPS.map((step): Scene => {
      const id = `${step.name}-${at}`;
      return {
        slack,
        step,
        id,
        since,
        put: (other = id) => put({ step, id: other }),
        shift: { from: turn[hour % 2] ?? 'a', to: turn[(hour + 1) % 2] ?? 'b' },
        hour: hour % 24,
      };
    });
    scenes.push(...round);
    await Promise.all(
      round.map(async (scene) => {
        await (scene.step.prepare ?? paged)(scene);
        await scene.step.deed?.open?.(scene);
      }),
    );
    await drained();
    return round;
  }

  const counts = (scene: Scene) =>
    scene.step.seen(scene).map((seen) => ({ id: scene.id, ...seen, times: count(scene, seen) }));
  const once = (scene: Scene) => counts(scene).map((seen) => ({ ...seen, times: 1 }));

  it('each page is seen once, nothing is lost, and every item ends', async () => {
    for (const [at, moment] of MOMENTS.entries()) {
      const round = await prepared(at);
      const { calls, doing } = await killAt(moment, round);
      if (moment.startsWith('the calls')) expect(calls).toBeGreaterThan(STEPS.length);
      pager = await start();
      await doing;
      await drained();
      // Whoever saw nothing come of what they did does it again.
      for (const scene of round) {
        if (!scene.step.deed || acked.has(scene.id) || counts(scene)[0]?.times) continue;
        await scene.step.deed.open?.(scene);
        await deed(scene);
        expect(acked).toContain(scene.id);
      }
      await slack
        .until(() => round.every((scene) => counts(scene).every(({ times }) => times > 0)), {
          timeout_ms: 10_000,
        })
        .catch(() => {});
      await drained();
      expect([moment, ...round.flatMap(counts)]).toEqual([moment, ...round.flatMap(once)]);
      // The last ones are left alone, and climb to their ends.
      if (at < MOMENTS.length - 1) await Promise.all(round.map(approve));
    }
    await ended();
    await nothingTwice();
    expect(await pager.stop()).toBe(0);
    expect(await verifyAudit(db)).toMatchObject({ good: true, differences: [] });
    expect(slack.problems).toEqual([]);
  });

  async function ended(): Promise<void> {
    const open = async () =>
      (
        await db
          .selectFrom('items')
          .select(['id', 'outcome'])
          .where('status', '!=', 'decided')
          .execute()
      ).map((item) => item.id);
    for (let hours = 0; hours < 30 && (await open()).length > 0; hours += 1) {
      move(HOUR);
      await pause(50);
      await drained();
    }
    expect(await open()).toEqual([]);
    const items = await db.selectFrom('items').select('id').execute();
    // Of each round one item waited behind another.
    expect(items).toHaveLength(scenes.length + MOMENTS.length);
  }

  async function nothingTwice(): Promise<void> {
    // What was meant to be said once has one id, and no two messages have the same.
    const said = [...slack.workspace.conversations.values()]
      .flatMap((one) => [...one.by_ts.values()])
      .flatMap((one) => one.metadata?.event_payload['outbox_id'] ?? []);
    expect(said.length).toBeGreaterThan(scenes.length * 3);
    expect(new Set(said).size).toBe(said.length);
    for (const scene of scenes)
      expect({ id: scene.id, cards: cards(scene).length }).toEqual({ id: scene.id, cards: 1 });
    // By the rows: nobody was paged twice by a rung, and each page was sent or had become pointless.
    const pages = await db.selectFrom('pages').selectAll().where('way', '=', 'dm').execute();
    const keys = pages.map((page) => `${page.item_id} ${page.rung} ${page.target}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(pages.filter((page) => page.state === 'wanted' || page.state === 'failed')).toEqual([]);
    const failed = await db
      .selectFrom('outbox')
      .selectAll()
      .where('state', '=', 'failed')
      .execute();
    expect(failed).toEqual([]);
    // PagerDuty opened each alert once, however often it was told, and each is resolved.
    expect(pagerduty.alerts.size).toBe(MOMENTS.length);
    for (const alert of pagerduty.alerts.values())
      expect(alert).toEqual({ opened: 1, stands: 'resolved' });
    const group = slack.workspace.usergroups.get('S0ONCALL')?.users;
    expect(group).toEqual([Math.floor(clock.now() / HOUR) % 2 === 0 ? 'UHANDOFFA' : 'UHANDOFFB']);
  }
});
