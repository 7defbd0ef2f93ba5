/** Prometheus metrics: what an operator's alert needs first. Read when asked for; labels are bounded. */
import { Gauge, Registry } from 'prom-client';
import { outboxDepth } from './store/outbox.ts';
import { openByStatus } from './store/items.ts';
import type { World } from './world.ts';

/** Returns the way to read them. */
export function createMetrics(world: World): () => Promise<{ type: string; text: string }> {
  const registry = new Registry();
  const registers = [registry];
  new Gauge({
    name: 'hitl_items_waiting',
    help: 'Items that wait for a person, by status',
    labelNames: ['status'],
    registers,
    async collect() {
      this.reset();
      for (const { status, count } of await openByStatus(world.db)) this.set({ status }, count);
    },
  });
  // Each gauge looks for itself: prom-client reads them beside each other, not in order.
  new Gauge({
    name: 'hitl_outbox_oldest_seconds',
    help: 'Age of the oldest effect that waits to be carried out',
    registers,
    async collect() {
      const { oldest } = await outboxDepth(world.db);
      this.set(oldest === null ? 0 : (world.clock.now() - oldest) / 1000);
    },
  });
  new Gauge({
    name: 'hitl_outbox_pending',
    help: 'Effects that wait to be carried out',
    registers,
    async collect() {
      this.set((await outboxDepth(world.db)).pending);
    },
  });
  return async () => ({ type: registry.contentType, text: await registry.metrics() });
}
