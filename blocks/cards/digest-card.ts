/**
 * The digest card: what waits behind a domain's open cards, told once for all of it. How many, since when, what comes
 * next, whom it calls, and a way to have the next one now. Pure.
 */
import type { ContextBlock, KnownBlock, RichTextElement } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import type { ItemRecord } from '../../src/domain/decision.ts';
import type { CardDomain } from './card-input.ts';
import { escapeMrkdwn } from '../text/escape.ts';
import { webLink } from '../text/web-link.ts';
import type { Message } from '../text/message.ts';
import {
  bold,
  bullets,
  date,
  dateMrkdwn,
  label,
  link,
  mrkdwn,
  ours,
  plain,
  richText,
  said,
  section,
  user,
} from '../text/rich-text.ts';
import { seenItem } from './seen-item.ts';
import { isVisible } from './visible.ts';
import { counted, joined, shortNumber, spanWords } from '../text/words.ts';

/** As many of those who wait are named. */
export const MOST_NEXT = 5;
const MOST_CALLED = 5;
const TITLE_MAX = 120;
const MINUTE = 60_000;

/** What button asks for the next card; its value is the domain's id. */
export const DIGEST_NEXT = 'digest_next';

export interface DigestInput {
  domain: Pick<CardDomain, 'id' | 'title' | 'visible_fields'>;
  now: EpochMs;
  /** null: nothing waits any more. */
  waiting: {
    count: number;
    /** When the one that has waited longest was asked. */
    oldest: EpochMs;
    first_due: EpochMs | null;
    /** Whose turn it is, the first first. */
    next: Pick<ItemRecord, 'id' | 'item' | 'blind' | 'status' | 'due_at' | 'expires_at'>[];
    /** Whom they call: users and user groups who are to be called now, and how many have quiet hours. */
    people: readonly string[];
    usergroups: readonly string[];
    quiet: number;
    /** There is nobody to page for any of them, by any rung. */
    nobody: boolean;
  } | null;
  /** How many expired while they waited, since this card was posted. */
  expired: number;
  /** How many open cards the channel shows; null: the limit was taken away, and all come. */
  open_limit: number | null;
  /** Those who wait are told of elsewhere by now; where that is, once it is there. */
  moved: { permalink: string | null } | null;
}

export function digestCard(input: DigestInput): Message {
  const { waiting, moved } = input;
  if (moved) return movedCard(input, moved);
  return waiting === null ? emptyCard(input) : waitingCard(input, waiting);
}

function waitingCard(
  { domain, now, open_limit, expired }: DigestInput,
  waiting: NonNullable<DigestInput['waiting']>,
): Message {
  const { count, oldest, first_due } = waiting;
  const age = now - oldest < MINUTE ? '' : `, oldest ${spanWords(now - oldest)}`;
  const words = `${count} more waiting${age}`;
  const elements: ContextBlock['elements'] = [
    plain(domain.title, 80),
    mrkdwn(`⏳ Oldest since ${dateMrkdwn(oldest)}`),
  ];
  if (first_due !== null)
    elements.push(
      mrkdwn(`⏰ First ${first_due > now ? 'due' : 'overdue since'} ${dateMrkdwn(first_due)}`),
    );
  elements.push(...expiredElements(expired));
  const blocks: KnownBlock[] = [
    { type: 'header', text: label(`📥 ${words}`) },
    { type: 'context', elements },
    richText(section(bold('Next in line')), bullets(nextLines(domain, waiting, now))),
    ...calledBlocks(waiting),
    { type: 'context', elements: [mrkdwn(limitWords(open_limit))] },
    {
      type: 'actions',
      block_id: 'digest',
      elements: [
        {
          type: 'button',
          text: label('Show me the next'),
          action_id: DIGEST_NEXT,
          value: domain.id,
        },
      ],
    },
  ];
  return { text: `📥 ${escapeMrkdwn(domain.title)}: ${words}`, blocks };
}

function nextLines(
  domain: DigestInput['domain'],
  { count, next }: NonNullable<DigestInput['waiting']>,
  now: EpochMs,
): RichTextElement[][] {
  const lines = next.slice(0, MOST_NEXT).map((record): RichTextElement[] => {
    const item = seenItem(record);
    const ends = [record.due_at, record.expires_at].filter((time) => time !== null);
    const due = ends.length === 0 ? null : Math.min(...ends);
    return [
      said(item ? item.title : `Item ${record.id}`, TITLE_MAX, { bold: true }),
      ...(item?.impact !== undefined && isVisible(domain, 'impact')
        ? [ours(` · impact ${shortNumber(item.impact)}`)]
        : []),
      ...(due === null ? [] : [ours(due > now ? ' · due ' : ' · overdue since '), date(due)]),
    ];
  });
  const more = count - lines.length;
  return more > 0 ? [...lines, [ours(`and ${more} more`)]] : lines;
}

/** Whom they call: the one time that it is said, it is heard. */
function calledBlocks({
  people,
  usergroups,
  quiet,
  nobody,
}: NonNullable<DigestInput['waiting']>): KnownBlock[] {
  if (nobody)
    return [
      richText(
        section(
          ours(
            '📟 There is nobody to page right now. I keep looking; whoever may decide them can take one here.',
          ),
        ),
      ),
    ];
  const all: RichTextElement[] = [
    ...people.map(user),
    ...usergroups.map((id): RichTextElement => ({ type: 'usergroup', usergroup_id: id })),
  ];
  const more = all.length - MOST_CALLED;
  const named = [
    ...all.slice(0, MOST_CALLED).map((one) => [one]),
    ...(more > 0 ? [[ours(`${more} more`)]] : []),
  ];
  const held =
    quiet === 0 ? [] : [ours(`${counted(quiet, 'person has', 'people have')} quiet hours.`)];
  if (named.length === 0) return held.length === 0 ? [] : [richText(section(ours('📟 '), ...held))];
  const called = joined(named, ours(', '), ours(' and '));
  return [
    richText(section(ours('📟 '), ...called, ours(': these are for you, as they come. '), ...held)),
  ];
}

const limitWords = (open_limit: number | null): string =>
  open_limit === null
    ? 'Their cards are on their way.'
    : `${counted(open_limit, 'open card')} at a time here: as one is decided, the next comes. What is urgent comes at once, and all clocks run on.`;

/** What nobody saw is not passed over. */
const expiredElements = (expired: number): ContextBlock['elements'] =>
  expired === 0 ? [] : [mrkdwn(`⌛ ${expired} expired while waiting`)];

function emptyCard({ domain, now, expired }: DigestInput): Message {
  const words = 'Nothing more is waiting';
  return {
    text: `📭 ${escapeMrkdwn(domain.title)}: ${words}`,
    blocks: [
      { type: 'header', text: label(`📭 ${words}`) },
      {
        type: 'context',
        elements: [
          plain(domain.title, 80),
          mrkdwn(`All that waited has a card of its own, or has ended · ${dateMrkdwn(now)}`),
          ...expiredElements(expired),
        ],
      },
    ],
  };
}

function movedCard(
  { domain }: DigestInput,
  { permalink }: NonNullable<DigestInput['moved']>,
): Message {
  const where = permalink === null ? null : webLink(permalink);
  return {
    text: `📥 ${escapeMrkdwn(domain.title)}: what is waiting is told of further down`,
    blocks: [
      richText(
        section(
          ours('📥 '),
          said(domain.title, 80, { bold: true }),
          ours(': what is waiting is told of '),
          where ? link(where.href, 'further down') : ours('further down'),
          ours(' now.'),
        ),
      ),
    ],
  };
}
