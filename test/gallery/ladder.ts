// What people meet while an item climbs its ladder: pages, lines in its thread, forms, the calendar. Pure.
import type { CardInput } from '../../blocks/cards/card-input.ts';
import { itemCard } from '../../blocks/cards/item-card.ts';
import {
  infoAskedLine,
  infoGivenLine,
  infoRequestedMessage,
  reassignedLine,
  resumedLine,
  snoozedLine,
} from '../../blocks/messages/ladder-lines.ts';
import {
  escalateModal,
  giveInfoModal,
  needInfoModal,
  reassignModal,
  snoozeModal,
} from '../../blocks/modals/ladder-modals.ts';
import { onCallCalendar } from '../../blocks/modals/on-call-calendar.ts';
import { pageCard } from '../../blocks/cards/page-card.ts';
import {
  nobodyLine,
  overdueLine,
  pageLine,
  passedLine,
  ranOutLine,
  type PageLine,
} from '../../blocks/messages/page-line.ts';
import { ASKED } from '../../src/domain/page-reason.ts';
import { NOW, approval, billing, decided, decisionOf, open } from '../blocks/fixtures.ts';
import { HOSTILE, hostile } from '../blocks/hard-items.ts';
import { entryOf } from './entry-of.ts';
import type { GalleryEntry } from '../../simulator/web/gallery/entry.ts';

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
  const called = {
    ...open(approval),
    person: 'U0BOB',
    standing: 'called' as const,
    permalink,
    story: null,
  };
  const story = { ...ASKED, woke: false, before: 1 };
  const chosen = {
    ...story,
    because: 'given' as const,
    by: 'U0ALICE',
    reason: 'You know the contract.',
  };
  const escalated = {
    ...chosen,
    because: 'escalated' as const,
    reason: 'The contract is above my limit.',
  };
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
    page('a page of something hostile', {
      ...called,
      ...open(hostile('approval')),
      story: { ...escalated, reason: HOSTILE.join(' ') },
    }),
    page('a page from somebody', { ...called, story: chosen }),
    page('a page from somebody, while an answer is awaited', {
      ...called,
      story: chosen,
      waits: { kind: 'info', by: 'U0ALICE', until: NOW + 24 * HOUR },
    }),
    page('a page of something escalated', { ...called, story: escalated }),
    page('a page that nobody claimed before', {
      ...called,
      story: { ...story, because: 'unclaimed' },
    }),
    page('a page after an outage', {
      ...called,
      story: { ...story, because: 'undecided', missed: [2] },
    }),
    page('a page of somebody whose claim ran out', {
      ...called,
      story: { ...story, because: 'undecided', released: 'U0ALICE' },
    }),
    page('a page after quiet hours', { ...called, story: { ...escalated, woke: true } }),
    page('a page that was claimed', {
      ...called,
      ...open(approval, { status: 'claimed', claimed_by: 'U0BOB' }),
      story: chosen,
    }),
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
    thread('overdue without end', overdueLine({ domain: billing, released: 'U0ALICE' })),
    thread('a claim that expired', ranOutLine({ user: 'U0ALICE' })),
    thread('nobody at all', nobodyLine({ domain: billing })),
    thread(
      'passed on',
      passedLine({ by: 'U0BOB', people: ['U0CAROL'], usergroups: ['S0BILLING'] }),
    ),
    thread(
      'given to somebody else',
      reassignedLine({
        by: 'U0ALICE',
        user: 'U0BOB',
        words: 'You know the contract.',
        woken: false,
        due_at: NOW + HOUR,
      }),
    ),
    thread(
      'given to somebody else out of a snooze',
      reassignedLine({
        by: 'U0ALICE',
        user: 'U0BOB',
        words: null,
        woken: true,
        due_at: NOW + HOUR,
      }),
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

export const ladderEntries = (): GalleryEntry[] => [
  ...cardEntries(),
  ...pageEntries(),
  ...formEntries(),
];
