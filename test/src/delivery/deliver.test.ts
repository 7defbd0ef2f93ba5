import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeliverer, type Deliverer, type LaneKind } from '../../../src/delivery/deliver.ts';
import type { Delivery } from '../../../src/outbox/delivery.ts';
import { insertEffect, leaseRows, type OutboxRow } from '../../../src/outbox/outbox-table.ts';
import { loadHolds } from '../../../src/world/holds.ts';
import type { World } from '../../../src/world/world.ts';
import { duration } from '../../manual-clock.ts';
import { openTempStore, type TempStore } from '../temp-store.ts';

/** A carrier in the test's hand: what it was given, and what it answers, one row at a time. */
interface Hand {
  carried: string[];
  answers: (row: OutboxRow) => Delivery | Promise<Delivery>;
}

/** An answer that the far side keeps back until the test says so. */
function held(): { promise: Promise<Delivery>; resolve(delivery: Delivery): void } {
  let resolve: (delivery: Delivery) => void = () => {};
  const promise = new Promise<Delivery>((done) => (resolve = done));
  return { promise, resolve };
}

describe('emptying the outbox', () => {
  let store: TempStore;
  let world: World;
  let hand: Hand;
  let deliverer: Deliverer;
  const givenUp: string[] = [];

  const laneKind = (more: Partial<LaneKind> = {}): LaneKind => ({
    carrier: async (rows) => {
      const ends: Delivery[] = [];
      for (const row of rows) {
        hand.carried.push(row.id);
        ends.push(await hand.answers(row));
      }
      return ends;
    },
    batch: 1,
    hands: 1,
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
      onCall: nowhere,
      shifts: {
        overrides: () => [],
        gone: () => new Set(),
        gapsMayDiffer: () => false,
        refresh: async () => {},
      },
      ownTeam: nowhere,
      workspaceUrl: () => 'https://acme.slack.com/',
      holds: await loadHolds(store.db),
      callbackProblem: nowhere,
      log: pino({ level: 'silent' }),
    };
    hand = { carried: [], answers: () => ({ delivery: 'done' }) };
    givenUp.length = 0;
    deliverer = createDeliverer(world, 'this-process', {
      one: laneKind(),
      four: laneKind({ hands: 4 }),
      batch: laneKind({ batch: 10 }),
      day: laneKind({
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

  const put = (lane: string, ...ids: (string | [id: string, impact: number])[]) =>
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

  it('carries each row once, the highest impact first', async () => {
    await put('one', ['low', 1], ['high', 9], ['middle', 5]);
    await until(async () => (await state('low')) === 'done');
    expect(hand.carried).toEqual(['high', 'middle', 'low']);
  });

  it('what waits in one lane holds nothing up in another', async () => {
    const stuck = held();
    hand.answers = (row) => (row.lane === 'one:slow' ? stuck.promise : { delivery: 'done' });
    await put('one:slow', 'slow-1', 'slow-2');
    await put('one:quick', 'quick');
    await until(async () => (await state('quick')) === 'done');
    expect(hand.carried).toEqual(['slow-1', 'quick']);
    stuck.resolve({ delivery: 'done' });
    await until(async () => (await state('slow-2')) === 'done');
  });

  it('a lane has as many hands as its kind says, and no row is in two of them', async () => {
    const stuck = held();
    hand.answers = () => stuck.promise;
    await put('four', 'a', 'b', 'c', 'd', 'e', 'f');
    await until(() => hand.carried.length === 4);
    stuck.resolve({ delivery: 'done' });
    await until(async () => (await state('f')) === 'done');
    expect(hand.carried.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('rows of a batch have each an end of their own', async () => {
    hand.answers = (row) =>
      row.id === 'bad'
        ? { delivery: 'failed', error: 'no' }
        : row.id === 'late'
          ? { delivery: 'later', error: 'soon' }
          : { delivery: 'done' };
    await put('batch', 'good', 'bad', 'late');
    await until(async () => (await rowOf('late')).last_error === 'soon');
    expect([await state('good'), await state('bad'), await state('late')]).toEqual([
      'done',
      'failed',
      'pending',
    ]);
  });

  it('what failed is tried again within two seconds, then ever more slowly, and never by itself given up', async () => {
    hand.answers = () => ({ delivery: 'later', error: 'not now' });
    await put('one', 'a');
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

  it('a carrier with a fault of its own loses nothing', async () => {
    hand.answers = () => {
      throw new Error('a fault');
    };
    await put('one', 'a');
    await until(async () => (await rowOf('a')).last_error === 'a fault');
    hand.answers = () => ({ delivery: 'done' });
    store.clock.advance(2000);
    await until(async () => (await state('a')) === 'done');
  });

  it('told to slow down, the lane rests that long; being turned away counts as no try', async () => {
    hand.answers = () => ({ delivery: 'paced', for_ms: 30_000 });
    await put('one', 'a', ['b', 9]);
    await until(async () => (await rowOf('b')).last_error === 'rate limited');
    expect((await rowOf('b')).attempts).toBe(0);
    hand.answers = () => ({ delivery: 'done' });
    store.clock.advance(29_999);
    await put('one', ['urgent', 10]);
    expect(hand.carried).toEqual(['b']);
    const told = store.clock.now() - 29_999;
    const sent: number[] = [];
    hand.answers = () => {
      sent.push(store.clock.now());
      return { delivery: 'done' };
    };
    await until(() => {
      store.clock.advance(50);
      return hand.carried.length === 4;
    });
    // From now on a gap is kept, and the highest still goes first.
    expect(hand.carried).toEqual(['b', 'urgent', 'b', 'a']);
    const gaps = [told, ...sent].slice(1).map((at, index) => at - ([told, ...sent][index] ?? 0));
    expect(gaps[0]).toBeGreaterThanOrEqual(30_000);
    expect(Math.min(...gaps.slice(1))).toBeGreaterThanOrEqual(1000);
  });

  it('a clock set back by an hour holds back nothing that was delayed', async () => {
    hand.answers = () => ({ delivery: 'later', error: 'the far side is away' });
    await put('one', 'row');
    await until(async () => (await rowOf('row')).lease === null && hand.carried.length === 1);
    store.clock.jump(-duration('1h'));
    hand.answers = () => ({ delivery: 'done' });
    await until(async () => {
      store.clock.advance(1000);
      return (await state('row')) === 'done';
    });
    expect(store.clock.now()).toBeLessThan((await rowOf('row')).created_at - duration('58m'));
  });

  it('is given up after its day, not before, and whoever minds is told once', async () => {
    hand.answers = () => ({ delivery: 'later', error: 'nobody home', in_ms: duration('8h') });
    await put('day', 'a');
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

  it('wanted once more while it was being carried: it goes again, as new', async () => {
    let left = 2;
    hand.answers = () => ({
      delivery: 'done',
      write: async () => (--left > 0 ? 'again' : undefined),
    });
    await put('one', 'a');
    await until(async () => (await state('a')) === 'done');
    expect(hand.carried).toEqual(['a', 'a']);
  });

  it('stopping waits for what is in flight, records it, and takes nothing more', async () => {
    const stuck = held();
    hand.answers = () => stuck.promise;
    await put('one', 'a', 'b');
    await until(() => hand.carried.length === 1);
    let stopped = false;
    const stopping = deliverer.stop().then(() => (stopped = true));
    await new Promise<void>((resolve) => void setImmediate(resolve));
    expect(stopped).toBe(false);
    stuck.resolve({ delivery: 'done' });
    await stopping;
    expect([await state('a'), await state('b')]).toEqual(['done', 'pending']);
    expect(hand.carried).toEqual(['a']);
  });

  it('what an earlier process held is free at the start, at once, and counted as tried', async () => {
    await deliverer.stop();
    await put('one', 'a');
    await store.commit((unit) => leaseRows(unit.db, 'one', 'a-process-that-died', unit.now, 1));
    const attempts: number[] = [];
    hand.answers = (row) => {
      attempts.push(row.attempts);
      return { delivery: 'done' };
    };
    await deliverer.start();
    await until(async () => (await state('a')) === 'done');
    expect(attempts).toEqual([2]);
  });

  it('a lane that nobody carries keeps its rows', async () => {
    await put('unheard-of', 'a');
    await put('one', 'b');
    await until(async () => (await state('b')) === 'done');
    expect(await state('a')).toBe('pending');
  });
});
