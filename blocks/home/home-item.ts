/** One item of a Home: enough to answer it with one click, and the way to its card. Pure. */
import type { ActionsBlock, ContextBlock, KnownBlock, RichTextElement } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import type { HomeItem } from '../../src/domain/home-input.ts';
import type { Item } from '../../src/domain/item.ts';
import { approveConfirm } from '../cards/approve-confirm.ts';
import { buttonBlocks } from '../cards/buttons.ts';
import { cut, safeLine } from '../text/escape.ts';
import { webLink } from '../text/web-link.ts';
import { markedStart } from '../text/marked-text.ts';
import { MASK } from '../../src/domain/redact.ts';
import {
  bold,
  dateMrkdwn,
  link,
  moreWords,
  mrkdwn,
  ours,
  plain,
  richText,
  section,
  userMrkdwn,
} from '../text/rich-text.ts';
import { seenItem } from '../cards/seen-item.ts';
import type { Unshown } from '../text/shown-parts.ts';
import { valueLine } from '../text/shown-value.ts';
import { shownId } from '../cards/shown-id.ts';
import { KIND_WORDS } from '../text/words.ts';

const TITLE_MAX = 150;
const PROPOSED_MAX = 250;

/** @param at its place in the Home: block ids differ by it */
export function homeItem(
  { record, domain, permalink }: HomeItem,
  at: number,
  looks: { now: EpochMs; user: string },
): KnownBlock[] {
  const item = seenItem(record);
  const where = permalink === null ? null : webLink(permalink);
  const title = item
    ? cut(safeLine(item.title), TITLE_MAX)
    : `Item ${record.id} (its texts have been erased)`;
  const head: RichTextElement = where ? link(where.href, title) : bold(title);
  const proposed = item && proposedWords(item);
  const due = [record.due_at, record.expires_at].filter((time) => time !== null);
  const end = due.length === 0 ? null : Math.min(...due);
  const context: ContextBlock['elements'] = [
    mrkdwn(`*${KIND_WORDS[record.kind]}*`),
    plain(domain, 80),
    ...(end === null
      ? []
      : [mrkdwn(`⏰ ${end > looks.now ? 'Due' : '*Overdue since*'} ${dateMrkdwn(end)}`)]),
    ...(record.claimed_by === null
      ? []
      : [
          mrkdwn(
            record.claimed_by === looks.user
              ? '🙋 *You have it*'
              : `🙋 ${userMrkdwn(record.claimed_by)} has it`,
          ),
        ]),
    ...(record.behind_since === null
      ? []
      : [mrkdwn('📥 Waits behind others: *Claim* shows its card')]),
    shownId(record),
  ];
  return [
    richText(
      section(head, ...(proposed === null ? [] : [ours('\n')])),
      ...(proposed === null ? [] : [section(ours(proposed.shown))]),
    ),
    { type: 'context', elements: context },
    ...buttonBlocks(
      { record, decision: null },
      item,
      approveConfirm(proposed?.unshown ?? [], 'your Home'),
    ).flatMap((block) => buttonsHere(block, at)),
  ];
}

/** What would be done or said, in one line, and what of it there is no room for. */
function proposedWords(item: Item): { shown: string; unshown: Unshown[] } | null {
  const proposed = proposedText(item);
  if (proposed === null) return null;
  const { shown, rest } = markedStart(proposed, { max: PROPOSED_MAX });
  return rest === 0
    ? { shown, unshown: [] }
    : { shown: `${shown}${moreWords(rest, 'Details')}`, unshown: [{ name: null, rest }] };
}

function proposedText({ action, proposal }: Item): string | null {
  if (action) {
    const args = Object.entries(action.args ?? {}).map(
      ([name, value]) => `${name} ${onLine(value)}`,
    );
    return `${action.name}${args.length > 0 ? `: ${args.join(', ')}` : ''}`;
  }
  return proposal === undefined || proposal === MASK ? null : onLine(proposal);
}

/** A text of several lines in quotes, with its line breaks as JSON writes them. */
const onLine = (value: unknown): string =>
  typeof value === 'string' && value.includes('\n') ? JSON.stringify(value) : valueLine(value);

/**
 * The card's buttons under ids of their own. What takes the card to answer (a menu, candidates to read) is left to it.
 */
function buttonsHere(block: KnownBlock, at: number): KnownBlock[] {
  if (block.type !== 'actions' || block.block_id?.endsWith(':options')) return [];
  const elements: ActionsBlock['elements'] = block.elements.filter(
    (one) => one.type === 'button' && !one.action_id?.startsWith('item_prefer'),
  );
  return elements.length === 0
    ? []
    : [{ ...block, block_id: `${block.block_id}:home:${at}`, elements }];
}
