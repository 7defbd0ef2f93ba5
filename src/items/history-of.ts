/** What happened to an item, in words, for whoever looks at it in Slack. */
import type {
  CameForward,
  DeadlineMoved,
  ItemEventName,
  ReadEvent,
  ReadFacts,
  Turned,
} from '../domain/audit-event.ts';
import { mentioned, named, quoted } from '../domain/in-sentence.ts';
import type { EpochMs } from '../domain/clock.ts';
import type { ItemRecord } from '../domain/decision.ts';
import type { FeedbackVerdict } from '../domain/feedback.ts';
import type { Hold } from '../world/holds.ts';
import type { Outcome } from '../domain/item.ts';
import type { Verdict } from '../domain/lifecycle.ts';
import { auditOfItem } from '../store/audit-log.ts';
import type { PagedBecause } from '../domain/page-reason.ts';
import type { World } from '../world/world.ts';
import type { Route } from '../../policies/policy.ts';

/** What happened to an item, in words, oldest first, each with the number of its entry in the log. */
export async function historyOf(
  world: Pick<World, 'db'>,
  id: string,
): Promise<{ seq: number; at: EpochMs; words: string }[]> {
  const entries = await auditOfItem(world.db, id);
  const blind =
    entries.some((one) => one.event === 'item.accepted' && one.facts.blind === true) &&
    !entries.some((one) => one.event === 'item.decided');
  return entries.map((entry) => ({
    seq: entry.seq,
    at: entry.at,
    words: eventWords(entry, blind),
  }));
}

/** @param blind what people say is not to be told yet */
export function eventWords(entry: ReadEvent<ItemEventName>, blind: boolean): string {
  const { slack_user } = entry.facts as { slack_user?: unknown };
  const who = typeof slack_user === 'string' ? mentioned(slack_user) : '';
  switch (entry.event) {
    case 'item.accepted':
      return acceptedWords(entry.facts);
    case 'item.claimed':
      return `Claimed by ${who}`;
    case 'item.released':
      return entry.facts.because === 'overdue'
        ? `Released: the time of ${who} was over`
        : `Released by ${who}`;
    case 'item.reminded':
      return 'A reminder went into the card’s thread';
    case 'item.paged':
      return pagedWords(entry.facts);
    case 'item.reassigned':
      return `Given to ${mentioned(String(entry.facts.to))} by ${who}`;
    case 'item.snoozed':
      return `Snoozed by ${who}`;
    case 'item.info_requested':
      return `${who} asked back`;
    case 'item.info_given':
      return who === ''
        ? 'The producer answered what was asked back'
        : `${who} answered what was asked back`;
    case 'item.reopened':
      return `Re-opened by ${who}, as ${quoted(String(entry.facts.as))}`;
    case 'item.came_forward':
      return `Its card was shown: ${forwardWords(entry.facts, who)}`;
    case 'item.woke':
      return `Paged ${who}: their quiet hours were over`;
    case 'item.passed':
      return `Passed on by ${who}`;
    case 'item.nobody':
      return 'There was nobody to page';
    case 'item.overdue':
      return 'Nobody decided in time; it still waits';
    case 'item.deadline_moved':
      return known(MOVED, entry.facts.because) ?? 'Its clock was set anew';
    case 'item.decided':
      return decidedWords(String(entry.facts.outcome), who);
    case 'item.opined':
      return opinedWords(who, entry.facts, blind);
    case 'item.turned':
      return known(TURNED, entry.facts.because) ?? 'It turned to other people';
    case 'item.compared':
      return `${who} found the AI’s answer ${entry.facts.compared === 'same' ? 'the same' : 'different'}`;
    case 'item.erased':
      return entry.facts.cause === 'retention'
        ? 'Its texts were erased: they had been kept as long as the policy says'
        : 'Its texts were erased, because somebody asked for it';
    case 'item.feedback':
      return `${wordFor(TURNED_OUT, entry.facts.verdict)}, as ${named(String(entry.facts.source))} told`;
    case 'item.fallback_withheld':
      return 'The advice to approve it was withheld: letting-through was held back at that time';
    case 'item.froze_similar':
      return 'Similar items are no longer let through: it was called a policy violation';
    case 'item.freeze_confirmed':
      return `${who} confirmed that similar items stay frozen`;
    case 'item.freeze_lifted':
      return `${who} lifted the freeze of similar items`;
    case 'webhook.given_up':
      return entry.facts.gone === true
        ? 'The result could not be delivered to the callback address: its receiver is gone (410)'
        : 'The result could not be delivered to the callback address: given up after a day';
    default:
      // An event of another release is told by its name.
      return named((entry satisfies never as { event: string }).event);
  }
}

function opinedWords(who: string, { word }: ReadFacts<'item.opined'>, blind: boolean): string {
  if (word === 'own_words') return `${who} said what they would say, before seeing the AI’s words`;
  if (word === 'send_back') return `${who} sent it back`;
  return blind ? `${who} answered` : `${who} ${wordFor(SAID, word)}`;
}

const SAID: Record<Verdict['word'], string> = {
  approve: 'said yes',
  edit: 'edited it and said yes',
  reject: 'said no',
  answer: 'gave an answer',
  prefer: 'made a choice',
};

const MOVED: Record<DeadlineMoved, string> = {
  card_not_posted: 'Its clock started again: the card had not been posted',
  snoozed: 'Its clocks stand still',
  info_requested: 'Its clocks stand still until that is answered',
  resumed: 'Its clocks go on',
  nobody_to_page: 'Its clock stopped',
};

const TURNED: Record<Turned, string> = {
  stage: 'It went on to the next stage',
  sent_back: 'It went back to the stage before',
  apart: 'Those asked could not agree any more: the next rung decides',
};

const FORWARD: Record<CameForward, (who: string) => string> = {
  room: () => 'there was room for it',
  wanted: (who) => `${who} asked for the next`,
  taken_up: (who) => `${who} took it up while it waited behind others`,
  climbed: () => 'it had waited behind others long enough',
};

const forwardWords = ({ because }: ReadFacts<'item.came_forward'>, who: string): string =>
  (known(FORWARD, because) ?? FORWARD.room)(who);

/** "Paged <@U…> and <!subteam^S…>, level 2: nobody had claimed it in time" */
function pagedWords(facts: ReadFacts<'item.paged'>): string {
  const ids = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  const called = [
    ...ids(facts.people).map(mentioned),
    ...ids(facts.usergroups).map((id) => `<!subteam^${id}>`),
    ...ids(facts.pagerduty).map((key) => `PagerDuty (${named(key)})`),
  ];
  const level = facts.level === undefined ? '' : `, level ${named(String(facts.level))}`;
  const why = wordFor(WHY_PAGED, facts.because);
  if (facts.behind === true) return `Waits behind other cards${level}`;
  return `Paged ${called.length === 0 ? 'the channel' : called.join(', ')}${level}${facts.because === undefined || why === '' ? '' : `: ${why}`}`;
}

const WHY_PAGED: Record<PagedBecause, string> = {
  asked: 'those before could not be paged',
  unclaimed: 'nobody had claimed it in time',
  undecided: 'nobody had decided in time',
  passed: 'it was passed on',
  escalated: 'it was escalated',
  unreachable: 'Slack could not reach those before',
  again: 'somebody can be paged again',
  stage: 'the next stage',
  sent_back: 'it was sent back',
  apart: 'those asked could not agree',
};

const CAME_IN: Record<ItemRecord['source'], string> = {
  queue: 'from the queue',
  http: 'over HTTP',
  slack: 'from Slack',
  pager: 'from the pager itself',
};
const HELD: Record<Hold['hold'], string> = {
  pause: 'but letting-through was paused',
  freeze: 'but items like it were frozen',
};
const DID: Record<Route['type'], string> = {
  ask: 'asked a person',
  let_through: 'let it through',
  refuse: 'refused it',
};

/** "Came in over HTTP; the rule “unsure” asked a person" */
function acceptedWords(facts: ReadFacts<'item.accepted'>): string {
  const { source, rule, route } = facts;
  // Of a blind one nothing may say that the AI was sure enough to be let through.
  if (facts.check_of !== undefined && facts.blind === undefined)
    return `Asked as a check of ${quoted(String(facts.check_of))}, which the rule “${named(String(rule))}” had let through`;
  const came = `Came in ${wordFor(CAME_IN, source)}`;
  if (facts.held !== undefined && facts.blind === undefined)
    return `${came}; the rule “${named(String(rule))}” would have let it through, ${wordFor(HELD, facts.held)}, so a person was asked`;
  const checked = facts.checked_by === undefined ? '' : ' and asked a person to check it';
  const behind = facts.behind === undefined ? '' : '; it waits behind the cards that are open';
  const did = `${wordFor(DID, route)}${checked}${behind}`;
  // The rule's name where none held, and the policy's last word was taken.
  return rule === 'otherwise'
    ? `${came}; no rule held, so the policy ${did}`
    : `${came}; the rule “${named(String(rule))}” ${did}`;
}

const ENDED: Record<Outcome, string> = {
  approved: 'Approved',
  edited: 'Edited and approved',
  answered: 'Answered',
  rejected: 'Rejected',
  preferred: 'Preference given',
  expired: 'Expired: nobody decided in time',
  cancelled: 'Cancelled: the AI took it back',
  auto_approved: 'Let through by the policy',
  auto_rejected: 'Refused by the policy',
  auto_answered: 'Answered from an earlier decision',
};

const TURNED_OUT: Record<FeedbackVerdict, string> = {
  right: 'Turned out to be right',
  wrong: 'Turned out to be wrong',
  reversed: 'Reversed later',
  complaint: 'A complaint came',
};

/** @param who a mention; empty where no person ended it */
const decidedWords = (outcome: string, who: string): string =>
  `${wordFor(ENDED, outcome)}${who === '' ? '' : ` by ${who}`}`;

/** A code of the log in words; one that is not known as it stands. */
const wordFor = (words: Record<string, string>, code: unknown): string =>
  known(words, code) ?? named(String(code)).replaceAll('_', ' ');

const known = <T>(words: Record<string, T>, code: unknown): T | undefined =>
  Object.hasOwn(words, String(code)) ? words[String(code)] : undefined;
