/**
 * Empties the outbox: takes rows under a lease, has them carried out, and records what became of each. Lanes run beside
 * each other, so that nothing waits behind another's trouble; within a lane the highest impact goes first. What an
 * effect does, and how its far side fails, is its carrier's to know.
 */
import type { Carrier, Delivery } from '../outbox/delivery.ts';
import type { EpochMs } from '../domain/clock.ts';
import type { Unit } from '../store/commit.ts';
import {
  delayEffect,
  endEffect,
  hurryDelayed,
  leaseRows,
  nextInLane,
  pendingLanes,
  pruneOutbox,
  renewEffect,
  turnedAway,
  voidLeases,
  type OutboxRow,
} from '../outbox/outbox-table.ts';
import { backoff, createPace, LONGEST_RETRY_MS, type Pace } from '../outbox/pace.ts';
import type { World } from '../world/world.ts';

/** How a kind of lane is run: so many rows at once, in so many hands. */
export interface LaneKind {
  carrier: Carrier;
  batch: number;
  hands: number;
  /** How long its far side may ask to be left alone (`at_least_ms`); absent: no longer than any retry waits. */
  longest_asked_ms?: number;
  /** After how long without success a row is given up; absent: never. */
  give_up_after_ms?: number;
  /** What is told, and to whom, when a row is given up. */
  onGivenUp?: (unit: Unit, row: OutboxRow, error: string) => Promise<void>;
}

export interface Deliverer {
  /** Something may be waiting in these lanes. */
  wake(lanes: Iterable<string>): void;
  /** Frees what an earlier process held, and starts. */
  start(): Promise<void>;
  /** Takes nothing more; resolves when what is in flight has ended. */
  stop(): Promise<void>;
}

interface Lane {
  name: string;
  kind: LaneKind;
  pace: Pace;
  hands: number;
  /** Calls off the wake-up that is set. */
  timer: (() => void) | null;
  timerAt: EpochMs;
}

/** A lane whose wake-up was lost to a fault is found again by this. */
const RESCAN_MS = 30_000;
const KEEP_DONE_MS = 24 * 3_600_000;
/** No row is ever delayed further than this, with a minute for clocks that are corrected, unless its far side may ask for it. */
const FURTHEST_RETRY_MS = LONGEST_RETRY_MS + 60_000;

/** @param kinds by the lane's name up to its first colon */
export function createDeliverer(
  world: World,
  lease: string,
  kinds: Record<string, LaneKind>,
): Deliverer {
  const lanes = new Map<string, Lane>();
  const asked = Object.entries(kinds).flatMap(([kind, { longest_asked_ms }]) =>
    longest_asked_ms === undefined ? [] : [{ kind, further_ms: longest_asked_ms }],
  );
  const inFlight = new Set<Promise<void>>();
  let stopped = true;
  let rescan: (() => void) | null = null;
  let scanning: Promise<void> = Promise.resolve();

  function laneOf(name: string): Lane | null {
    const known = lanes.get(name);
    if (known) return known;
    const kind = kinds[name.split(':', 1)[0] ?? ''];
    if (!kind) {
      world.log.error({ lane: name }, 'nothing carries this lane: its effects wait');
      return null;
    }
    const lane: Lane = { name, kind, pace: createPace(), hands: 0, timer: null, timerAt: Infinity };
    lanes.set(name, lane);
    return lane;
  }

  function wakeLane(lane: Lane): void {
    const now = world.clock.now();
    const ready = lane.pace.readyAt(now);
    if (ready > now) return wakeAt(lane, ready);
    // A hand may let go before it ever waits: each free one is set to work once.
    const free = stopped ? 0 : lane.kind.hands - lane.hands;
    for (let at = 0; at < free; at += 1) {
      lane.hands += 1;
      const hand = runHand(lane)
        .catch((error: unknown) => {
          world.log.error(
            { err: error, lane: lane.name },
            'the outbox could not be read or written; trying again',
          );
          wakeAt(lane, world.clock.now() + 1000);
        })
        .finally(() => inFlight.delete(hand));
      inFlight.add(hand);
    }
  }

  function wakeAt(lane: Lane, time: EpochMs): void {
    if (stopped || (lane.timer !== null && lane.timerAt <= time)) return;
    lane.timer?.();
    lane.timerAt = time;
    lane.timer = world.clock.at(time, () => {
      lane.timer = null;
      lane.timerAt = Infinity;
      wakeLane(lane);
    });
  }

  async function runHand(lane: Lane): Promise<void> {
    let held = true;
    const letGo = () => {
      if (held) lane.hands -= 1;
      held = false;
    };
    try {
      while (!stopped) {
        const now = world.clock.now();
        const ready = lane.pace.readyAt(now);
        if (ready > now) return wakeAt(lane, ready);
        const rows = await world.commit((unit) =>
          leaseRows(unit.db, lane.name, lease, unit.now, lane.kind.batch),
        );
        if (rows.length === 0) {
          // Let go first: a row that comes in from here on finds a free hand.
          letGo();
          const next = await nextInLane(world.db, lane.name);
          if (next !== null) return wakeAt(lane, next);
          lane.pace.forget();
          // A lane is a name and a pace: one with neither work nor memory is made again when it is needed.
          if (lane.hands === 0 && lane.timer === null) lanes.delete(lane.name);
          return;
        }
        await carry(lane, rows);
      }
    } finally {
      letGo();
    }
  }

  async function carry(lane: Lane, rows: OutboxRow[]): Promise<void> {
    let deliveries: Delivery[];
    try {
      deliveries = await lane.kind.carrier(rows);
    } catch (error) {
      // A carrier that throws has a fault of its own: its rows wait rather than being lost.
      world.log.error({ err: error, lane: lane.name }, 'unexpected delivery error; retrying');
      deliveries = rows.map(() => ({
        delivery: 'later',
        error: error instanceof Error ? error.message : 'unknown',
      }));
    }
    await world.commit(async (unit) => {
      for (const [at, row] of rows.entries()) {
        await record(
          lane,
          unit,
          row,
          deliveries[at] ?? { delivery: 'later', error: 'the carrier said nothing of it' },
        );
      }
    });
    lane.pace.sent(world.clock.now());
  }

  async function record(lane: Lane, unit: Unit, row: OutboxRow, delivery: Delivery): Promise<void> {
    const { kind } = lane;
    switch (delivery.delivery) {
      case 'done': {
        const word = await delivery.write?.(unit);
        if (!word) return endEffect(unit.db, row.id, unit.now, { state: 'done' });
        return renewEffect(unit.db, row.id, unit.now + (word === 'again' ? 0 : word.again_in_ms));
      }
      case 'failed':
        await endEffect(unit.db, row.id, unit.now, { state: 'failed', error: delivery.error });
        world.log.error(
          {
            item_id: row.item_id,
            effect: row.effect.effect,
            lane: lane.name,
            error: delivery.error,
          },
          'given up',
        );
        return delivery.write?.(unit);
      case 'paced':
        lane.pace.told(unit.now, delivery.for_ms);
        world.log.warn({ lane: lane.name, for_ms: delivery.for_ms }, 'asked to slow down');
        return turnedAway(unit.db, row.id);
      case 'later': {
        const since = row.first_attempt_at ?? unit.now;
        if (kind.give_up_after_ms !== undefined && unit.now - since >= kind.give_up_after_ms) {
          await endEffect(unit.db, row.id, unit.now, { state: 'failed', error: delivery.error });
          return kind.onGivenUp?.(unit, row, delivery.error);
        }
        const wait = delivery.in_ms ?? Math.max(backoff(row.attempts), delivery.at_least_ms ?? 0);
        world.log.warn(
          {
            item_id: row.item_id,
            effect: row.effect.effect,
            lane: lane.name,
            attempt: row.attempts,
            again_in_ms: wait,
            error: delivery.error,
          },
          'not delivered yet',
        );
        return delayEffect(unit.db, row.id, unit.now + wait, delivery.error);
      }
      default:
        return delivery satisfies never;
    }
  }

  async function scan(): Promise<void> {
    try {
      // A clock that was set back leaves what it delayed in the far future.
      await world.commit((unit) =>
        hurryDelayed(unit.db, unit.now, unit.now + FURTHEST_RETRY_MS, asked),
      );
      for (const { lane: name, not_before } of await pendingLanes(world.db)) {
        const lane = laneOf(name);
        if (lane) wakeAt(lane, not_before);
      }
      await world.commit((unit) => pruneOutbox(unit.db, unit.now - KEEP_DONE_MS));
    } catch (error) {
      world.log.error({ err: error }, 'the outbox could not be scanned; trying again');
    }
    if (!stopped) rescan = world.clock.at(world.clock.now() + RESCAN_MS, scanNow);
  }

  function scanNow(): void {
    scanning = scan();
  }

  return {
    wake(names) {
      if (stopped) return;
      for (const name of names) {
        const lane = laneOf(name);
        if (lane) wakeLane(lane);
      }
    },
    async start() {
      const freed = await world.commit((unit) => voidLeases(unit.db));
      if (freed > 0)
        world.log.info({ freed }, 'effects that an earlier process held are free again');
      stopped = false;
      scanNow();
      await scanning;
    },
    async stop() {
      stopped = true;
      rescan?.();
      await scanning;
      for (const lane of lanes.values()) lane.timer?.();
      await Promise.allSettled(inFlight);
    },
  };
}
