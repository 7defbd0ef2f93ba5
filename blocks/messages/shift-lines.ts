/** What a handoff says to either side, and what a gap says to the operators. Pure. */
import type { RichTextElement } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import { escapeMrkdwn } from '../text/escape.ts';
import type { Message } from '../text/message.ts';
import { queueList, type QueueLine } from './queue-list.ts';
import { bold, date, ours, richText, said, section, user } from '../text/rich-text.ts';
import { joined } from '../text/words.ts';

export interface Handoff {
  rotation: string;
  /** Titles. */
  domains: readonly string[];
  /** Whether the reader comes on call or goes. */
  side: 'in' | 'out';
  /** Who had it before, or has it now. */
  others: readonly string[];
  /** Of the one who comes; null: nothing changes soon. */
  until: EpochMs | null;
  /** When the one who goes has the next shift; null: others come before. */
  again: EpochMs | null;
  items: QueueLine[];
  total: number;
}

/** To one person: what they take over or hand on, with what is open. */
export function handoffLine(handoff: Handoff): Message {
  const { side, others, until, again, rotation, domains, items, total } = handoff;
  const what: RichTextElement[] = [
    ...(domains.length === 0 ? [] : [ours(' for '), said(domains.join(', '), 200, { bold: true })]),
    ours(' ('),
    said(rotation, 64, { code: true }),
    ours(')'),
  ];
  const head =
    side === 'in'
      ? [
          ours('📟 '),
          bold('You are on call'),
          ...what,
          ...(until === null ? [] : [ours(' until '), date(until)]),
          ...(others.length === 0 ? [] : [ours(', after '), ...people(others)]),
          ours('.'),
        ]
      : [
          ours('👋 '),
          bold('You are off call'),
          ...what,
          ours('. '),
          ...people(others),
          ours(others.length > 1 ? ' have it now.' : ' has it now.'),
          ...(again === null ? [] : [ours(' You have it again from '), date(again), ours('.')]),
        ];
  const list = queueList({ domain: null, items, total, now: null });
  return {
    text: `${side === 'in' ? '📟 You are on call' : '👋 You are off call'}: ${escapeMrkdwn(rotation)}. ${list.text}`,
    blocks: [richText(section(...head)), ...(list.blocks ?? [])],
  };
}

/** To the operators, before nobody is on call. */
export function gapLine(gap: {
  rotation: string;
  domains: readonly string[];
  from: EpochMs;
  until: EpochMs;
  /** Whose turn it is, though they are gone; empty: it has not begun. */
  users: readonly string[];
  now: EpochMs;
}): Message {
  const { rotation, domains, from, until, users, now } = gap;
  const ahead = from > now;
  return {
    text: `⚠️ A gap in ${escapeMrkdwn(rotation)}: nobody is on call.`,
    blocks: [
      richText(
        section(
          ours('⚠️ '),
          bold(ahead ? 'Nobody will be on call' : 'Nobody is on call'),
          ours(' for '),
          ...(domains.length === 0
            ? []
            : [said(domains.join(', '), 200, { bold: true }), ours(' · ')]),
          said(rotation, 64, { code: true }),
          ...(ahead ? [ours(' from '), date(from)] : []),
          ours(' until '),
          date(until),
          ours(': '),
          ...(users.length === 0
            ? [ours('its first shift begins then.')]
            : [
                ours('it is the turn of '),
                ...people(users),
                ours(', no longer in this workspace.'),
              ]),
          ours(' Put somebody in: '),
          ours(`/hitl override ${rotation} @who from … to …`, { code: true }),
          ours(', or change the policy.'),
        ),
      ),
    ],
  };
}

const people = (users: readonly string[]): RichTextElement[] =>
  joined(
    users.map((id) => [user(id)]),
    ours(', '),
    ours(' and '),
  );
