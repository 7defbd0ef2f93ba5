// What people meet while an item climbs its ladder: pages, lines in its thread, forms, and who is on call. Pure.
import type { CardInput } from '../../../blocks/card-input.ts';
import { digestCard, type DigestInput } from '../../../blocks/digest-card.ts';
import { itemCard } from '../../../blocks/item-card.ts';
import {
  infoAskedLine,
  infoGivenLine,
  infoRequestedMessage,
  reassignedLine,
  resumedLine,
  snoozedLine,
} from '../../../blocks/ladder-lines.ts';
import {
  escalateModal,
  giveInfoModal,
  needInfoModal,
  reassignModal,
  snoozeModal,
} from '../../../blocks/ladder-modals.ts';
import { onCallCalendar } from '../../../blocks/on-call-calendar.ts';
import { onCallMessage, overriddenMessage, overrideLine } from '../../../blocks/on-call.ts';
import { pageCard } from '../../../blocks/page-card.ts';
import { nobodyLine, pageLine, passedLine, type PageLine } from '../../../blocks/page-line.ts';
import { gapLine, handoffLine } from '../../../blocks/shift-lines.ts';
import {
  GOOD,
  NOW,
  approval,
  billing,
  decided,
  decisionOf,
  open,
  record,
} from '../../../test/blocks/fixtures.ts';
import { hostile } from '../../../test/blocks/hard-items.ts';
import { entryOf } from './entry-of.ts';
import type { GalleryEntry } from './entry.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const permalink = 'https://acme.slack.com/archives/C0BILLING/p1763719200000000';
const info = {
  asked_by: 'U0ALICE',
  question: 'Which of the two invoices was paid?',
  answer: null,
  answered_by: null,
};
const given = { ...info, answer: 'The second: 1183.', answered_by: 'U0DAVE' };

/** The card itself on its way up, and while its clocks stand still. */
function cardEntries(): GalleryEntry[] {
  const ladder = {
    people: ['U0ALICE', 'U0BOB'],
    usergroups: ['S0BILLING'],
    claim_by: NOW + 10 * MINUTE,
    climbed: true,
  };
  const card = (title: string, more: Partial<CardInput>) =>
    entryOf(
      'Cards: on the ladder',
      title,
      'message',
      itemCard({ ...open(approval, { level: 2 }), ladder, ...more }),
    );
  return [
    card('level 2', {}),
    card('snoozed', { waits: { kind: 'snooze', by: 'U0BOB', until: NOW + HOUR } }),
    card('waits for an answer', {
      waits: { kind: 'info', by: 'U0ALICE', until: NOW + 24 * HOUR },
      info: [info],
    }),
    card('told what was asked', { info: [given] }),
    card('expired, and asked again', {
      ...decided(approval, decisionOf('expired')),
      ladder: null,
      reopened: { as: { item_id: 'order-4711-2', by: 'U0BOB' }, from: null },
    }),
  ];
}

/** The page in a DM, and what its thread says on the way up. */
function pageEntries(): GalleryEntry[] {
  const page = (title: string, input: Parameters<typeof pageCard>[0]) =>
    entryOf('Pages', title, 'message', pageCard(input));
  const called = { ...open(approval), person: 'U0BOB', standing: 'called' as const, permalink };
  const line = (title: string, more: Partial<PageLine>) =>
    entryOf(
      'Lines of the ladder',
      title,
      'message',
      pageLine({
        domain: billing,
        level: 2,
        because: 'undecided',
        by: null,
        reason: null,
        stage: null,
        people: ['U0BOB'],
        usergroups: [],
        pagerduty: [],
        skipped: [],
        missed: [],
        held: 0,
        released: null,
        claim_by: NOW + 10 * MINUTE,
        decide_by: NOW + HOUR,
        ...more,
      }),
    );
  const thread = (title: string, message: { text: string; blocks: unknown[] }) =>
    entryOf('Lines of the ladder', title, 'message', message);
  return [
    page('a page', called),
    page('a page of something hostile', { ...called, ...open(hostile('approval')) }),
    page('a page that was passed on', { ...called, standing: 'passed' }),
    page('a page of something that went on', { ...called, standing: 'over' }),
    page('a page of what is decided', { ...called, ...decided(approval, decisionOf('approved')) }),
    line('nobody decided', {}),
    line('nobody took it', { because: 'unclaimed' }),
    line('escalated, with a reason', {
      because: 'escalated',
      by: 'U0ALICE',
      reason: 'The contract is above my limit.',
    }),
    line('a level without anybody', { skipped: [2], level: 3, usergroups: ['S0COMPL'] }),
    line('somebody who sleeps', { held: 1 }),
    line('a claim that ran out', { released: 'U0ALICE' }),
    line('after an outage', { because: 'again', missed: [1, 2], level: 3 }),
    line('the next stage', { because: 'stage', stage: 'compliance', claim_by: null }),
    thread('nobody at all', nobodyLine({ domain: billing })),
    thread('passed on', passedLine({ by: 'U0BOB', people: ['U0CAROL'] })),
    thread(
      'given to somebody else',
      reassignedLine({ by: 'U0ALICE', user: 'U0BOB', words: 'You know the contract.' }),
    ),
    thread('snoozed', snoozedLine({ by: 'U0ALICE', until: NOW + HOUR })),
    thread(
      'back from a snooze',
      resumedLine({ by: 'U0ALICE', waited_for: 'snooze', due_at: NOW + HOUR }),
    ),
    thread('asked back', infoAskedLine(info)),
    thread('answered', infoGivenLine(given)),
    thread(
      'asked of the requester',
      infoRequestedMessage({
        item_id: approval.id,
        title: approval.title,
        domain: 'Billing',
        request: info,
      }),
    ),
  ];
}

function formEntries(): GalleryEntry[] {
  const form = (title: string, view: Parameters<typeof entryOf>[3]) =>
    entryOf('Windows of the ladder', title, 'modal', view);
  const input = open(approval);
  return [
    form('escalate', escalateModal(input)),
    form('reassign', reassignModal(input)),
    form(
      'snooze',
      snoozeModal(input, [
        { value: '15m', words: '15 minutes', until: NOW + 15 * MINUTE },
        { value: '1h', words: '1 hour', until: NOW + HOUR },
      ]),
    ),
    form('no time to snooze', snoozeModal(input, [])),
    form('need info', needInfoModal(input)),
    form('answer to what was asked back', giveInfoModal(input, info.question)),
    form(
      'two weeks on call',
      onCallCalendar({
        rotation: 'billing-primary',
        domains: ['Billing'],
        timezone: 'Europe/Berlin',
        gone: new Set(['U0CAROL']),
        days: ['Sat 21 Nov', 'Sun 22 Nov', 'Mon 23 Nov'].map((day, at) => ({
          day,
          parts: [
            { from: '00:00', until: '09:00', users: [], why: 'outside_hours' as const },
            {
              from: '09:00',
              until: '18:00',
              users: [at === 1 ? 'U0CAROL' : 'U0ALICE'],
              why: at === 2 ? ('override' as const) : ('shift' as const),
            },
          ],
        })),
      }),
    ),
  ];
}

function onCallEntries(): GalleryEntry[] {
  const say = (title: string, message: { text: string; blocks: unknown[] }) =>
    entryOf('On call', title, 'message', message);
  const override = {
    id: 'o1',
    rotation: 'billing-primary',
    slack_user: 'U0BOB',
    starts_at: NOW + HOUR,
    ends_at: NOW + 5 * HOUR,
    made_by: 'U0BOSS',
  };
  const rotation = {
    rotation: 'billing-primary',
    domains: ['Billing'],
    users: ['U0ALICE'],
    why: 'shift' as const,
    until: NOW + 48 * HOUR,
    next: { at: NOW + 48 * HOUR, users: ['U0BOB'] },
    overrides: [override],
    may_take: true,
  };
  const handoff = {
    rotation: 'billing-primary',
    domains: ['Billing'],
    others: ['U0BOB'],
    until: NOW + 48 * HOUR,
    items: [],
    total: 0,
  };
  return [
    say(
      'who has it',
      onCallMessage(
        [
          rotation,
          { ...rotation, rotation: 'nights', users: [], why: 'outside_hours', next: null },
        ],
        'Europe/Berlin',
      ),
    ),
    say(
      'an override',
      overriddenMessage(override, { instead_of: ['U0ALICE'], beyond_hours: true }),
    ),
    say('put on call', overrideLine(override, 'U0BOB')),
    say('time taken', overrideLine(override, 'U0ALICE')),
    say('a handoff, in', handoffLine({ ...handoff, side: 'in' })),
    say('a handoff, out', handoffLine({ ...handoff, side: 'out' })),
    say(
      'a gap ahead',
      gapLine({
        rotation: 'billing-primary',
        domains: ['Billing'],
        from: NOW + HOUR,
        until: NOW + 9 * HOUR,
        users: ['U0CAROL'],
        now: NOW,
      }),
    ),
  ];
}

/** The one card for all that wait behind the open cards of their domain. */
function digestEntries(): GalleryEntry[] {
  const waiting: NonNullable<DigestInput['waiting']> = {
    count: 14,
    oldest: NOW - 20 * MINUTE,
    first_due: NOW - 5 * MINUTE,
    next: [
      record(approval, { due_at: NOW + 10 * MINUTE }),
      record(GOOD.question, { due_at: NOW + 40 * MINUTE }),
      record(GOOD.review, { due_at: NOW - 5 * MINUTE }),
    ],
    people: ['U0ALICE'],
    usergroups: [],
    quiet: 0,
    nobody: false,
  };
  const digest = (title: string, more: Partial<DigestInput>) =>
    entryOf(
      'Digest cards',
      title,
      'message',
      digestCard({
        domain: billing,
        now: NOW,
        waiting,
        open_limit: 5,
        expired: 0,
        moved: null,
        ...more,
      }),
    );
  return [
    digest('fourteen wait behind', {}),
    digest('one waits, and whoever is on call sleeps', {
      waiting: {
        ...waiting,
        count: 1,
        oldest: NOW,
        next: waiting.next.slice(0, 1),
        people: [],
        quiet: 1,
      },
    }),
    digest('titles of hostile items', {
      waiting: {
        ...waiting,
        next: Array.from({ length: 5 }, () => record(hostile('approval'))),
        usergroups: ['S0BILLING'],
      },
    }),
    digest('nobody is on call', { waiting: { ...waiting, people: [], nobody: true }, expired: 2 }),
    digest('nothing waits any more', { waiting: null }),
    digest('nothing waits any more, and some expired', { waiting: null, expired: 2 }),
    digest('told of further down', { moved: { permalink } }),
  ];
}

export const ladderEntries = (): GalleryEntry[] => [
  ...digestEntries(),
  ...cardEntries(),
  ...pageEntries(),
  ...formEntries(),
  ...onCallEntries(),
];
