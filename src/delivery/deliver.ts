/**
 * Empties the outbox: takes rows under a lease, has them carried out, and records what became of each. Lanes run beside
 * each other, so that nothing waits behind another's trouble; within a lane the highest impact goes first. What an
 * effect does, and how its receiver fails, is its sender's to know.
 */
import type { Delivery, Sender } from '../outbox/delivery.ts';
import { wait, type EpochMs } from '../domain/clock.ts';
import { diskTrouble } from '../domain/disk-trouble.ts';
import { rootWords } from '../domain/error-chain.ts';
import { readLane, type Lane, type LaneKind, type LaneName } from '../domain/lane.ts';
import {
  hurryDelayed,
  leaseRows,
  nextInLane,
  pendingLanes,
  pruneOutbox,
  voidLeases,
  type OutboxRow,
} from '../outbox/outbox-table.ts';
import { createPace, LONGEST_RETRY_MS, type Pace } from '../outbox/pace.ts';
import { createOutage } from '../world/outage.ts';
import type { World } from '../world/world.ts';
import { createDeliveryOutages } from './delivery-outages.ts';
import { recordDelivery, type RecordedLane } from './record-delivery.ts';

/** How the lanes of one kind are emptied. */
export type Sending = RecordedLane['sending'] & {
  send: Sender;
  /** So many rows at once, … */
  batch: number;
  /** … so many times beside each other in each lane. */
  concurrency: number;
  /** How long its receiver may ask to be left alone (`at_least_ms`); absent: no longer than any retry waits. */
  longest_asked_ms?: number;
};

export interface Deliverer {
  /** Something may be waiting in these lanes. */
  wake(lanes: Iterable<LaneName>): void;
  /** Frees what an earlier process held, and starts. */
  start(): Promise<void>;
  /** Takes nothing more; resolves when what is in flight has ended. */
  stop(): Promise<void>;
}

interface OpenLane {
  name: LaneName;
  sending: Sending;
  pace: Pace;
  /** How many workers empty it at the moment. */
  workers: number;
  /** Calls off the wake-up that is set. */
  timer: (() => void) | null;
  timerAt: EpochMs;
}

/** A lane whose wake-up was lost to a fault is found again by this. */
const RESCAN_MS = 30_000;
/** How often what was sent is written down again where the disk took it not. */
const UNWRITTEN_AGAIN_MS = 1000;
const KEEP_DONE_MS = 24 * 3_600_000;
/** No row is ever delayed further than this, with a minute for clocks that are corrected, unless its receiver may ask for it. */
const FURTHEST_RETRY_MS = LONGEST_RETRY_MS + 60_000;

/** A fault of ours is told with all that is known of it; the disk's is told where the disk is watched. */
const faultOf = (error: unknown) => (diskTrouble(error) === null ? { err: error } : {});

export function createDeliverer(
  world: World,
  lease: string,
  sendings: Record<LaneKind, Sending>,
): Deliverer {
  const lanes = new Map<LaneName, OpenLane>();
  const furthestRetry = (now: EpochMs, lane: Lane | null): EpochMs =>
    now + FURTHEST_RETRY_MS + (lane === null ? 0 : (sendings[lane.kind].longest_asked_ms ?? 0));
  const inFlight = new Set<Promise<void>>();
  let stopped = true;
  let rescan: (() => void) | null = null;
  let scanning: Promise<void> = Promise.resolve();
  const outages = createDeliveryOutages(world);
  const unwritten = createOutage(
    world,
    {
      away: 'the outbox could not be read or written; trying again',
      back: 'the outbox is read and written again',
    },
    'error',
  );
  const stopping = new AbortController();

  function laneOf(name: LaneName): OpenLane | null {
    const known = lanes.get(name);
    if (known) return known;
    const read = readLane(name);
    if (read === null) {
      world.log.error({ lane: name }, 'unknown lane: its effects wait');
      return null;
    }
    const lane: OpenLane = {
      name,
      sending: sendings[read.kind],
      pace: createPace(),
      workers: 0,
      timer: null,
      timerAt: Infinity,
    };
    lanes.set(name, lane);
    return lane;
  }

  function wakeLane(lane: OpenLane): void {
    const now = world.clock.now();
    const ready = lane.pace.readyAt(now);
    if (ready > now) return wakeAt(lane, ready);
    // A worker may end before it ever waits: each free one is started once.
    const free = stopped ? 0 : lane.sending.concurrency - lane.workers;
    for (let at = 0; at < free; at += 1) {
      lane.workers += 1;
      const worker = runWorker(lane)
        .catch((error: unknown) => {
          unwritten.met(rootWords(error), { ...faultOf(error), lane: lane.name });
          wakeAt(lane, world.clock.now() + 1000);
        })
        .finally(() => inFlight.delete(worker));
      inFlight.add(worker);
    }
  }

  function wakeAt(lane: OpenLane, time: EpochMs): void {
    if (stopped || (lane.timer !== null && lane.timerAt <= time)) return;
    lane.timer?.();
    lane.timerAt = time;
    lane.timer = world.clock.at(time, () => {
      lane.timer = null;
      lane.timerAt = Infinity;
      wakeLane(lane);
    });
  }

  async function runWorker(lane: OpenLane): Promise<void> {
    let counted = true;
    const leave = () => {
      if (counted) lane.workers -= 1;
      counted = false;
    };
    try {
      while (!stopped) {
        const now = world.clock.now();
        const ready = lane.pace.readyAt(now);
        if (ready > now) return wakeAt(lane, ready);
        const rows = await world.commit((unit) =>
          leaseRows(unit.db, lane.name, lease, unit.now, lane.sending.batch),
        );
        if (rows.length === 0) {
          // Leave first: a row that comes in from here on finds a free worker.
          leave();
          const next = await nextInLane(world.db, lane.name);
          if (next !== null) return wakeAt(lane, next);
          lane.pace.forget();
          // A lane is a name and a pace: one with neither work nor memory is made again when it is needed.
          if (lane.workers === 0 && lane.timer === null) lanes.delete(lane.name);
          return;
        }
        await sendRows(lane, rows);
      }
    } finally {
      leave();
    }
  }

  async function sendRows(lane: OpenLane, rows: OutboxRow[]): Promise<void> {
    let deliveries: Delivery[];
    try {
      deliveries = await lane.sending.send(rows);
    } catch (error) {
      // A sender that throws has a fault of its own: its rows wait rather than being lost.
      world.log.error(
        { ...faultOf(error), lane: lane.name },
        'unexpected delivery error; retrying',
      );
      deliveries = rows.map(() => ({
        delivery: 'later',
        error: error instanceof Error ? error.message : 'unknown',
      }));
    }
    await recorded(() =>
      world.commit(async (unit) => {
        for (const [at, row] of rows.entries()) {
          await recordDelivery(
            { world, outages },
            lane,
            unit,
            row,
            deliveries[at] ?? {
              delivery: 'later',
              error: 'its sender did not say what became of it',
            },
          );
        }
      }),
    );
    unwritten.over();
    lane.pace.sent(world.clock.now());
  }

  /** What was sent is known here alone: a disk that takes nothing is waited for, or it would be sent again. */
  async function recorded(write: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (stopped || diskTrouble(error) === null) throw error;
        unwritten.met(rootWords(error));
        await wait(world.clock, UNWRITTEN_AGAIN_MS, stopping.signal);
      }
    }
  }

  async function scan(): Promise<void> {
    try {
      // A clock that was set back leaves what it delayed in the far future.
      await world.commit((unit) =>
        hurryDelayed(unit.db, unit.now, furthestRetry(unit.now, null), (lane) =>
          furthestRetry(unit.now, lane),
        ),
      );
      for (const { lane: name, not_before } of await pendingLanes(world.db)) {
        const lane = laneOf(name);
        if (lane) wakeAt(lane, not_before);
      }
      await world.commit((unit) => pruneOutbox(unit.db, unit.now - KEEP_DONE_MS));
    } catch (error) {
      unwritten.met(rootWords(error), faultOf(error));
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
      stopping.abort();
      rescan?.();
      await scanning;
      for (const lane of lanes.values()) lane.timer?.();
      await Promise.allSettled(inFlight);
    },
  };
}
