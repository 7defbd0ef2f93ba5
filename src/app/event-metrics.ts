/**
 * Counters and histograms of what happens, read from the audit log when somebody asks: nothing on the way of an item knows
 * of them. They count from the start of the process, as Prometheus expects. Labels are enums.
 */
import { Counter, Histogram, type Registry } from 'prom-client';
import { OUTCOMES } from '../domain/item.ts';
import { auditHead } from '../store/audit-log.ts';
import { entriesAfter, type NewEntry } from '../store/metric-rows.ts';
import type { World } from '../world/world.ts';

const PAGE = 500;
const MINUTE_S = 60;
const HOUR_S = 3600;
const BUCKETS_S = [
  5,
  15,
  30,
  MINUTE_S,
  2 * MINUTE_S,
  5 * MINUTE_S,
  10 * MINUTE_S,
  30 * MINUTE_S,
  HOUR_S,
  4 * HOUR_S,
  24 * HOUR_S,
];

/** Reads what has happened since it was called last. One reading at a time. */
export function eventMetrics(world: World, registry: Registry): () => Promise<void> {
  const registers = [registry];
  const accepted = new Counter({
    name: 'hitl_items_accepted_total',
    help: 'Items taken in, by where they came from and what the policy made of them',
    labelNames: ['source', 'route'],
    registers,
  });
  const decided = new Counter({
    name: 'hitl_decisions_total',
    help: 'Items that ended, by outcome and who ended them',
    labelNames: ['outcome', 'by'],
    registers,
  });
  const inTime = new Counter({
    name: 'hitl_sla_total',
    help: 'Items asked of people that ended: within their deadline, or not',
    labelNames: ['in_time'],
    registers,
  });
  const toDecide = new Histogram({
    name: 'hitl_decide_seconds',
    help: 'From being taken in until a person decided',
    labelNames: ['level'],
    buckets: BUCKETS_S,
    registers,
  });
  const toClaim = new Histogram({
    name: 'hitl_claim_seconds',
    help: 'From being taken in until somebody claimed it',
    labelNames: ['level'],
    buckets: BUCKETS_S,
    registers,
  });
  const unread = new Counter({
    name: 'hitl_raw_payloads_total',
    help: 'Payloads that were no item',
    registers,
  });

  function count(entry: NewEntry): void {
    const { facts } = JSON.parse(entry.entry_json) as { facts: Record<string, unknown> };
    const level = levelOf(entry.level);
    const waited_s = entry.requested_at === null ? 0 : (entry.at - entry.requested_at) / 1000;
    switch (entry.event) {
      case 'item.accepted':
        return accepted.inc({
          source: oneOf(['queue', 'http', 'slack'], facts.source),
          route: oneOf(['ask', 'let_through', 'refuse'], facts.route),
        });
      case 'item.claimed':
        return toClaim.observe({ level }, waited_s);
      case 'item.decided': {
        const by = oneOf(['human', 'policy', 'ladder', 'producer', 'reuse'], facts.by);
        const outcome = oneOf(OUTCOMES, facts.outcome);
        decided.inc({ outcome, by });
        if (by === 'human') toDecide.observe({ level }, waited_s);
        if (by === 'human' || outcome === 'expired') {
          const late = entry.due_at !== null && entry.at > entry.due_at;
          inTime.inc({ in_time: String(outcome !== 'expired' && !late) });
        }
        return;
      }
      case 'raw.kept':
        return unread.inc();
      default:
        return;
    }
  }

  let after: Promise<number> = auditHead(world.db).then((head) => head.seq);
  const read = async (from: number): Promise<number> => {
    let last = from;
    for (;;) {
      const page = await entriesAfter(world.db, last, PAGE);
      for (const entry of page) count(entry);
      last = page.at(-1)?.seq ?? last;
      if (page.length < PAGE) return last;
      // What waits, a click above all, comes first.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return async () => {
    const before = after;
    // Whatever becomes of this reading, the next begins where it ended.
    after = before.then((from) => read(from).catch(() => from));
    await after;
  };
}

const levelOf = (level: number | null): string => oneOf(['1', '2', '3'], String(level));

/** A label is one of these, or `other`: what others write makes no new series. */
const oneOf = (known: readonly string[], value: unknown): string =>
  typeof value === 'string' && known.includes(value) ? value : 'other';
