/**
 * What the pager answers and tells by itself, with the same hostile string in each place that is not its own: item ids,
 * titles, titles and names of domains, rotations, models, rules, what was typed. Nothing in it mentions or links.
 */
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditText } from '../../blocks/messages/audit-text.ts';
import { economicsBlocks } from '../../blocks/messages/economics-lines.ts';
import { freezesList } from '../../blocks/messages/freezes-list.ts';
import { helpText } from '../../blocks/messages/help.ts';
import {
  infoGivenLine,
  infoRequestedMessage,
  reassignedLine,
} from '../../blocks/messages/ladder-lines.ts';
import { refusalNote } from '../../blocks/messages/notes.ts';
import { onCallMessage } from '../../blocks/messages/on-call.ts';
import {
  overriddenMessage,
  overrideCancelledLine,
  overrideLine,
} from '../../blocks/messages/override-lines.ts';
import { nobodyLine, overdueLine, pageLine } from '../../blocks/messages/page-line.ts';
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import { queueList } from '../../blocks/messages/queue-list.ts';
import { rawNotice } from '../../blocks/messages/raw-notice.ts';
import { gapLine, handoffLine } from '../../blocks/messages/shift-lines.ts';
import { statsMessage } from '../../blocks/messages/stats-message.ts';
import { symptomWords } from '../../blocks/messages/symptom-words.ts';
import {
  answerLine,
  answerMessage,
  endLine,
  reminderLine,
} from '../../blocks/messages/thread-lines.ts';
import { thresholdsMessage } from '../../blocks/messages/thresholds-message.ts';
import { whyText } from '../../blocks/messages/why.ts';
import type { Message } from '../../blocks/text/message.ts';
import { noSuchDomain } from '../../handlers/commands/domain-name.ts';
import { namedRotations } from '../../handlers/commands/named-rotations.ts';
import type { Policy } from '../../policies/policy.ts';
import { ASKED } from '../../src/domain/page-reason.ts';
import { runs } from '../runs.ts';
import { alive, aliveIn, hostile } from './alive.ts';
import { NOW, approval, decided, decisionOf, open, question } from './fixtures.ts';
import { shownStats, shownThresholds } from './stats-fixture.ts';

const OWN = 'U0OWN';
/** Whatever a record holds that somebody else wrote; the second has lost its texts. */
const recordsOf = (x: string) => {
  const item = { ...approval, id: x, title: x, evidence: [], requester: { name: x } };
  const more = { rule: x, domain: x, why: [x], requester_slack_user: OWN };
  const ended = {
    ...decided(item, decisionOf('rejected', { rationale: x }), more),
    domain: { title: x },
  };
  const by = { type: 'human' as const, slack_user: OWN, name: x, level: 1 };
  const decision = decisionOf('rejected', { rationale: x, decided_by: by });
  return [
    { ...open(item, more), domain: { ...open(item).domain, title: x } },
    { ...ended, domain: { ...open(item).domain, title: x }, decision },
    { ...open(item, { ...more, item: null }), domain: { ...open(item).domain, title: x } },
  ];
};

const override = (x: string) => ({
  ...{ id: 'o', rotation: x, slack_user: OWN, made_by: 'W0OWN' },
  ...{ starts_at: NOW, ends_at: NOW + 1 },
});
const line = (x: string) => ({
  ...{ id: x, title: x, domain_title: x, due_at: NOW, status: 'open' as const },
  ...{ claimed_by: OWN, waits_for: x, permalink: null },
});
const info = (x: string, answer: string | null) => ({
  ...{ asked_by: OWN, question: x, asked_at: NOW },
  ...{ answer, answered_by: null, answered_at: answer === null ? null : NOW },
});
/** A policy of which only the titles matter here. */
const titled = (x: string): Policy =>
  ({
    domains: { billing: { id: 'billing', title: x, channel: 'C0OWN', deciders: [] } },
    rotations: {},
    ladders: {},
  }) as unknown as Policy;

/** By file of blocks/messages: what it says. A new file needs a row. */
const MESSAGES: { [file: string]: (x: string) => Message[] } = {
  'audit-text.ts': (x) =>
    recordsOf(x).map((input) =>
      auditText({
        ...input,
        digests: { text_digest: x, card_digest: x },
        feedback: [],
        history: [],
        differences: [x],
      }),
    ),
  'economics-lines.ts': (x) => [
    {
      text: '',
      blocks: economicsBlocks({
        costs: { currency: x, error: { per_point: 1 }, delay_hour: 1 },
        domains: [
          {
            ...{ domain: x, decided: 1, spent: 1, spent_on_checks: 1, delay: 1, looked: 1 },
            ...{ wrong: 1, avoided: 1, break_even: 0.5, costs_more: true },
          },
        ],
        titles: new Map(),
      }),
    },
  ],
  'freezes-list.ts': (x) => [
    freezesList({
      may_lift: true,
      pauses: [{ domain: x, reason: x, paused_by: OWN, paused_at: NOW }],
      freezes: [x, null].map((title) => ({
        ...{ id: 'f', title, item_id: x, domain: x, action_name: x },
        ...{ frozen_by: OWN, frozen_at: NOW, confirmed_by: OWN },
      })),
    }),
  ],
  'help.ts': (x) => [helpText(x)],
  'ladder-lines.ts': (x) => [
    reassignedLine({ by: OWN, user: OWN, words: x, woken: true, due_at: NOW }),
    infoGivenLine(info(x, x)),
    infoRequestedMessage({ item_id: x, title: x, domain: x, request: info(x, null) }),
  ],
  'notes.ts': (x) =>
    [
      // Who is to be asked comes as mentions of ours, or as names.
      refusalNote(
        { refused: 'not_a_decider', ask: [`people of ${x}`, '<@U0OWN>'] },
        { domain: { title: x } },
      ),
      refusalNote({ refused: 'signed_before', stage: x }),
      refusalNote({ refused: 'not_in_rotation', rotation: x }),
      refusalNote({ refused: 'stranger', who: x, rotation: x }),
      refusalNote({ refused: 'claimed', by: x }),
    ].flatMap((words) => [plainMessage(words), { text: words, blocks: [] }]),
  'on-call.ts': (x) => [
    onCallMessage(
      [
        {
          ...{ rotation: x, domains: [x], users: [OWN], why: 'shift', until: NOW, next: null },
          ...{ overrides: [override(x)], may_take: true },
        },
        {
          ...{ rotation: x, domains: [], users: [], why: 'not_started', until: null, next: null },
          ...{ overrides: [], may_take: false },
        },
      ],
      x,
    ),
  ],
  'override-lines.ts': (x) => [
    overriddenMessage(override(x), { instead_of: [OWN], beyond_hours: true }),
    overrideLine(override(x), OWN),
    overrideLine(override(x), 'W0OWN'),
    overrideCancelledLine({ ...override(x), cancelled_by: OWN }, OWN),
  ],
  'page-line.ts': (x) => [
    ...[null, x].map((stage) =>
      pageLine({
        ...ASKED,
        ...{ domain: { title: x }, level: 1, held: 1, stage, people: [OWN], usergroups: ['S0OWN'] },
        ...{ pagerduty: [x], claim_by: NOW, decide_by: NOW, because: 'escalated', by: OWN },
        reason: x,
      }),
    ),
    overdueLine({ domain: { title: x }, released: OWN }),
    nobodyLine({ domain: { title: x } }),
  ],
  'queue-list.ts': (x) => [
    queueList({ domain: x, items: [line(x)], total: 2, now: NOW }),
    queueList({ domain: null, items: [line(x)], total: 1, now: null }),
    queueList({ domain: x, items: [], total: 0, now: NOW }),
  ],
  'raw-notice.ts': (x) => [
    rawNotice({
      ...{ id: 'r1', received_at: NOW, source: 'http', job_id: x, seen: 1, closed: null },
      ...{ errors: [{ field: x, problem: x }], payload: x },
    }),
  ],
  'shift-lines.ts': (x) => [
    ...(['in', 'out'] as const).map((side) =>
      handoffLine({
        ...{ rotation: x, domains: [x], side, others: [OWN], until: NOW, again: NOW },
        ...{ items: [line(x)], total: 1 },
      }),
    ),
    gapLine({ rotation: x, domains: [x], from: NOW, until: NOW + 1, users: [OWN], now: NOW }),
  ],
  'stats-message.ts': (x) => {
    const agreement = [{ domain: x, agreement: { alpha: 0.7, units: 40, disputed: 5 } }];
    const stats = shownStats({
      domain: x,
      agreement,
      titles: new Map([['billing', x]]),
      shared_by: OWN,
    });
    const groups = stats.groups.slice(0, 3).map((one) => ({ ...one, name: x }));
    return (['cohort', 'expert', 'domain'] as const).flatMap((by) =>
      [true, false].map((classic) =>
        statsMessage({ ...stats, by, groups, load: [], pages: null, stands_out: [] }, classic),
      ),
    );
  },
  'symptom-words.ts': (x) =>
    symptomWords([{ symptom: 'disputed', domain: x, disputed: 1, units: 2 }], new Map(), true).map(
      plainMessage,
    ),
  'thread-lines.ts': (x) =>
    recordsOf(x).flatMap((input) => {
      const { decision } = input;
      return [
        reminderLine({ ...input, due_at: NOW }),
        endLine(input),
        ...(decision === null
          ? []
          : [
              answerLine({ ...input, decision }),
              answerMessage({ ...input, decision }),
              answerMessage({
                ...open({ ...question, id: x, title: x }),
                decision: { ...decision, outcome: 'answered', answer: x },
              }),
            ]),
      ];
    }),
  'thresholds-message.ts': (x) => {
    const shown = shownThresholds({ domain: x, model: x });
    const groups = shown.groups.map((one) => ({ ...one, model: x }));
    return [
      thresholdsMessage({ ...shown, groups }),
      thresholdsMessage({ ...shown, groups, model: null }, true),
    ];
  },
  'why.ts': (x) => recordsOf(x).map((input) => whyText({ ...input, history: [] })),
};

/** Files that have no string of anybody else's, or that others above are made of. */
const NO_ROW: { [file: string]: string } = {
  'export-words.ts': 'times and numbers alone',
  'feedback-words.ts': 'words for audit-text',
  'plain-message.ts': 'what these are read through',
  'stats-lines.ts': 'in stats-message',
  'stats-table.ts': 'in stats-message',
};

/** Sentences that commands answer with, beside those messages. */
const SENTENCES: { [name: string]: (x: string) => string[] } = {
  'no such domain': (x) => [noSuchDomain([{ id: x } as never])],
  'no such rotation': (x) =>
    [x, 'billing'].flatMap((typed) => {
      const found = namedRotations(titled(x), typed);
      return typeof found === 'string' ? [found] : [];
    }),
};

describe('a string of somebody else’s in an answer of the pager’s', () => {
  it('each file of blocks/messages has its row', () => {
    const files = readdirSync('blocks/messages').toSorted();
    expect([...Object.keys(MESSAGES), ...Object.keys(NO_ROW)].toSorted()).toEqual(files);
  });

  const ID = 'a` <!subteam^S0X> <@U0Y> `b';

  it.each(Object.entries(MESSAGES))('%s', (_file, make) => {
    expect(make(ID).flatMap(aliveIn)).toEqual([]);
    fc.assert(
      fc.property(hostile, (x) => {
        expect(make(x).flatMap(aliveIn)).toEqual([]);
      }),
      { numRuns: runs(40) },
    );
  });

  it.each(Object.entries(SENTENCES))('%s', (_name, make) => {
    expect(make(ID).length).toBeGreaterThan(0);
    expect(make(ID).flatMap(alive)).toEqual([]);
    fc.assert(
      fc.property(hostile, (x) => {
        expect(make(x).flatMap(alive)).toEqual([]);
      }),
      { numRuns: runs(60) },
    );
  });
});
