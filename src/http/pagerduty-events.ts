/** Carries what PagerDuty is told of an item: an alert by a rung, that somebody has it, and its end. Drawn as things stand when its turn comes. */
import { pagerdutyLost } from '../domain/operator-reports.ts';
import { decidingCard } from '../outbox/deciding-card.ts';
import { seenItem } from '../../blocks/cards/seen-item.ts';
import { hidesField } from '../domain/redact.ts';
import { domainOf } from '../../policies/domain-of.ts';
import { rfc3339 } from '../domain/clock.ts';
import type { ItemRecord } from '../domain/decision.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { messageLink } from '../items/message-link.ts';
import { nobodyLeft } from '../ladder/nobody-left.ts';
import { dedupKey, pagerdutyTarget } from '../paging/pagerduty-alert.ts';
import { notifyOperatorsOnce } from '../outbox/operator-notices.ts';
import type { Unit } from '../store/commit.ts';
import { loadItem } from '../store/items.ts';
import type { OutboxRow } from '../outbox/outbox-table.ts';
import type { Effect } from '../outbox/effects.ts';
import { pagesOfItem, servicePageEnded } from '../store/pages.ts';
import { forgetReported } from '../store/operator-notices.ts';
import type { World } from '../world/world.ts';
import { sendPagerduty, type PagerdutyEvent } from './send-pagerduty.ts';

export interface PagerdutyKeys {
  url: string;
  /** Routing keys by the names that the policy calls them. */
  keys: ReadonlyMap<string, string>;
}

type Told = Extract<Effect, { effect: 'pagerduty' }>;

/** A card that is on its way is waited for this many tries, a second each: a page without a link is better than none. */
const LINK_TRIES = 3;

export async function sendPagerdutyEvents(
  world: World,
  { url, keys }: PagerdutyKeys,
  row: OutboxRow,
): Promise<Delivery> {
  const { effect } = row;
  if (effect.effect !== 'pagerduty') return { delivery: 'failed', error: 'not for PagerDuty' };
  const record = row.item_id === null ? null : await loadItem(world.db, row.item_id);
  if (!record) return { delivery: 'failed', error: 'its item is gone' };
  // Ended meanwhile: an alert that comes after its end would stay for good.
  if (effect.action === 'trigger' && record.status === 'decided') return { delivery: 'done' };
  if (effect.action === 'acknowledge') {
    if (record.status !== 'claimed') return { delivery: 'done' };
    const pages = (await pagesOfItem(world.db, record.id)).filter(
      (page) => page.target === pagerdutyTarget(effect.key),
    );
    // An alert that is not raised yet would be raised afterwards, and call somebody.
    if (pages.some((page) => page.state === 'wanted'))
      return { delivery: 'later', error: 'its alert is not raised yet', in_ms: 1000 };
    if (!pages.some((page) => page.state === 'sent')) return { delivery: 'done' };
  }
  const routing_key = keys.get(effect.key);
  if (routing_key === undefined)
    return refused(world, record, effect, 'HITL_PAGERDUTY_KEYS has no key of that name any more');
  const card = await cardLink(world, record);
  if (effect.action === 'trigger' && card === null && row.attempts <= LINK_TRIES)
    return { delivery: 'later', error: 'its card is not posted yet', in_ms: 1000 };
  const sent = await sendPagerduty(
    { url, routing_key },
    await eventOf(world, row, effect, record, card),
  );
  if (sent.sent) return { delivery: 'done', write: (unit) => taken(world, unit, record, effect) };
  if (sent.refused !== null)
    return refused(world, record, effect, `PagerDuty answers ${sent.refused}`);
  return sent.in_ms === null
    ? { delivery: 'later', error: sent.error }
    : { delivery: 'paced', for_ms: sent.in_ms };
}

/** What is told, and done, when PagerDuty could not be reached for too long. */
export async function pagerdutyGivenUp(
  world: World,
  unit: Unit,
  row: OutboxRow,
  error: string,
): Promise<void> {
  const record = row.item_id === null ? null : await loadItem(unit.db, row.item_id);
  if (record && row.effect.effect === 'pagerduty')
    await lost(world, unit, record, row.effect, error);
}

async function eventOf(
  world: World,
  row: OutboxRow,
  effect: Told,
  record: ItemRecord,
  card: string | null,
): Promise<PagerdutyEvent> {
  const dedup_key = await dedupKey(world.db, record.id);
  if (effect.action !== 'trigger') return { event_action: effect.action, dedup_key };
  const domain = domainOf(world.policy(), record.domain);
  const title = seenItem(record)?.title ?? `Item ${record.id}`;
  return {
    event_action: 'trigger',
    dedup_key,
    client: 'HITL Pager',
    ...(card === null
      ? {}
      : { client_url: card, links: [{ href: card, text: 'The card in Slack' }] }),
    payload: {
      summary: [...`${domain.title} needs a decision: ${title}`].slice(0, 1000).join(''),
      source: 'hitl-pager',
      severity: severityOf(record.impact),
      timestamp: rfc3339(row.created_at),
      component: domain.id,
      class: record.kind,
      custom_details: {
        item_id: record.id,
        level: record.level,
        ...(record.item && hidesField(record.item, 'impact') ? {} : { impact: record.impact }),
        ...(record.due_at === null ? {} : { due_at: rfc3339(record.due_at) }),
      },
    },
  };
}

/** PagerDuty's four words for an impact of 0 to 10. */
function severityOf(impact: number): 'critical' | 'error' | 'warning' | 'info' {
  if (impact >= 8) return 'critical';
  if (impact >= 5) return 'error';
  return impact >= 3 ? 'warning' : 'info';
}

async function cardLink(world: World, record: ItemRecord): Promise<string | null> {
  const card = await decidingCard(world, world.db, record);
  return card?.ts ? messageLink(world, card.channel, card.ts) : null;
}

async function taken(world: World, unit: Unit, record: ItemRecord, effect: Told): Promise<void> {
  await forgetReported(unit.db, troubleOf(effect.key));
  if (effect.action === 'trigger')
    await servicePageEnded(unit.db, {
      item_id: record.id,
      rung: effect.rung,
      target: pagerdutyTarget(effect.key),
      sent_at: unit.now,
    });
  world.log.info(
    { item_id: record.id, key: effect.key, action: effect.action },
    'PagerDuty was told',
  );
}

const refused = (world: World, record: ItemRecord, effect: Told, why: string): Delivery => ({
  delivery: 'failed',
  error: why,
  write: (unit) => lost(world, unit, record, effect, why),
});

/** The page is nobody's: where it was the only one of its rung, the item goes on. The operators are told until it works again, once. */
async function lost(
  world: World,
  unit: Unit,
  record: ItemRecord,
  effect: Told,
  why: string,
): Promise<void> {
  if (effect.action === 'trigger') {
    await servicePageEnded(unit.db, {
      item_id: record.id,
      rung: effect.rung,
      target: pagerdutyTarget(effect.key),
      sent_at: null,
    });
    await nobodyLeft(world, unit, record.id);
  }
  await notifyOperatorsOnce(
    world,
    unit,
    troubleOf(effect.key),
    Infinity,
    pagerdutyLost({ action: effect.action, key: effect.key, item_id: record.id, why }),
  );
}

const troubleOf = (key: string): string => `pagerduty:${key}`;
