/** Which kind of lane is carried by what: the outbox's far ends, put together. */
import type { Queue } from 'bullmq';
import type { WebClient } from '@slack/web-api';
import { rfc3339 } from './clock.ts';
import type { Delivery, LaneKind } from './deliver.ts';
import { sendWebhook } from './http/send-webhook.ts';
import { publishResults, resultFor } from './queue/publish-results.ts';
import { report } from './report.ts';
import { carrySlack } from './slack/carry-slack.ts';
import type { OutboxRow } from './store/outbox.ts';
import type { World } from './world.ts';

export interface FarEnds {
  slack: WebClient;
  decisions: Queue;
  webhooks: { secret: string | undefined; allow: readonly string[] };
}

const WEBHOOK_GIVEN_UP_AFTER_MS = 24 * 3_600_000;

/** By the lane's name up to its first colon. */
export function laneKinds(world: World, ends: FarEnds): Record<string, LaneKind> {
  const slack = (rows: OutboxRow[]): Promise<Delivery[]> => carrySlack(world, ends.slack, rows);
  return {
    // One hand keeps a channel's posts in order, and its pace.
    post: { carrier: slack, batch: 1, hands: 1 },
    edit: { carrier: slack, batch: 1, hands: 2 },
    notes: { carrier: slack, batch: 1, hands: 4 },
    // One at a time: each is held whole before it goes.
    files: { carrier: slack, batch: 1, hands: 1 },
    results: {
      carrier: (rows) => publishResults(world, ends.decisions, rows),
      batch: 200,
      hands: 1,
    },
    webhook: {
      carrier: (rows) => Promise.all(rows.map((row) => carryWebhook(world, ends.webhooks, row))),
      batch: 1,
      hands: 4,
      give_up_after_ms: WEBHOOK_GIVEN_UP_AFTER_MS,
      onGivenUp: async (unit, row, error) => {
        world.log.error(
          { item_id: row.item_id, error, attempts: row.attempts },
          'webhook given up after a day',
        );
        await unit.audit({
          event: 'webhook.given_up',
          item_id: row.item_id,
          facts: { attempts: row.attempts, outbox_id: row.id },
        });
        const where = row.effect.effect === 'webhook' ? new URL(row.effect.url).host : row.lane;
        const words = `The result of item \`${row.item_id}\` could not be delivered to ${where}: ${row.attempts} tries since ${rfc3339(row.first_attempt_at ?? row.created_at)}. It is on the queue of decisions, and at \`GET /v1/items/:id\`.`;
        await report(world, unit, words);
      },
    },
  };
}

async function carryWebhook(
  world: World,
  rules: FarEnds['webhooks'],
  row: OutboxRow,
): Promise<Delivery> {
  if (row.effect.effect !== 'webhook') return { delivery: 'failed', error: 'not a webhook' };
  if (rules.secret === undefined)
    return { delivery: 'later', error: 'HITL_WEBHOOK_SECRET is not set' };
  const result = await resultFor(world.db, row);
  if (!result) return { delivery: 'failed', error: 'its item is gone' };
  const body = JSON.stringify({
    type: 'item.decided',
    timestamp: rfc3339(row.created_at),
    data: result,
  });
  const delivery = await sendWebhook(
    { id: row.id, url: row.effect.url, body, at: world.clock.now() },
    { secret: rules.secret, allow: rules.allow },
  );
  if (delivery.delivery === 'done')
    world.log.info(
      { item_id: row.item_id, webhook_id: row.id, attempts: row.attempts },
      'webhook delivered',
    );
  return delivery;
}
