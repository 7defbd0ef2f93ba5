/** Results, to the queue of decisions: one job each, whose id is the decision's. */
import type { Queue } from 'bullmq';
import { DECISIONS_QUEUE } from '../domain/reply-queue.ts';
import { resultOf } from '../domain/item-status.ts';
import type { Result } from '../domain/wire.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { Db } from '../store/database.ts';
import type { OutboxRow } from '../outbox/outbox-table.ts';
import { loadDecision } from '../store/decisions.ts';
import { loadItem } from '../store/items.ts';
import { reading } from '../store/prepared.ts';
import type { World } from '../world/world.ts';

/** The result that a row speaks of, or null where its item is gone. */
export async function resultFor(db: Db, row: OutboxRow): Promise<Result | null> {
  if (row.item_id === null) return null;
  const record = await loadItem(db, row.item_id);
  const decision = await loadDecision(db, row.item_id);
  return record && decision && resultOf(record, decision);
}

export interface ResultsOut {
  /** The queue of that name. */
  named(name: string): Pick<Queue, 'addBulk'>;
  /** How long a result that nobody takes stays there, ms. */
  keep_ms: number;
}

/** Longest wait between tries: a producer is waiting. */
const AGAIN_MS = 2000;

/** Puts each on the queue that its item named, else on the default one. What became of each, in the order of the rows. */
export async function publishResults(
  world: World,
  out: ResultsOut | null,
  rows: OutboxRow[],
): Promise<Delivery[]> {
  // With the embedded queue nobody could take them: they are had by GET and by webhook.
  if (out === null) return rows.map(() => ({ delivery: 'done' }));
  const queueOf = ({ effect }: OutboxRow) =>
    (effect.effect === 'result' ? effect.to : undefined) ?? DECISIONS_QUEUE;
  const became = new Map<OutboxRow, Delivery>();
  for (const name of new Set(rows.map(queueOf))) {
    const its = rows.filter((row) => queueOf(row) === name);
    const deliveries = await publishTo(world, out, name, its);
    for (const [at, delivery] of deliveries.entries()) {
      const row = its[at];
      if (row) became.set(row, delivery);
    }
  }
  return rows.map((row) => became.get(row) ?? { delivery: 'failed', error: 'not a result' });
}

/**
 * Adds them all at once; each alone where that fails, so that one which the queue does not take holds up no other. A job
 * that is there already stays as it is: the same id is the same result.
 */
async function publishTo(
  world: World,
  out: ResultsOut,
  name: string,
  rows: OutboxRow[],
): Promise<Delivery[]> {
  const results = await reading(world.db, (db) =>
    Promise.all(rows.map((row) => resultFor(db, row))),
  );
  const jobs = results.flatMap((result) =>
    result === null
      ? []
      : [
          {
            name: result.outcome,
            data: result,
            opts: {
              jobId: result.decision_id,
              timestamp: world.clock.now(),
              // The record has it for good; what was taken need not stay.
              removeOnComplete: true,
              removeOnFail: { age: Math.ceil(out.keep_ms / 1000) },
            },
          },
        ],
  );
  try {
    await out.named(name).addBulk(jobs);
  } catch (error) {
    if (rows.length > 1)
      return (await Promise.all(rows.map((row) => publishTo(world, out, name, [row])))).flat();
    const words = error instanceof Error ? error.message : 'the queue did not answer';
    return rows.map(() => ({ delivery: 'later', error: words, in_ms: AGAIN_MS }));
  }
  for (const result of results) {
    if (result)
      world.log.info(
        { item_id: result.item_id, decision_id: result.decision_id, outcome: result.outcome },
        'result on the queue',
      );
  }
  return results.map((result) =>
    result === null ? { delivery: 'failed', error: 'its item is gone' } : { delivery: 'done' },
  );
}
