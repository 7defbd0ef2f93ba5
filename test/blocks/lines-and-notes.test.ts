import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { askedCard } from '../../blocks/modals/ask.ts';
import { COMMANDS, helpText } from '../../blocks/messages/help.ts';
import { limitProblems, withinLimits } from '../../blocks/text/limits.ts';
import { type NoteContext, type NoteRefusal, refusalNote } from '../../blocks/messages/notes.ts';
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import { queueList, type QueueLine } from '../../blocks/messages/queue-list.ts';
import { rawDetailsModal, rawNotice, type RawNotice } from '../../blocks/messages/raw-notice.ts';
import {
  answerLine,
  endLine,
  reminderLine,
  reportLine,
} from '../../blocks/messages/thread-lines.ts';
import { whyText } from '../../blocks/messages/why.ts';
import { CHANGES } from '../../src/items/asked-change.ts';
import { NOW, approval, billing, decided, decisionOf, open, question, record } from './fixtures.ts';
import { HOSTILE } from './hard-items.ts';
import { actionIds, mrkdwnTexts, ofType, words } from './seen.ts';

const MINUTE = 60_000;

describe('why a click did nothing', () => {
  const bob = decisionOf('approved', { decided_at: NOW - 2 * MINUTE });
  const cases: [NoteRefusal, NoteContext, string][] = [
    [
      { refused: 'decided', outcome: 'approved' },
      { decision: bob, now: NOW },
      '<@U0BOB> approved this 2 min ago. Nothing more to do.',
    ],
    [
      { refused: 'decided', outcome: 'approved' },
      { decision: bob, now: NOW, user: 'U0BOB' },
      'You approved this 2 min ago. Nothing more to do.',
    ],
    [
      { refused: 'decided', outcome: 'expired' },
      {},
      'This expired: nobody decided in time. Your click came too late to count. *Re-open* on its card asks again.',
    ],
    [
      { refused: 'decided', outcome: 'expired' },
      { record: { decided_at: NOW - MINUTE }, now: NOW },
      'This expired 1 min ago: nobody decided in time. Your click came too late to count. *Re-open* on its card asks again.',
    ],
    [
      { refused: 'decided', outcome: 'cancelled' },
      {},
      'This was cancelled: no decision is needed any more.',
    ],
    [
      { refused: 'decided', outcome: 'rejected' },
      {},
      'Somebody rejected this. Nothing more to do.',
    ],
    [
      { refused: 'claimed', by: 'U0BOB' },
      {},
      '<@U0BOB> has this one already. You can still decide it.',
    ],
    [{ refused: 'claimed', by: 'U0BOB' }, { user: 'U0BOB' }, 'You have this one already.'],
    [{ refused: 'not_claimed' }, {}, 'Nobody has claimed this, so there is nothing to release.'],
    [
      { refused: 'not_yours', by: 'U0BOB' },
      {},
      '<@U0BOB> has claimed this: only they can release it. You can still decide it.',
    ],
    [
      { refused: 'own_request' },
      {},
      'You asked for this yourself, so somebody else has to decide it.',
    ],
    [
      { refused: 'changed' },
      {},
      'This card has changed since you looked. It is being drawn again: please look once more.',
    ],
    [
      { refused: 'does_not_fit', word: 'edit' },
      {},
      'This item cannot be edited: the submitter doesn’t accept that action.',
    ],
    [
      { refused: 'needs_reason' },
      {},
      'This needs a reason: say in a few words why, and what was wrong.',
    ],
    [{ refused: 'other_team' }, {}, 'Only people of this workspace can decide here.'],
    [{ refused: 'gone' }, {}, 'This item is not here any more.'],
    [
      { refused: 'not_a_decider', ask: ['<@U0ALICE>', '<!subteam^S0BILLING>'] },
      { domain: { title: 'Billing' } },
      'Only the Billing experts can decide this: ask <!subteam^S0BILLING> or <@U0ALICE>.',
    ],
    [
      {
        refused: 'not_a_decider',
        ask: ['<@U0ALICE>', '<@U0BOB>', '<@U0CAROL>', '<!subteam^S0BILLING>', '<@U0DAVE>'],
      },
      { domain: { title: 'Billing' } },
      'Only the Billing experts can decide this: ask <!subteam^S0BILLING>, <@U0ALICE> or <@U0BOB>.',
    ],
    [{ refused: 'not_a_decider', ask: [] }, {}, 'Only the experts of its domain can decide this.'],
    [
      { refused: 'not_a_decider', ask: ['<!channel>', '*x*'] },
      {},
      'Only the experts of its domain can decide this: ask &lt;!channel&gt; or ∗x∗.',
    ],
  ];
  it.each(cases)('%j', (refusal, context, note) => {
    expect(refusalNote(refusal, context)).toBe(note);
  });
});

describe('lines in a thread', () => {
  it('a reminder says how long is left, and who has it', () => {
    const input = { domain: billing, now: NOW, due_at: NOW + 6 * MINUTE };
    expect(words(reminderLine({ ...input, record: record(approval) }))).toBe(
      '⏰ 6 min left, until 2026-11-21 10:06 UTC. Nobody has claimed this yet.',
    );
    expect(
      words(reminderLine({ ...input, record: record(approval, { claimed_by: 'U0ALICE' }) })),
    ).toContain('@U0ALICE has it.');
    expect(words(reminderLine({ ...input, due_at: NOW - 1, record: record(approval) }))).toContain(
      'Time is up',
    );
  });

  it('an answer comes back with who gave it', () => {
    const { record: asked, decision } = decided(
      question,
      decisionOf('answered', { answer: 'Yes, they may.', rationale: 'Terms, 4.2' }),
    );
    const line = decision && answerLine({ record: asked, decision, domain: billing });
    expect(line && words(line)).toBe('💬 @U0BOB of Billing answers:Yes, they may.ReasonTerms, 4.2');
  });

  it('an expiry comes back as an expiry, not as an answer', () => {
    const { record: asked, decision } = decided(question, decisionOf('expired'));
    const line = decision && answerLine({ record: asked, decision, domain: billing });
    expect(line?.text).toBe('⌛ Expired: nobody decided in time (not a rejection)');
    expect(words(endLine({ record: asked, decision }))).toContain('(not a rejection)');
  });

  it('a report names channels and commands, and lets nothing else through', () => {
    const line = reportLine(
      'Cards for <#C0BILL> fail (`not_in_channel`): tell <@U0BOSS>, not <!channel> *x*.',
    );
    expect(line).toEqual(
      plainMessage(
        'Cards for <#C0BILL> fail (`not_in_channel`): tell <@U0BOSS>, not <!channel> *x*.',
      ),
    );
    expect(ofType(line, 'channel')).toMatchObject([{ channel_id: 'C0BILL' }]);
    expect(ofType(line, 'user')).toMatchObject([{ user_id: 'U0BOSS' }]);
    expect(ofType(line, 'broadcast')).toEqual([]);
    expect(line.text).toContain('&lt;!channel&gt; ∗x∗');
    expect(words(line)).toContain(
      'Cards for  fail (not_in_channel): tell @U0BOSS, not <!channel> *x*.',
    );
  });
});

describe('what the asker sees', () => {
  it('is who has the question, and later the answer', () => {
    expect(words(askedCard(open(question)))).toContain('Your question is with Billing.');
    const card = askedCard(decided(question, decisionOf('answered', { answer: 'Yes.' })));
    expect(words(card)).toMatch(/May a customer.*Answered by @U0BOB.*Yes\./s);
    expect(card.text).toContain('💬 Answered');
    expect(actionIds(card)).toEqual([]);
  });
});

describe('what could not be read', () => {
  const raw: RawNotice = {
    id: 'raw-1',
    received_at: NOW,
    source: 'queue',
    job_id: '17',
    errors: [{ field: 'title', problem: 'is needed' }],
    payload: '{"kind":"approval"}',
    seen: 3,
    closed: null,
  };

  it('is shown with what is wrong, and can be looked at and closed', () => {
    const card = rawNotice(raw);
    expect(words(card)).toMatch(
      /From the queue.*Job 17.*3 alike.*title is needed.*\{"kind":"approval"\}/s,
    );
    expect(actionIds(card)).toEqual(['raw_details', 'raw_close']);
  });

  it('once closed says by whom, and keeps its details', () => {
    const card = rawNotice({ ...raw, closed: { by: 'U0ALICE', at: NOW } });
    expect(words(card)).toContain('Closed by @U0ALICE');
    expect(actionIds(card)).toEqual(['raw_details']);
  });

  it.each([...HOSTILE, '', 'x'.repeat(300_000)].map((payload, at) => ({ at, payload })))(
    'stays harmless and within limits ($at)',
    ({ payload }) => {
      const errors = Array.from({ length: 50 }, () => ({
        field: payload.slice(0, 300),
        problem: payload.slice(0, 300),
      }));
      const hostile = { ...raw, payload, errors, job_id: payload.slice(0, 500) };
      const card = withinLimits('message', rawNotice(hostile));
      const view = withinLimits('modal', rawDetailsModal(hostile));
      expect(limitProblems('message', card)).toEqual([]);
      expect(limitProblems('modal', view)).toEqual([]);
      for (const text of mrkdwnTexts(card)) expect(text).toMatch(/^<!date\^/);
      expect(ofType(card, 'broadcast')).toEqual([]);
    },
  );
});

describe('/hitl queue', () => {
  const line = (at: number, more: Partial<QueueLine> = {}): QueueLine => ({
    id: `item-${at}`,
    title: HOSTILE[at % HOSTILE.length] ?? '',
    domain_title: 'Billing',
    due_at: NOW + at * MINUTE,
    status: 'open',
    claimed_by: null,
    permalink: `https://acme.slack.com/archives/C1/p${at}`,
    ...more,
  });

  it('lists what waits, linked to its card', () => {
    const list = queueList({
      domain: null,
      items: [
        line(5, { title: 'Refund?', claimed_by: 'U0BOB' }),
        line(0, { title: 'Late', permalink: null, due_at: NOW - MINUTE }),
      ],
      total: 2,
      now: NOW,
    });
    expect(words(list)).toMatch(
      /2 items are waiting.*Refund\? · Billing · due in 5 min.*@U0BOB has it.*Late · Billing · overdue by 1 min/s,
    );
    expect(ofType(list, 'link')).toMatchObject([
      { text: 'Refund?', url: 'https://acme.slack.com/archives/C1/p5' },
    ]);
  });

  it('says how many more there are, and stays within limits', () => {
    const items = Array.from({ length: 40 }, (_, at) => line(at));
    const list = withinLimits(
      'message',
      queueList({ domain: 'Billing', items, total: 4000, now: NOW }),
    );
    expect(words(list)).toContain('and 3985 more');
    expect(limitProblems('message', list)).toEqual([]);
  });

  it('is glad when nothing waits', () => {
    expect(words(queueList({ domain: 'Billing', items: [], total: 0, now: NOW }))).toBe(
      'Nothing is waiting in Billing. 🎉',
    );
  });
});

describe('/hitl why and /hitl help', () => {
  it('why says the rule, the reasons, and what has happened', () => {
    const input = decided(approval, decisionOf('approved'));
    const seen = words(
      whyText({ ...input, history: [{ at: NOW, words: '<@U0ALICE> claimed it' }] }),
    );
    expect(seen).toMatch(
      /Refund 240.*by rule unsure, because.*confidence 0\.42.*Approved by @U0BOB.*@U0ALICE claimed it.*order-4711/s,
    );
  });

  it('why of an open item says how long it has waited', () => {
    expect(words(whyText({ ...open(approval), history: [] }))).toContain('(4 min ago)');
  });

  it('help lists the commands that exist', () => {
    // A command is told once, and the list itself last.
    const names = COMMANDS.map((one) => one.usage.split(' ')[0] ?? '');
    expect(new Set(names).size).toBe(names.length);
    expect(names.at(-1)).toBe('help');
    const handled = readFileSync('handlers/commands/hitl-command.ts', 'utf8');
    const changes: readonly string[] = CHANGES;
    for (const name of names.filter((one) => !changes.includes(one)))
      expect(handled).toContain(`case '${name}':`);
    expect(names).toEqual(expect.arrayContaining([...CHANGES]));
    for (const { usage } of COMMANDS) expect(words(helpText())).toContain(`/hitl ${usage}`);
    expect(limitProblems('message', helpText())).toEqual([]);
  });
});
