// Everything the product says beside its cards: lines in threads, private notes, lists, notices. Pure.
import { askModal, askedCard } from '../../blocks/modals/ask.ts';
import { noticeModal } from '../../blocks/modals/decide-modals.ts';
import { helpText } from '../../blocks/messages/help.ts';
import { refusalNote } from '../../blocks/messages/notes.ts';
import { queueList, type QueueLine } from '../../blocks/messages/queue-list.ts';
import { rawDetailsModal, rawNotice, type RawNotice } from '../../blocks/messages/raw-notice.ts';
import {
  answerLine,
  answerMessage,
  endLine,
  reminderLine,
  reportLine,
} from '../../blocks/messages/thread-lines.ts';
import { whyText } from '../../blocks/messages/why.ts';
import {
  NOW,
  approval,
  billing,
  claimed,
  decided,
  decisionOf,
  open,
  question,
  record,
} from '../blocks/fixtures.ts';
import { HOSTILE, hostile } from '../blocks/hard-items.ts';
import { entryOf } from './entry-of.ts';
import type { GalleryEntry } from '../../simulator/web/gallery/entry.ts';
import { samples, statesOf } from './items.ts';

const MINUTE = 60_000;
const history = [
  { at: NOW - 4 * MINUTE, words: 'Asked in <#C0BILLING>' },
  { at: NOW - 2 * MINUTE, words: '<@U0ALICE> claimed it' },
];

const raw: RawNotice = {
  id: 'raw-1',
  received_at: NOW - 3 * MINUTE,
  source: 'queue',
  job_id: 'hitl-items-1782-4',
  errors: [
    { field: 'title', problem: 'is missing' },
    { field: 'confidence', problem: 'must be a number from 0 to 1, not "high"' },
    { field: 'candidates[1].text', problem: 'is longer than 10,000 characters' },
  ],
  payload: JSON.stringify({ kind: 'approval', confidence: 'high', note: HOSTILE[2] }, null, 2),
  seen: 3,
  closed: null,
};

const queueLine = (at: number): QueueLine => ({
  id: `order-${4711 + at}`,
  title:
    at === 1 ? HOSTILE.slice(0, 4).join(' ') : `Refund ${40 * (at + 1)} EUR to customer ${at + 7}?`,
  domain_title: at % 2 === 0 ? 'Billing' : 'Support',
  due_at: at === 2 ? null : NOW + (at - 1) * 11 * MINUTE,
  status: at === 3 ? 'claimed' : 'open',
  claimed_by: at === 3 ? 'U0ALICE' : null,
  permalink:
    at === 4 ? null : `https://acme.slack.com/archives/C0BILLING/p${1_763_719_200_000_000 + at}`,
});

/** The thread under a card, and the conversation where it was asked. */
export function threadEntries(): GalleryEntry[] {
  const line = (title: string, payload: { text: string; blocks: unknown[] }) =>
    entryOf('Lines in threads', title, 'message', payload);
  const remind = { domain: billing, now: NOW, due_at: NOW + 6 * MINUTE };
  const answered = [
    [
      'an answer',
      decided(
        question,
        decisionOf('answered', {
          answer: 'Yes, if it was never activated.',
          choice: 'yes',
          rationale: 'Terms, 4.2',
        }),
      ),
    ],
    ['an answer that expired', decided(question, decisionOf('expired'))],
    [
      'a hostile answer',
      decided(hostile('question'), decisionOf('answered', { answer: HOSTILE.join('\n') })),
    ],
  ] as const;
  return [
    line('a reminder, unclaimed', reminderLine({ ...remind, record: record(approval) })),
    line('a reminder, claimed', reminderLine({ ...remind, record: claimed(approval).record })),
    line(
      'a reminder, too late',
      reminderLine({ ...remind, due_at: NOW - 1, record: record(approval) }),
    ),
    ...answered.flatMap(([name, { record, decision }]) =>
      decision
        ? [
            line(name, answerLine({ record, decision, domain: billing })),
            line(`${name}, in a DM`, answerMessage({ record, decision, domain: billing })),
          ]
        : [],
    ),
    ...samples
      .filter(({ shape, name, kind }) => shape === 'good' && name === kind)
      .flatMap(({ name, item }) =>
        statesOf(item)
          .filter(({ input }) => input.decision !== null && input.record.item !== null)
          .map(({ state, input }) => line(`the end: ${name} ${state}`, endLine(input))),
      ),
    line(
      'a report to the operators',
      reportLine(
        'Cards for <#C0BILLING> fail (`not_in_channel`): invite <@U0PAGER>. Told to <!subteam^S0BILLING>.',
      ),
    ),
  ];
}

/** What one person alone is shown after a click that did nothing; mrkdwn, without blocks. */
export function noteEntries(): GalleryEntry[] {
  const bob = decisionOf('approved', { decided_at: NOW - 2 * MINUTE });
  const notes: [string, string][] = [
    [
      'decided by another',
      refusalNote({ refused: 'decided', outcome: 'approved' }, { decision: bob, now: NOW }),
    ],
    [
      'decided by oneself',
      refusalNote(
        { refused: 'decided', outcome: 'approved' },
        { decision: bob, now: NOW, user: 'U0BOB' },
      ),
    ],
    [
      'expired',
      refusalNote(
        { refused: 'decided', outcome: 'expired' },
        { now: NOW, record: { decided_at: NOW - MINUTE } },
      ),
    ],
    ['claimed by another', refusalNote({ refused: 'claimed', by: 'U0BOB' })],
    ['own request', refusalNote({ refused: 'own_request' })],
    [
      'no decider',
      refusalNote(
        { refused: 'not_a_decider', ask: ['<@U0ALICE>', '<!subteam^S0BILLING>', '<!channel>'] },
        { domain: billing },
      ),
    ],
    ['changed', refusalNote({ refused: 'changed' })],
  ];
  return notes.map(([title, text]) =>
    entryOf('Private notes', title, 'message', { text, blocks: [] }),
  );
}

/** Lists, explanations and notices. */
export function answerEntries(): GalleryEntry[] {
  const lines = (count: number) => Array.from({ length: count }, (_, at) => queueLine(at));
  const why = (title: string, input: Parameters<typeof whyText>[0]) =>
    entryOf('Answers to commands', title, 'message', whyText(input));
  const list = (title: string, input: Parameters<typeof queueList>[0]) =>
    entryOf('Answers to commands', title, 'message', queueList(input));
  return [
    list('queue, empty', { domain: null, items: [], total: 0, now: NOW }),
    list('queue, one domain empty', { domain: 'Billing', items: [], total: 0, now: NOW }),
    list('queue', { domain: null, items: lines(5), total: 5, now: NOW }),
    list('queue, many', { domain: 'Billing', items: lines(18), total: 214, now: NOW }),
    why('why, open', { ...open(approval), history }),
    why('why, rejected', {
      ...decided(
        approval,
        decisionOf('rejected', { rationale: 'No invoice.', error_tags: ['policy_violation'] }),
      ),
      history,
    }),
    why('why, hostile', { ...open(hostile('approval'), { why: HOSTILE.slice(0, 6) }), history }),
    entryOf('Answers to commands', 'help', 'message', helpText()),
    entryOf('Answers to commands', 'help, unknown word', 'message', helpText('aproove *now*')),
    ...(['open', 'answered', 'expired'] as const).map((state) =>
      entryOf(
        'Answers to commands',
        `what the asker sees, ${state}`,
        'message',
        askedCard({
          ...(state === 'open'
            ? open(question)
            : decided(
                question,
                decisionOf(state, {
                  answer: state === 'answered' ? 'Yes, if it was never activated.' : undefined,
                }),
              )),
          domain: billing,
        }),
      ),
    ),
    entryOf('Notices of what cannot be read', 'open', 'message', rawNotice(raw)),
    entryOf(
      'Notices of what cannot be read',
      'closed',
      'message',
      rawNotice({ ...raw, seen: 1, closed: { by: 'U0DANA', at: NOW } }),
    ),
    entryOf(
      'Notices of what cannot be read',
      'not JSON',
      'message',
      rawNotice({ ...raw, errors: [], job_id: null, source: 'http', payload: HOSTILE.join('\n') }),
    ),
  ];
}

/** Windows that belong to no decision. */
export function otherModals(): GalleryEntry[] {
  const modal = (title: string, payload: Parameters<typeof entryOf>[3]) =>
    entryOf('Other windows', title, 'modal', payload);
  const domains = [
    { id: 'billing', title: 'Billing' },
    { id: 'support', title: 'Support' },
    { id: 'data-ops', title: 'Data Ops' },
  ];
  return [
    modal('ask an expert', askModal({ domains })),
    modal(
      'ask about a message',
      askModal({
        domains,
        prefill: {
          domain: 'support',
          evidence: {
            label: 'Message in #support',
            text: 'Does the export hold deleted rows?',
            url: 'https://acme.slack.com/archives/C0SUPPORT/p1763719200000000',
          },
        },
        note: 'Only people of <#C0SUPPORT> see your question.',
      }),
    ),
    modal('ask, no domain', askModal({ domains: [] })),
    modal('a notice', noticeModal('Approve', refusalNote({ refused: 'claimed', by: 'U0BOB' }))),
    modal('what came in', rawDetailsModal(raw)),
  ];
}
