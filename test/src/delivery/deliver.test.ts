import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeliverer, type Deliverer, type Sending } from '../../../src/delivery/deliver.ts';
import { laneName, type LaneName } from '../../../src/domain/lane.ts';
import type { Delivery } from '../../../src/outbox/delivery.ts';
import { insertEffect, leaseRows, type OutboxRow } from '../../../src/outbox/outbox-table.ts';
import { loadHolds } from '../../../src/world/holds.ts';
import type { World } from '../../../src/world/world.ts';
import { duration } from '../../manual-clock.ts';
import { openTempStore, type TempStore } from '../temp-store.ts';

/** A receiver in the test's hand: what it was sent, and what it answers, one row at a time. */
interface Receiver {
  sent: string[];
  answers: (row: OutboxRow) => Delivery | Promise<Delivery>;
}

/** An answer that the receiver keeps back until the test says so. */
function held(): { promise: Promise<Delivery>; resolve(delivery: Delivery): void } {
  let resolve: (delivery: Delivery) => void = () => {};
  const promise = new Promise<Delivery>((done) => (resolve = done));
  return { promise, resolve };
}

describe('emptying the outbox', () => {
  let store: TempStore;
  let world: World;
  let receiver: Receiver;
  let deliverer: Deliverer;
  const givenUp: string[] = [];

  const sending = (more: Partial<Sending> = {}): Sending => ({
    send: async (rows) => {
      const ends: Delivery[] = [];
      for (const row of rows) {
        receiver.sent.push(row.id);
        ends.push(await receiver.answers(row));
      }
      return ends;
    },
    batch: 1,
    concurrency: 1,
    ...more,
  });

  beforeEach(async () => {
    const nowhere = (): never => {
      throw new Error('not needed here');
    };
    store = await openTempStore(({ lanes }) => deliverer.wake(lanes));
    world = {
      ...store,
      ids: { uuid: nowhere, salt: nowhere },
      policy: nowhere,
      membersOf: nowhere,
      accountOf: nowhere,
      onCall: nowhere,
      shifts: {
        overrides: () => [],
        gone: () => new Set(),
        gapsMayDiffer: () => false,
        refresh: async () => {},
      },
      samplingKey: 'of a stand',
      ownTeam: nowhere,
      workspaceUrl: () => 'https://acme.slack.com/',
      holds: await loadHolds(store.db),
      callbackProblem: nowhere,
      replyProblem: nowhere,
      log: pino({ level: 'silent' }),
    };
    receiver = { sent: [], answers: () => ({ delivery: 'done' }) };
    givenUp.length = 0;
    deliverer = createDeliverer(world, 'this-process', {
      post: sending(),
      edit: sending(),
      home: sending(),
      people: sending(),
      files: sending(),
      usergroup: sending(),
      pagerduty: sending(),
      notes: sending({ concurrency: 4 }),
      results: sending({ batch: 10 }),
      webhook: sending({
        give_up_after_ms: duration('1d'),
        onGivenUp: async (_unit, row, error) => void givenUp.push(`${row.id}: ${error}`),
      }),
    });
    await deliverer.start();
  });
  afterEach(async () => {
    await deliverer.stop();
    await store.close();
  });

  const channel = laneName({ kind: 'post', of: 'C0BILLING' });
  const put = (lane: LaneName, ...ids: (string | [id: string, impact: number])[]) =>
    store.commit(async (unit) => {
      for (const one of ids) {
        const [id, priority] = typeof one === 'string' ? [one, 5] : one;
        const effect = { effect: 'result', decision_id: id } as const;
        await insertEffect(unit.db, {
          id,
          effect,
          lane,
          item_id: id,
          priority,
          producer: '',
          now: unit.now,
          not_before: unit.now,
        });
        unit.lanes.add(lane);
      }
    });
  const rowOf = (id: string) =>
    store.db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  /** Real time passes only while something is still to happen. */
  const until = (what: () => boolean | Promise<boolean>) =>
    expect.poll(what, { interval: 2, timeout: 20_000 }).toBe(true);
  const state = async (id: string) => (await rowOf(id)).state;

  it('sends each row once, the highest impact first', async () => {
    await put(channel, ['low', 1], ['high', 9], ['middle', 5]);
    await until(async () => (await state('low')) === 'done');
    expect(receiver.sent).toEqual(['high', 'middle', 'low']);
  });

  it('what waits in one lane holds nothing up in another', async () => {
    const stuck = held();
    receiver.answers = (row) => (row.lane === channel ? stuck.promise : { delivery: 'done' });
    await put(channel, 'slow-1', 'slow-2');
    await put(laneName({ kind: 'post', of: 'C0OTHER' }), 'quick');
    await until(async () => (await state('quick')) === 'done');
    expect(receiver.sent).toEqual(['slow-1', 'quick']);
    stuck.resolve({ delivery: 'done' });
    await until(async () => (await state('slow-2')) === 'done');
  });

  it('a lane sends as many at once as its kind says, and no row twice', async () => {
    const stuck = held();
    receiver.answers = () => stuck.promise;
    await put(laneName({ kind: 'notes' }), 'a', 'b', 'c', 'd', 'e', 'f');
    await until(() => receiver.sent.length === 4);
    stuck.resolve({ delivery: 'done' });
    await until(async () => (await state('f')) === 'done');
    expect(receiver.sent.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('rows of a batch have each an end of their own', async () => {
    receiver.answers = (row) =>
      row.id === 'bad'
        ? { delivery: 'failed', error: 'no' }
        : row.id === 'late'
          ? { delivery: 'later', error: 'soon' }
          : { delivery: 'done' };
    await put(laneName({ kind: 'results' }), 'good', 'bad', 'late');
    await until(async () => (await rowOf('late')).last_error === 'soon');
    expect([await state('good'), await state('bad'), await state('late')]).toEqual([
      'done',
      'failed',
      'pending',
    ]);
  });

  it('what failed is tried again within two seconds, then ever more slowly, and never by itself given up', async () => {
    receiver.answers = () => ({ delivery: 'later', error: 'not now' });
    await put(channel, 'a');
    const gaps: number[] = [];
    for (let attempt = 1; attempt <= 12; attempt += 1) {
      await until(
        async () => (await rowOf('a')).attempts === attempt && (await rowOf('a')).lease === null,
      );
      const { not_before } = await rowOf('a');
      gaps.push(not_before - store.clock.now());
      store.clock.advance(not_before - store.clock.now());
    }
    expect(gaps[0]).toBeLessThanOrEqual(2000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(300_000);
    expect(gaps[10]).toBeGreaterThanOrEqual(150_000);
  });

  it('a sender with a fault of its own loses nothing', async () => {
    receiver.answers = () => {
      throw new Error('a fault');
    };
    await put(channel, 'a');
    await until(async () => (await rowOf('a')).last_error === 'a fault');
    receiver.answers = () => ({ delivery: 'done' });
    store.clock.advance(2000);
    await until(async () => (await state('a')) === 'done');
  });

  it('told to slow down, the lane rests that long; being turned away counts as no try', async () => {
    receiver.answers = () => ({ delivery: 'paced', for_ms: 30_000 });
    await put(channel, 'a', ['b', 9]);
    await until(async () => (await rowOf('b')).last_error === 'rate limited');
    expect((await rowOf('b')).attempts).toBe(0);
    receiver.answers = () => ({ delivery: 'done' });
    store.clock.advance(29_999);
    await put(channel, ['urgent', 10]);
    expect(receiver.sent).toEqual(['b']);
    const told = store.clock.now() - 29_999;
    const sent: number[] = [];
    receiver.answers = () => {
      sent.push(store.clock.now());
      return { delivery: 'done' };
    };
    await until(() => {
      store.clock.advance(50);
      return receiver.sent.length === 4;
    });
    // From now on a gap is kept, and the highest still goes first.
    expect(receiver.sent).toEqual(['b', 'urgent', 'b', 'a']);
    const gaps = [told, ...sent].slice(1).map((at, index) => at - ([told, ...sent][index] ?? 0));
    expect(gaps[0]).toBeGreaterThanOrEqual(30_000);
    expect(Math.min(...gaps.slice(1))).toBeGreaterThanOrEqual(1000);
  });

  it('a clock set back by an hour holds back nothing that was delayed', async () => {
    receiver.answers = () => ({ delivery: 'later', error: 'the receiver is away' });
    await put(channel, 'row');
    await until(async () => (await rowOf('row')).lease === null && receiver.sent.length === 1);
    store.clock.jump(-duration('1h'));
    receiver.answers = () => ({ delivery: 'done' });
    await until(async () => {
      store.clock.advance(1000);
      return (await state('row')) === 'done';
    });
    expect(store.clock.now()).toBeLessThan((await rowOf('row')).created_at - duration('58m'));
  });

  it('is given up after its day, not before, and whoever minds is told once', async () => {
    receiver.answers = () => ({ delivery: 'later', error: 'nobody home', in_ms: duration('8h') });
    await put(laneName({ kind: 'webhook', of: 'https://shop.test' }), 'a');
    for (const attempt of [1, 2, 3]) {
      await until(
        async () => (await rowOf('a')).attempts === attempt && (await rowOf('a')).lease === null,
      );
      expect(await state('a')).toBe('pending');
      store.clock.advance(duration('8h'));
    }
    await until(async () => (await state('a')) === 'failed');
    expect(givenUp).toEqual(['a: nobody home']);
  });

  it('wanted once more while it was being sent: it goes again, as new', async () => {
    let left = 2;
    receiver.answers = () => ({
      delivery: 'done',
      write: async () => (--left > 0 ? 'again' : undefined),
    });
    await put(channel, 'a');
    await until(async () => (await state('a')) === 'done');
    expect(receiver.sent).toEqual(['a', 'a']);
  });

  it('stopping waits for what is in flight, records it, and takes nothing more', async () => {
    const stuck = held();
    receiver.answers = () => stuck.promise;
    await put(channel, 'a', 'b');
    await until(() => receiver.sent.length === 1);
    let stopped = false;
    const stopping = deliverer.stop().then(() => (stopped = true));
    await new Promise<void>((resolve) => void setImmediate(resolve));
    expect(stopped).toBe(false);
    stuck.resolve({ delivery: 'done' });
    await stopping;
    expect([await state('a'), await state('b')]).toEqual(['done', 'pending']);
    expect(receiver.sent).toEqual(['a']);
  });

  it('what an earlier process held is free at the start, at once, and counted as tried', async () => {
    await deliverer.stop();
    await put(channel, 'a');
    await store.commit((unit) => leaseRows(unit.db, channel, 'a-process-that-died', unit.now, 1));
    const attempts: number[] = [];
    receiver.answers = (row) => {
      attempts.push(row.attempts);
      return { delivery: 'done' };
    };
    await deliverer.start();
    await until(async () => (await state('a')) === 'done');
    expect(attempts).toEqual([2]);
  });

  it('a lane that only another release knows keeps its rows', async () => {
    await put('unheard-of' as unknown as LaneName, 'a');
    await put(channel, 'b');
    await until(async () => (await state('b')) === 'done');
    expect(await state('a')).toBe('pending');
  });
});
