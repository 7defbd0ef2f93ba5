/** A manager's part of Home: a light for each domain, what is open and how old, what is held back, who is on call. Pure. */
import type { KnownBlock, RichTextElement } from '@slack/types';
import type { DomainState, HomeInput } from '../../src/domain/home-input.ts';
import { bold, bullets, date, label, ours, richText, said, user } from '../text/rich-text.ts';
import { counted, joined, wholePercent } from '../text/words.ts';

const MOST_DOMAINS = 20;
const MOST_ROTATIONS = 15;
const MOST_PAUSES = 10;
/** In time of all that ended: from here on it is well, below the second it is not. */
const WELL = 0.95;
const BADLY = 0.8;

type Manager = NonNullable<HomeInput['manager']>;

export function managerBlocks({ domains, pauses, freezes, on_call }: Manager): KnownBlock[] {
  const shown = [...domains].sort((a, b) => LIGHTS.indexOf(light(a)) - LIGHTS.indexOf(light(b)));
  const rest = shown.length - MOST_DOMAINS;
  const heading = (text: string): KnownBlock => ({ type: 'header', text: label(text) });
  const held = heldLines({ pauses, freezes });
  return [
    heading('How things stand'),
    richText(
      bullets([
        ...(shown.length === 0 ? [[ours('There is no domain.')]] : []),
        ...shown.slice(0, MOST_DOMAINS).map(domainLine),
        ...(rest > 0 ? [[ours(`and ${rest} more`)]] : []),
      ]),
    ),
    {
      type: 'context',
      elements: [
        {
          type: 'mrkdwn',
          verbatim: true,
          text: '🟢 in time · 🟡 slipping · 🔴 late. In time: decided before its deadline, of all that ended in the last 24 h',
        },
      ],
    },
    ...(held.length === 0 ? [] : [heading('Held back'), richText(bullets(held))]),
    ...(on_call.length === 0
      ? []
      : [
          heading('Who is on call'),
          richText(bullets(on_call.slice(0, MOST_ROTATIONS).map((line) => onCallLine(line)))),
        ]),
  ];
}

const LIGHTS = ['🔴', '🟡', '🟢', '⚪'] as const;

/** Red: something is overdue and much came late. White: nothing was asked, and nothing waits. */
function light({ total, overdue, in_time, ended }: DomainState): (typeof LIGHTS)[number] {
  if (total === 0 && ended === 0) return '⚪';
  const share = ended === 0 ? 1 : in_time / ended;
  if (share < BADLY || (overdue > 0 && share < WELL)) return '🔴';
  return overdue > 0 || share < WELL ? '🟡' : '🟢';
}

const AGES = ['under 1 h', '1–4 h', '4–24 h', 'over a day'];

/** "🟡 Billing: 94 % in time (47 of 50) · 12 open, 2 overdue (8 under 1 h, 4 over a day)" */
function domainLine(state: DomainState): RichTextElement[] {
  const { title, total, overdue, behind, ages, in_time, ended, paused } = state;
  const old = ages.flatMap((count, at) => (count === 0 ? [] : [`${count} ${AGES[at]}`]));
  const open =
    total === 0
      ? 'nothing open'
      : `${total} open${overdue > 0 ? `, ${overdue} overdue` : ''}${behind > 0 ? `, ${behind} behind the digest card` : ''} (${old.join(', ')})`;
  const share =
    ended === 0
      ? 'nothing ended today'
      : `${wholePercent(in_time / ended)} % in time (${in_time} of ${ended})`;
  return [
    ours(`${light(state)} `),
    said(title, 80, { bold: true }),
    ours(`: ${share} · ${open}`),
    ...(paused ? [ours(' · '), bold('paused')] : []),
  ];
}

function heldLines({ pauses, freezes }: Pick<Manager, 'pauses' | 'freezes'>): RichTextElement[][] {
  const lines = pauses
    .slice(0, MOST_PAUSES)
    .map(({ domain, reason, paused_by, paused_at }) => [
      ours('⏸️ '),
      said(domain ?? 'Everything', 80, { bold: true }),
      ours(' since '),
      date(paused_at),
      ...(paused_by === null ? [ours(' by the circuit breaker')] : [ours(' by '), user(paused_by)]),
      ours(': '),
      said(reason, 200),
    ]);
  if (pauses.length > MOST_PAUSES)
    lines.push([ours(`and ${pauses.length - MOST_PAUSES} more pauses`)]);
  if (freezes > 0)
    lines.push([
      ours(`🧊 ${counted(freezes, 'freeze')}: `),
      ours('/hitl freezes', { code: true }),
      ours(' shows what is frozen'),
    ]);
  return lines;
}

function onCallLine({
  domains,
  rotation,
  users,
  until,
}: Manager['on_call'][number]): RichTextElement[] {
  return [
    said(domains.length > 0 ? domains.join(', ') : rotation, 100, { bold: true }),
    ours(': '),
    ...(users.length === 0
      ? [ours('nobody')]
      : joined(
          users.slice(0, 5).map((one) => [user(one)]),
          ours(', '),
          ours(' and '),
        )),
    ...(until === null ? [] : [ours(' until '), date(until)]),
  ];
}
