/** Says a line in a thread, a channel or a DM, once; the words are drawn from how things stand when it is said. */
import type { WebClient } from '@slack/web-api';
import { withinLimits } from '../../blocks/text/limits.ts';
import type { Message } from '../../blocks/text/message.ts';
import {
  infoAskedLine,
  infoGivenLine,
  infoRequestedMessage,
  reassignedLine,
  resumedLine,
  snoozedLine,
  wokeLine,
} from '../../blocks/messages/ladder-lines.ts';
import { seenItem } from '../../blocks/cards/seen-item.ts';
import {
  nobodyLine,
  overdueLine,
  pageLine,
  passedLine,
  ranOutLine,
} from '../../blocks/messages/page-line.ts';
import {
  answerLine,
  answerMessage,
  reminderLine,
  reportLine,
} from '../../blocks/messages/thread-lines.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { say } from '../outbox/enqueue.ts';
import { called, calledServices, shownItem, type ShownItem } from '../items/shown-item.ts';
import { loadCard } from '../store/cards.ts';
import type { Unit } from '../store/commit.ts';
import { loadItem } from '../store/items.ts';
import type { OutboxRow } from '../outbox/outbox-table.ts';
import type { Effect, Line } from '../outbox/effects.ts';
import { pagesOfItem, threadPageSent } from '../store/pages.ts';
import { rungsOfItem } from '../store/rungs.ts';
import type { World } from '../world/world.ts';
import { postOnce } from './post-once.ts';
import { isShiftLine, shiftMessage } from './shift-messages.ts';
import { BLOCKS_REFUSED, CHANNEL_CLOSED, slackTrouble } from './slack-error.ts';
import { passing, refusedForNow } from './undelivered.ts';

type Say = Extract<Effect, { effect: 'say' }>;

export async function postThreadMessage(
  world: World,
  web: WebClient,
  row: OutboxRow,
  effect: Say,
): Promise<Delivery> {
  const message = await drawnLine(world, row.item_id, effect);
  if (message === null) return { delivery: 'done' };
  const place = await placeOf(world, effect);
  if (place === 'not_yet')
    return { delivery: 'later', error: 'its card is not posted yet', in_ms: 1000 };
  try {
    await postOnce(web, {
      outbox_id: row.id,
      ...place,
      message: withinLimits('message', message),
      tried_before: row.attempts > 1 ? row.first_attempt_at : null,
    });
    return { delivery: 'done', write: (unit) => recordSaid(unit, row, effect.what) };
  } catch (error) {
    const trouble = slackTrouble(error);
    if (trouble.trouble !== 'refused') return passing(trouble);
    return CHANNEL_CLOSED.has(trouble.error) ||
      trouble.error === 'thread_not_found' ||
      BLOCKS_REFUSED.has(trouble.error)
      ? lineElsewhere(world, row, effect, trouble.error)
      : refusedForNow(trouble.error);
  }
}

/** An answer that cannot be said in its thread reaches the person who asked in a DM; another line is let go, and said so. */
function lineElsewhere(world: World, row: OutboxRow, effect: Say, error: string): Delivery {
  return {
    delivery: 'failed',
    error,
    write: async (unit) => {
      const record = row.item_id === null ? null : await loadItem(unit.db, row.item_id);
      const person = record?.requester_slack_user;
      if (effect.what.line !== 'answer' || effect.address.to === 'user' || !record || !person)
        return;
      await say(world, unit, record, { to: 'user', user: person }, effect.what);
    },
  };
}

/** A line that calls people is their page. */
async function recordSaid(unit: Unit, row: OutboxRow, what: Line): Promise<void> {
  if (what.line !== 'paged' || row.item_id === null) return;
  await threadPageSent(unit.db, { item_id: row.item_id, rung: what.rung, sent_at: unit.now });
}

async function placeOf(
  world: World,
  effect: Say,
): Promise<{ channel: string; thread_ts: string | null } | 'not_yet'> {
  const { address } = effect;
  switch (address.to) {
    case 'card': {
      const card = await loadCard(world.db, address.card_id);
      return card?.ts ? { channel: card.channel, thread_ts: card.ts } : 'not_yet';
    }
    case 'thread':
      return { channel: address.channel, thread_ts: address.thread_ts };
    case 'channel':
      return { channel: address.channel, thread_ts: null };
    case 'user':
      return { channel: address.user, thread_ts: null };
    default:
      return address satisfies never;
  }
}

/** The line's words as things now stand; null where there is nothing left to say. */
async function drawnLine(
  world: World,
  item_id: string | null,
  { what, address }: Pick<Say, 'what' | 'address'>,
): Promise<Message | null> {
  if (what.line === 'report') return reportLine(what.words);
  if (isShiftLine(what)) return shiftMessage(world, address, what);
  const shown = item_id === null ? null : await shownItem(world, item_id);
  if (!shown) return null;
  const { record, domain, decision, now } = shown;
  switch (what.line) {
    case 'reminder':
      return record.status === 'decided'
        ? null
        : reminderLine({ record, domain, due_at: what.due_at, now });
    case 'paged':
      return record.status === 'decided' ? null : drawnPage(world, shown, what);
    case 'passed':
      return record.status === 'decided'
        ? null
        : passedLine({
            by: what.by,
            people: shown.ladder?.people ?? [],
            usergroups: shown.ladder?.usergroups ?? [],
          });
    case 'woke':
      return record.status === 'decided' ? null : wokeLine({ ...what, due_at: record.due_at });
    case 'reassigned':
      return record.status === 'decided'
        ? null
        : reassignedLine({ ...what, woken: what.woken === true, due_at: record.due_at });
    case 'snoozed':
      return record.status === 'decided' ? null : snoozedLine(what);
    case 'resumed':
      return record.status === 'decided' ? null : resumedLine({ ...what, due_at: record.due_at });
    case 'info_requested':
    case 'info_asked':
    case 'info_given':
      return drawnInfo(shown, what);
    case 'nobody':
      return record.status === 'decided' ? null : nobodyLine({ domain });
    case 'overdue':
      return record.status === 'decided' ? null : overdueLine({ domain, released: what.released });
    case 'ran_out':
      return ranOutLine(what);
    case 'answer':
      if (!decision) return null;
      return (address.to === 'user' ? answerMessage : answerLine)({ record, domain, decision });
    default:
      return what satisfies never;
  }
}

/** A page that was overtaken by the next one is not said any more. */
async function drawnPage(
  world: World,
  { record, domain }: ShownItem,
  what: Extract<Line, { line: 'paged' }>,
): Promise<Message | null> {
  const rungs = await rungsOfItem(world.db, record.id);
  const rung = rungs.find((one) => one.number === what.rung && one.state === 'paged');
  if (!rung) return null;
  const levels = (numbers: number[]) =>
    rungs.filter((one) => numbers.includes(one.number)).map((one) => one.level);
  const pages = await pagesOfItem(world.db, record.id);
  return pageLine({
    domain,
    ...called(pages, rung.number),
    pagerduty: calledServices(pages, rung.number),
    level: rung.level,
    stage: record.several?.stages[record.several.stage]?.name ?? null,
    claim_by: record.claimed_by === null ? rung.claim_by : null,
    decide_by: rung.decide_by,
    because: what.because,
    by: what.by,
    reason: what.reason,
    held: what.held,
    released: what.released,
    skipped: levels(what.skipped),
    missed: levels(what.missed),
  });
}

/** What an expert asked back: where it was asked for, in the card's thread, or with its answer. */
function drawnInfo(
  { record, domain, info }: ShownItem,
  what: Extract<Line, { info_id: string }>,
): Message | null {
  const request = info.find((one) => one.id === what.info_id);
  if (!request) return null;
  switch (what.line) {
    case 'info_asked':
      return infoAskedLine(request);
    case 'info_given':
      return infoGivenLine(request);
    case 'info_requested':
      return record.status === 'decided'
        ? null
        : infoRequestedMessage({
            item_id: record.id,
            title: seenItem(record)?.title ?? `Item ${record.id}`,
            domain: domain.title,
            request,
          });
    default:
      return what.line satisfies never;
  }
}
