/** Prometheus metrics: what an operator's alert needs first. Read when asked for; labels are bounded. */
import { Counter, Gauge, Registry } from 'prom-client';
import { eventMetrics } from './event-metrics.ts';
import { readLane } from '../domain/lane.ts';
import type { IntakeQuota } from '../intake/intake-quota.ts';
import type { SlackCalls } from '../slack/count-calls.ts';
import { behindByDomain } from '../store/backlog.ts';
import { openByStatus } from '../store/items.ts';
import { oldestDue, openItems, pendingByLane } from '../store/metric-rows.ts';
import type { World } from '../world/world.ts';

export interface MetricParts {
  calls: SlackCalls;
  /** Connected to Slack, and able to hear clicks. */
  connected(): boolean;
  /** Free bytes where HITL_DATA_DIR is, or null where they cannot be told. */
  freeBytes(): Promise<number | null>;
  limited: IntakeQuota['limited'];
}

/** Returns the way to read them. */
export function createMetrics(
  world: World,
  parts: MetricParts,
): () => Promise<{ type: string; text: string }> {
  const registry = new Registry();
  const registers = [registry];
  const { db, clock } = world;
  const age_s = (since: number): number => Math.max(0, (clock.now() - since) / 1000);
  new Gauge({
    name: 'hitl_items_waiting',
    help: 'Items that wait for a person, by status',
    labelNames: ['status'],
    registers,
    async collect() {
      this.reset();
      for (const { status, count } of await openByStatus(db)) this.set({ status }, count);
    },
  });
  new Gauge({
    name: 'hitl_items_behind',
    help: 'Items that wait behind the open cards of their domain, which shows as many as its open_limit',
    labelNames: ['domain'],
    registers,
    async collect() {
      this.reset();
      for (const { domain, count } of await behindByDomain(db)) this.set({ domain }, count);
    },
  });
  new Gauge({
    name: 'hitl_items_open',
    help: 'Items that wait for a person, by the level they have climbed to and how long they have waited',
    labelNames: ['level', 'age'],
    registers,
    async collect() {
      this.reset();
      for (const { level, requested_at } of await openItems(db))
        this.inc({
          level: String(Math.min(3, Math.max(1, level))),
          age: ageOf(age_s(requested_at)),
        });
    },
  });
  // Each gauge looks for itself: prom-client reads them beside each other, not in order.
  new Gauge({
    name: 'hitl_outbox_oldest_seconds',
    help: 'Age of the oldest effect that waits to be carried out',
    registers,
    async collect() {
      const lanes = await pendingByLane(db);
      this.set(Math.max(0, ...lanes.map((lane) => age_s(lane.oldest))));
    },
  });
  new Gauge({
    name: 'hitl_outbox_pending',
    help: 'Effects that wait to be carried out',
    registers,
    async collect() {
      const lanes = await pendingByLane(db);
      this.set(lanes.reduce((sum, lane) => sum + lane.pending, 0));
    },
  });
  new Gauge({
    name: 'hitl_outbox_lane_pending',
    help: 'The same by kind of lane: post, edit, notes, results, webhook, …',
    labelNames: ['lane'],
    registers,
    async collect() {
      this.reset();
      // A lane's own name holds a channel or a person: only its kind is a label.
      for (const { lane, pending } of await pendingByLane(db))
        this.inc({ lane: readLane(lane)?.kind ?? 'other' }, pending);
    },
  });
  new Gauge({
    name: 'hitl_sweep_lag_seconds',
    help: 'How long the oldest deadline that has come waits for the sweep',
    registers,
    async collect() {
      const oldest = await oldestDue(db, clock.now());
      this.set(oldest === null ? 0 : age_s(oldest));
    },
  });
  new Gauge({
    name: 'hitl_data_free_bytes',
    help: 'Free space on the disk that HITL_DATA_DIR is on',
    registers,
    async collect() {
      this.reset();
      const free = await parts.freeBytes();
      if (free !== null) this.set(free);
    },
  });
  new Gauge({
    name: 'hitl_slack_connected',
    help: '1 while clicks can be heard',
    registers,
    collect() {
      this.set(parts.connected() ? 1 : 0);
    },
  });
  new Counter({
    name: 'hitl_slack_calls_total',
    help: 'Calls of the Web API, by method and what came of them; rate_limited are the 429s',
    labelNames: ['method', 'result'],
    registers,
    collect() {
      this.reset();
      for (const { method, result, count } of parts.calls.counts())
        this.inc({ method, result }, count);
    },
  });
  new Counter({
    name: 'hitl_intake_limited_total',
    help: 'Items that `limits` in the policy turned away (429) or had wait on the queue, by producer',
    labelNames: ['producer'],
    registers,
    collect() {
      this.reset();
      for (const { producer, count } of parts.limited()) this.inc({ producer }, count);
    },
  });
  const readEvents = eventMetrics(world, registry);
  return async () => {
    await readEvents();
    return { type: registry.contentType, text: await registry.metrics() };
  };
}

const AGES: [upTo_s: number, name: string][] = [
  [3600, 'under_1h'],
  [4 * 3600, '1h_4h'],
  [24 * 3600, '4h_24h'],
];

const ageOf = (seconds: number): string => AGES.find(([upTo]) => seconds < upTo)?.[1] ?? 'over_24h';
