// What several people meet who decide together or blind, and what managers are shown. Pure.
import { auditText } from '../../../blocks/audit-text.ts';
import { compareModal, ownWordsModal } from '../../../blocks/blind-modals.ts';
import type { CardInput } from '../../../blocks/card-input.ts';
import { endorseModal } from '../../../blocks/endorse-modal.ts';
import { freezesList } from '../../../blocks/freezes-list.ts';
import { homeView } from '../../../blocks/home.ts';
import { itemCard } from '../../../blocks/item-card.ts';
import { sendBackModal } from '../../../blocks/send-back-modal.ts';
import { statsMessage } from '../../../blocks/stats-message.ts';
import { draftModal, thresholdsMessage } from '../../../blocks/thresholds-message.ts';
import type { Opinion } from '../../../src/decision.ts';
import type { Several } from '../../../src/lifecycle.ts';
import { signaturesOf } from '../../../src/signatures.ts';
import {
  NOW,
  approval,
  decided,
  decisionOf,
  open,
  question,
  review,
} from '../../../test/blocks/fixtures.ts';
import { hostile } from '../../../test/blocks/hard-items.ts';
import { shownStats, shownThresholds } from '../../../test/blocks/stats-fixture.ts';
import { entryOf } from './entry-of.ts';
import type { GalleryEntry } from './entry.ts';

const MINUTE = 60_000;
const quorum: Several = {
  quorum: 2,
  stages: [],
  stage: 0,
  sent_back: [],
  from_rung: 1,
  singly: false,
};
const stages: Several = {
  ...quorum,
  quorum: 1,
  stages: [
    { name: 'review', by: 'group:billing-experts', level: 1, decide_within: null },
    { name: 'compliance', by: 'group:compliance', level: 3, decide_within: 24 * 60 * MINUTE },
  ],
  stage: 1,
};

const opinion = (more: Partial<Opinion>): Opinion => ({
  id: '0b0e3f0a-62f6-4c53-9d0c-6a1d6c1f5a11',
  item_id: approval.id,
  slack_user: 'U0BOB',
  name: 'Bob',
  level: 1,
  stage: 0,
  word: 'approve',
  error_tags: [],
  said_at: NOW - MINUTE,
  ...more,
});
const answered = opinion({
  item_id: question.id,
  word: 'answer',
  answer: 'Yes, if it was never activated.',
});
const edited = opinion({
  word: 'edit',
  edited: { customer: 88, amount: 200, iban: 'DE89 3704 0044 0532 0130 00' },
  rationale: 'Half of it was used.',
});

function togetherEntries(): GalleryEntry[] {
  const card = (title: string, input: CardInput) =>
    entryOf('Several people', title, 'message', itemCard(input));
  const form = (title: string, view: Parameters<typeof entryOf>[3]) =>
    entryOf('Several people: windows', title, 'modal', view);
  const asked: CardInput = { ...open(question, { several: quorum }), opinions: [answered] };
  const staged: CardInput = { ...open(approval, { several: stages }), opinions: [edited] };
  return [
    card('two of three, nobody yet', open(approval, { several: quorum })),
    card('two of three, one has', {
      ...open(approval, { several: quorum }),
      opinions: [opinion({})],
    }),
    card('two of three, an answer to agree with', asked),
    card('two of three, blind', {
      ...open(review, { several: quorum, blind: true }),
      opinions: [opinion({ item_id: review.id })],
    }),
    card('out of reach: decided singly', {
      ...open(approval, { several: { ...quorum, singly: true, from_rung: 2 } }),
      opinions: [opinion({}), opinion({ slack_user: 'U0CAROL', name: 'Carol', word: 'reject' })],
    }),
    card('the second stage, with an edit of the first', staged),
    card('sent back', {
      ...open(approval, { several: { ...stages, stage: 0, sent_back: [1] } }),
      opinions: [
        opinion({}),
        opinion({ slack_user: 'U0DAVE', stage: 1, word: 'send_back', rationale: 'Which invoice?' }),
      ],
    }),
    card('blind, and hostile', open(hostile('review'), { blind: true })),
    card('blind, decided and to be compared', {
      ...decided(question, decisionOf('answered', { answer: 'No.' }), { blind: true }),
    }),
    form(
      'say the same as somebody',
      endorseModal(
        asked,
        opinion({ slack_user: 'U0CAROL', name: 'Carol', word: 'answer', answer: 'No.' }),
        signaturesOf([answered], quorum),
      ),
    ),
    form('send back', sendBackModal(staged)),
    form('own words first', ownWordsModal(open(review, { blind: true }))),
    form('own words beside the AI’s', compareModal(open(review, { blind: true }), 'It is late.')),
  ];
}

function managerEntries(): GalleryEntry[] {
  const say = (title: string, message: { text: string; blocks: readonly unknown[] }) =>
    entryOf('For managers', title, 'message', message);
  const input = decided(approval, decisionOf('approved'));
  return [
    say('stats', statsMessage(shownStats())),
    say('stats, in blocks that every Slack takes', statsMessage(shownStats(), true)),
    say('thresholds', thresholdsMessage(shownThresholds())),
    entryOf('For managers', 'a drafted change', 'modal', draftModal('- 0.85\n+ 0.91')),
    say(
      'what is paused and frozen',
      freezesList({
        may_lift: true,
        pauses: [
          {
            domain: 'Billing',
            reason: 'A price list is wrong',
            paused_by: 'U0BOSS',
            paused_at: NOW,
          },
          { domain: null, reason: 'Overrides at 9% of 80', paused_by: null, paused_at: NOW },
        ],
        freezes: [
          {
            id: 'f1',
            title: approval.title,
            item_id: approval.id,
            domain: 'billing',
            action_name: 'refund',
            frozen_by: 'U0ALICE',
            frozen_at: NOW - MINUTE,
            confirmed_by: 'U0DAVE',
          },
        ],
      }),
    ),
    say('nothing paused', freezesList({ pauses: [], freezes: [], may_lift: false })),
    say(
      'the life of an item',
      auditText({
        record: input.record,
        decision: input.decision,
        digests: { text_digest: `sha256:${'2'.repeat(64)}`, card_digest: null },
        feedback: [],
        history: [
          { seq: 7, at: NOW - 4 * MINUTE, words: 'Asked in <#C0BILLING>' },
          { seq: 9, at: NOW, words: 'Approved by <@U0BOB>' },
        ],
        differences: [],
      }),
    ),
  ];
}

function homeEntries(): GalleryEntry[] {
  const waiting = [approval, question, review].map((item, at) => ({
    record: open(item, at === 1 ? { status: 'claimed', claimed_by: 'U0ALICE' } : {}).record,
    domain: 'Billing',
    permalink: 'https://acme.slack.com/archives/C0BILLING/p1763719200000000',
  }));
  const on_call = [
    {
      rotation: 'billing-primary',
      domains: ['Billing'],
      users: ['U0ALICE'],
      until: NOW + 9 * 60 * MINUTE,
    },
  ];
  const expert = {
    now: NOW,
    user: 'U0ALICE',
    decides: true,
    items: waiting,
    more: 2,
    on_call,
    next_shift: null,
    week: { outcomes: { approved: 20, edited: 3, answered: 6 }, median_ms: 95_000 },
    manager: null,
  };
  const domain = { domain: 'billing', title: 'Billing', total: 5, overdue: 1, paused: false };
  const home = (title: string, input: Parameters<typeof homeView>[0]) =>
    entryOf('Home', title, 'home', homeView(input));
  return [
    home('of an expert', expert),
    home('of somebody with nothing to do', { ...expert, items: [], more: 0, on_call: [] }),
    home('of somebody who decides nothing', { ...expert, decides: false, items: [], more: 0 }),
    home('of a manager', {
      ...expert,
      manager: {
        domains: [
          { ...domain, ages: [3, 1, 1, 0], in_time: 18, ended: 20 },
          {
            ...domain,
            domain: 'support',
            title: 'Support',
            overdue: 0,
            paused: true,
            ages: [5, 0, 0, 0],
            in_time: 9,
            ended: 9,
          },
        ],
        pauses: [{ domain: 'Support', reason: 'A new model', paused_by: 'U0BOSS', paused_at: NOW }],
        freezes: 1,
        on_call,
      },
    }),
  ];
}

export const peopleEntries = (): GalleryEntry[] => [
  ...togetherEntries(),
  ...managerEntries(),
  ...homeEntries(),
];
