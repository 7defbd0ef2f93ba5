/** The page as the person who is on call gets it in a DM: what it is, why, until when, and how to take it or pass it on. Pure. */
import type { Button, ContextBlock, KnownBlock } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import type { PersonalStory } from '../../src/domain/page-reason.ts';
import type { CardInput } from './card-input.ts';
import { cut, escapeMrkdwn } from '../text/escape.ts';
import type { Message } from '../text/message.ts';
import { endWords } from './outcome.ts';
import {
  bullets,
  dateMrkdwn,
  label,
  mrkdwn,
  ours,
  plain,
  richText,
  said,
  section,
  user,
  userMrkdwn,
} from '../text/rich-text.ts';
import { shownId } from './shown-id.ts';
import { seenItem, seenReasons } from './seen-item.ts';
import { visibleReasons } from './visible.ts';
import { waitMrkdwn } from './wait-words.ts';
import { whyYou } from '../text/why-paged.ts';
import { KIND_WORDS } from '../text/words.ts';

/** `skipped` and `missed` are levels here. */
export interface PageStoryTold extends PersonalStory {
  /** The level that had it before; null: none had. */
  before: number | null;
}

export interface PageInput extends CardInput {
  /** Whom this page called. */
  person: string;
  /** `called`: the page of the open rung; `passed`: they said they cannot; `over`: the item went on without them. */
  standing: 'called' | 'passed' | 'over';
  /** How it came to them; null: it was asked, and they were the first. */
  story: PageStoryTold | null;
  /** Where the item's card is; null: it is not posted yet. */
  permalink?: string;
}

const MOST_REASONS = 3;

export function pageCard(input: PageInput): Message {
  const { record, domain, decision } = input;
  const item = seenItem(record);
  const title = item ? item.title : `Item ${record.id}`;
  const decided = record.status === 'decided';
  const reasons = decided ? [] : visibleReasons(domain, seenReasons(record)).slice(0, MOST_REASONS);
  const blocks: KnownBlock[] = [
    richText(section(...headElements(input)), section(said(title, 300, { bold: true }))),
    ...(reasons.length > 0 ? [richText(bullets(reasons.map((one) => [said(one, 200)])))] : []),
    timeLine(input),
    ...buttons(input),
  ];
  const { sign, word } = endWords(record, decision);
  const shown = escapeMrkdwn(cut(title, 300));
  return {
    text: decided
      ? `${sign} ${word}: ${shown}`
      : `📟 ${KIND_WORDS[record.kind]} · ${escapeMrkdwn(domain.title)} needs you: ${shown}`,
    blocks,
  };
}

function headElements({ record, domain, decision, standing, person, story }: PageInput) {
  if (record.status === 'decided') {
    const { sign, word } = endWords(record, decision);
    const by = decision?.decided_by;
    if (record.outcome === 'expired')
      return [
        ours(`${sign} ${word}: nobody decided in time. Press Re-open on the card to ask again.`),
      ];
    return [
      ours(`${sign} ${word}`),
      ...(by?.type === 'human' ? [ours(' by '), user(by.slack_user)] : []),
      ours('. Nothing more to do.'),
    ];
  }
  switch (standing) {
    case 'called': {
      if (record.claimed_by !== null && record.claimed_by !== person)
        return [
          ours('🙋 '),
          user(record.claimed_by),
          ours(' has this one. You can still decide it:'),
        ];
      const why = story === null ? [] : whyYou(story, story.before);
      const rest = why.length === 0 ? [ours(':')] : [ours('. '), ...why];
      return record.claimed_by === null
        ? [ours('📟 '), said(domain.title, 80), ours(' needs you'), ...rest]
        : [ours('🙋 You have this one. Open the card to decide'), ...rest];
    }
    case 'passed':
      return [ours('👍 You passed this one on. You can still take it:')];
    case 'over':
      return [ours(`⏫ Escalated to level ${record.level}. You can still decide it:`)];
    default:
      return standing satisfies never;
  }
}

function timeLine({ record, domain, now, ladder, waits }: PageInput): ContextBlock {
  const elements: ContextBlock['elements'] = [];
  const ends = [record.due_at, record.expires_at].filter((time) => time !== null);
  const due = ends.length === 0 ? null : Math.min(...ends);
  if (record.status !== 'decided') {
    if (waits)
      elements.push(
        mrkdwn(
          `${waitMrkdwn(waits)}${waits.kind === 'info' ? '; its clocks stand still until then' : ''}`,
        ),
      );
    const claim_by: EpochMs | null = record.claimed_by === null ? (ladder?.claim_by ?? null) : null;
    if (claim_by !== null && claim_by > now && (due === null || claim_by < due))
      elements.push(mrkdwn(`🙋 Claim by ${dateMrkdwn(claim_by)}`));
    else if (record.claimed_by !== null)
      elements.push(mrkdwn(`🙋 Claimed by ${userMrkdwn(record.claimed_by)}`));
    if (due !== null)
      elements.push(mrkdwn(`⏰ ${due > now ? 'Due' : 'Overdue since'} ${dateMrkdwn(due)}`));
  }
  elements.push(plain(domain.title, 80), shownId(record));
  return { type: 'context', elements };
}

function buttons({ record, standing, permalink, person }: PageInput): KnownBlock[] {
  const button = (text: string, action_id: string, style?: Button['style']): Button => ({
    type: 'button',
    text: label(text),
    action_id,
    value: record.id,
    ...(style ? { style } : {}),
  });
  const open: Button[] =
    permalink === undefined ? [] : [{ ...button('Open', 'item_open'), url: permalink }];
  const acts: Button[] =
    record.status === 'decided'
      ? []
      : [
          ...(record.claimed_by === null ? [button('Claim', 'item_claim', 'primary')] : []),
          ...(record.claimed_by === person ? [button('Release', 'item_release')] : []),
          ...(standing === 'called' ? [button('I can’t', 'item_pass')] : []),
        ];
  const elements = [...open, ...acts];
  return elements.length === 0
    ? []
    : [{ type: 'actions', block_id: `item:${record.view_rev}`, elements }];
}
