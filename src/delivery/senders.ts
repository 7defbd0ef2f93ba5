/** What sends the rows of each kind of lane, and how. */
import { writeJson } from '../domain/exact-json.ts';
import { webhookGivenUp } from '../domain/operator-reports.ts';
import type { WebClient } from '@slack/web-api';
import { rfc3339 } from '../domain/clock.ts';
import type { LaneKind } from '../domain/lane.ts';
import type { Sending } from './deliver.ts';
import type { Delivery } from '../outbox/delivery.ts';
import {
  sendPagerdutyEvents,
  pagerdutyGivenUp,
  type PagerdutyKeys,
} from '../http/pagerduty-events.ts';
import { sendWebhook } from '../http/send-webhook.ts';
import { LONGEST_ASKED_MS } from '../outbox/pace.ts';
import { publishResults, resultFor, type ResultsOut } from '../queue/publish-results.ts';
import { report } from '../outbox/operator-notices.ts';
import { sendSlack } from '../slack/send-slack.ts';
import { infoRequestsOf } from '../store/info-requests.ts';
import { loadItem } from '../store/items.ts';
import { publishHome, type HomeParts } from '../slack/publish-home.ts';
import type { Unit } from '../store/commit.ts';
import type { OutboxRow } from '../outbox/outbox-table.ts';
import type { World } from '../world/world.ts';

export interface Targets {
  slack: WebClient;
  results: ResultsOut | null;
  webhooks: { secret: string | undefined; allow: readonly string[] };
  homes: HomeParts;
  pagerduty: PagerdutyKeys;
}

const GIVEN_UP_AFTER_MS = 24 * 3_600_000;

export function createSenders(world: World, targets: Targets): Record<LaneKind, Sending> {
  const slack = (rows: OutboxRow[]): Promise<Delivery[]> => sendSlack(world, targets.slack, rows);
  return {
    // One at a time keeps a channel's posts in order, and its pace.
    post: { send: slack, batch: 1, concurrency: 1 },
    edit: { send: slack, batch: 1, concurrency: 2 },
    notes: { send: slack, batch: 1, concurrency: 4 },
    usergroup: { send: slack, batch: 1, concurrency: 1 },
    people: { send: slack, batch: 1, concurrency: 1 },
    home: {
      send: (rows) => Promise.all(rows.map((row) => sendHome(world, targets, row))),
      batch: 1,
      concurrency: 1,
    },
    // One at a time: each is held whole before it goes.
    files: { send: slack, batch: 1, concurrency: 1 },
    results: {
      send: (rows) => publishResults(world, targets.results, rows),
      batch: 200,
      concurrency: 1,
    },
    // One at a time: an alert and its end keep their order.
    pagerduty: {
      send: (rows) =>
        Promise.all(rows.map((row) => sendPagerdutyEvents(world, targets.pagerduty, row))),
      batch: 1,
      concurrency: 1,
      give_up_after_ms: GIVEN_UP_AFTER_MS,
      onGivenUp: (unit, row, error) => pagerdutyGivenUp(world, unit, row, error),
    },
    webhook: {
      send: (rows) => Promise.all(rows.map((row) => sendWebhookRow(world, targets.webhooks, row))),
      batch: 1,
      concurrency: 4,
      longest_asked_ms: LONGEST_ASKED_MS,
      give_up_after_ms: GIVEN_UP_AFTER_MS,
      onGivenUp: (unit, row, error) => webhookLost(world, unit, row, { error, gone: false }),
    },
  };
}

/** Nobody took it for a day, or its receiver is gone: it ends here, and the operators are told. */
async function webhookLost(
  world: World,
  unit: Unit,
  row: OutboxRow,
  { error, gone }: { error: string; gone: boolean },
): Promise<void> {
  world.log.error(
    { item_id: row.item_id, error, attempts: row.attempts },
    gone ? 'webhook given up: its receiver is gone' : 'webhook given up after a day',
  );
  const { item_id } = row;
  if (item_id === null) throw new Error(`webhook ${row.id} is of no item`);
  await unit.audit({
    event: 'webhook.given_up',
    item_id,
    facts: { attempts: row.attempts, outbox_id: row.id, gone: gone || undefined },
  });
  const words = webhookGivenUp({
    what: row.effect.effect === 'webhook' ? 'result' : 'question',
    item_id,
    where: 'url' in row.effect ? new URL(row.effect.url).host : 'its receiver',
    tries: row.attempts,
    since: rfc3339(row.first_attempt_at ?? row.created_at),
    gone,
  });
  await report(world, unit, words);
}

const sendHome = (world: World, targets: Targets, { effect }: OutboxRow): Promise<Delivery> =>
  effect.effect === 'home'
    ? publishHome(world, targets.slack, targets.homes, effect.user)
    : Promise.resolve({ delivery: 'failed', error: 'not a Home' });

async function sendWebhookRow(
  world: World,
  rules: Targets['webhooks'],
  row: OutboxRow,
): Promise<Delivery> {
  const { effect } = row;
  if (effect.effect !== 'webhook' && effect.effect !== 'info_webhook')
    return { delivery: 'failed', error: 'not a webhook' };
  if (rules.secret === undefined)
    return { delivery: 'later', error: 'HITL_WEBHOOK_SECRET is not set' };
  const data =
    effect.effect === 'webhook'
      ? await resultFor(world.db, row)
      : await askedBack(world, row.item_id, effect.info_id);
  if (!data) return { delivery: 'failed', error: 'its item is gone' };
  const body = writeJson({
    type: effect.effect === 'webhook' ? 'item.decided' : 'item.info_requested',
    timestamp: rfc3339(row.created_at),
    data,
  });
  const delivery = await sendWebhook(
    { id: row.id, url: effect.url, body, at: world.clock.now() },
    { secret: rules.secret, allow: rules.allow },
  );
  if (delivery.delivery === 'done')
    world.log.info(
      { item_id: row.item_id, webhook_id: row.id, attempts: row.attempts },
      'webhook delivered',
    );
  // Only a receiver that is gone ends it at once.
  if (delivery.delivery === 'failed') {
    const { error } = delivery;
    return { ...delivery, write: (unit) => webhookLost(world, unit, row, { error, gone: true }) };
  }
  return delivery;
}

/** What an expert wants to know, as the producer hears it. */
async function askedBack(
  world: World,
  item_id: string | null,
  info_id: string,
): Promise<object | null> {
  const record = item_id === null ? null : await loadItem(world.db, item_id);
  if (!record) return null;
  const asked = (await infoRequestsOf(world.db, record.id)).find((one) => one.id === info_id);
  return asked
    ? {
        info_id,
        item_id: record.id,
        run_id: record.item?.run_id,
        state: record.item?.state,
        question: asked.question,
        asked_by: { slack_user: asked.asked_by },
        asked_at: rfc3339(asked.asked_at),
      }
    : null;
}
