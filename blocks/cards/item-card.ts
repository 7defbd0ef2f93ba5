/**
 * The card: an item as its experts meet it. Ten seconds, no scrolling: at most 12 blocks, long texts folded behind
 * Details, and after the decision how it ended instead of the means to decide. Pure.
 */
import type { ContextBlock, KnownBlock, RichTextElement } from '@slack/types';
import { isBlindNow, type ItemRecord } from '../../src/domain/decision.ts';
import type { Item } from '../../src/domain/item.ts';
import { approveConfirm } from './approve-confirm.ts';
import { buttonBlocks } from './buttons.ts';
import type { CardDomain, CardInput } from './card-input.ts';
import { cardRoom } from './card-room.ts';
import { cut, escapeMrkdwn } from '../text/escape.ts';
import { cardEvidence, evidenceLength } from './evidence.ts';
import { hidesField } from '../../src/domain/redact.ts';
import { seenItem } from './seen-item.ts';
import { infoBlocks } from './info.ts';
import type { Message } from '../text/message.ts';
import { opinionBlocks } from './opinions.ts';
import { optionLengths, optionLines } from './options.ts';
import { endWords, outcomeElements } from './outcome.ts';
import { ensembleLength, ensembleLines, proposalBlocks, proposalOf } from './proposal.ts';
import {
  bold,
  bullets,
  dateMrkdwn,
  mrkdwn,
  ours,
  plain,
  richText,
  section,
  userMrkdwn,
  usergroupMrkdwn,
} from '../text/rich-text.ts';
import { shownId } from './shown-id.ts';
import { shares } from '../text/shares.ts';
import type { Unshown } from '../text/shown-parts.ts';
import { isVisible } from './visible.ts';
import { waitMrkdwn } from './wait-words.ts';
import { reasonsLength, whyAsked } from './why-asked.ts';
import { KIND_WORDS } from '../text/words.ts';

const OUTCOME_MAX = 400;
const MOST_EVIDENCE = 2;
const MOST_ENSEMBLE = 3;

/** The card of an item as it stands. */
export function itemCard(input: CardInput): Message {
  const { record, domain, decision } = input;
  const item = seenItem(record);
  const decided = record.status === 'decided';
  const blocks: KnownBlock[] = [
    { type: 'header', text: plain(item ? item.title : `Item ${record.id}`, 150) },
  ];
  // How it ended comes first: whoever looks at a decided card wants that.
  if (decided)
    blocks.push(richText(...outcomeElements(record, decision, { max: OUTCOME_MAX, beside: true })));
  blocks.push(originLine(record, item, domain));
  if (!item) blocks.push(richText(section(ours(erasedWords(decided)))));
  else if (decided) blocks.push(...proposalBlocks(item, decidedRoom(item), { decided, decision }));
  let unshown: Unshown[] = [];
  if (item && !decided) {
    const open = openBlocks(record, item, domain);
    ({ unshown } = open);
    blocks.push(...open.blocks, ...opinionBlocks(input), ...infoBlocks(input.info));
  }
  blocks.push(timeLine(input));
  blocks.push(...buttonBlocks(input, item, approveConfirm(unshown, 'the card')));
  return { text: fallbackText(input, item), blocks };
}

const erasedWords = (decided: boolean): string =>
  decided
    ? 'The texts of this item have been erased.'
    : 'The texts of this item have been erased: it cannot be decided from its text any more. It ends when its time is up, or when the AI takes it back.';

/** One line for notifications: "Approval · Billing: Refund 240 EUR?" */
function fallbackText({ record, domain, decision }: CardInput, item: Item | null): string {
  const title = escapeMrkdwn(cut(item ? item.title : `item ${record.id}`, 300));
  const { sign, word } = endWords(record, decision);
  return record.status === 'decided'
    ? `${sign} ${word}: ${title}`
    : `${KIND_WORDS[record.kind]} · ${escapeMrkdwn(domain.title)}: ${title}`;
}

/** Kind, domain, who asked, which model: each an element of its own, so that none can pass for another. */
export function originLine(
  record: ItemRecord,
  item: Item | null,
  domain: CardDomain,
): ContextBlock {
  const elements: ContextBlock['elements'] = [
    mrkdwn(`*${KIND_WORDS[record.kind]}*`),
    plain(domain.title, 80),
  ];
  if (item?.requester?.name !== undefined)
    elements.push(plain(`Asked by ${item.requester.name}`, 100));
  if (
    record.requester_slack_user !== null &&
    !(record.item && hidesField(record.item, 'requester'))
  )
    elements.push(mrkdwn(`Asked for ${userMrkdwn(record.requester_slack_user)}`));
  if (isBlindNow(record))
    elements.push(mrkdwn('🙈 *Blind*: answer first, then see what the AI says'));
  else if (record.check_of !== null)
    elements.push(mrkdwn('🔎 *A check*: the AI was let through already'));
  const { name, version } = item?.model ?? {};
  if (isVisible(domain, 'model') && (name !== undefined || version !== undefined))
    elements.push(
      plain(`AI: ${[name, version].filter((one) => one !== undefined).join(' ')}`, 100),
    );
  return { type: 'context', elements };
}

function openBlocks(
  record: ItemRecord,
  item: Item,
  domain: CardDomain,
): { blocks: KnownBlock[]; unshown: Unshown[] } {
  const others = isVisible(domain, 'ensemble') ? (item.ensemble ?? []) : [];
  const evidence = isVisible(domain, 'evidence') ? (item.evidence ?? []) : [];
  const answerable = record.kind === 'question' && record.allowed.includes('answer');
  const cited = evidence.slice(0, MOST_EVIDENCE);
  const citedLengths = cited.map(evidenceLength);
  const heard = others.slice(0, MOST_ENSEMBLE);
  const room = cardRoom(
    {
      ...item,
      ensemble: heard.map(ensembleLength),
      evidence: citedLengths,
      options: answerable ? optionLengths(item) : [],
    },
    Math.min(150, item.title.length) + reasonsLength(record, domain),
    false,
  );
  const proposal = proposalOf(item, room);
  const blocks: KnownBlock[] = [...proposal.blocks, ...whyAsked(record, item, domain)];
  if (heard.length > 0) {
    const lines = ensembleLines(item, MOST_ENSEMBLE, room.ensemble);
    blocks.push(richText(section(bold('Other models say')), bullets(lines)));
  }
  if (evidence.length > 0) {
    const each = shares(room.evidence, citedLengths);
    const lines: RichTextElement[][] = cited.map((one, at) => cardEvidence(one, each[at] ?? 0));
    if (evidence.length > MOST_EVIDENCE)
      lines.push([ours(`and ${evidence.length - MOST_EVIDENCE} more (Details)`)]);
    blocks.push(richText(section(bold('Evidence')), bullets(lines)));
  }
  // Last, so that it stands right above the buttons it tells of.
  if (answerable) blocks.push(...optionLines(item, room.options));
  return { blocks, unshown: proposal.unshown };
}

/** What was asked stays readable once it is decided, but shorter: the channel goes on. */
const decidedRoom = (item: Item) =>
  cardRoom({ ...item, ensemble: [], evidence: [], options: [] }, 0, true);

/** When it is due, who has it, whom it called, and what it is called (`/hitl why ITEM`); once decided, the last alone. */
function timeLine({ record, now, ladder, waits, reopened }: CardInput): ContextBlock {
  if (record.status === 'decided')
    return { type: 'context', elements: [...reopenedElements(reopened), shownId(record)] };
  const ends = [record.due_at, record.expires_at].filter((time) => time !== null);
  const due = ends.length === 0 ? null : Math.min(...ends);
  const elements: ContextBlock['elements'] = [];
  if (waits) elements.push(mrkdwn(waitMrkdwn(waits)));
  // Since when, not by how much: the card stands as drawn while time goes on.
  if (due !== null)
    elements.push(mrkdwn(`⏰ ${due > now ? 'Due' : 'Overdue since'} ${dateMrkdwn(due)}`));
  if (record.claimed_by !== null)
    elements.push(mrkdwn(`🙋 Claimed by ${userMrkdwn(record.claimed_by)}`));
  else if (ladder?.claim_by && ladder.claim_by > now && (due === null || ladder.claim_by < due))
    elements.push(mrkdwn(`🙋 Claim by ${dateMrkdwn(ladder.claim_by)}`));
  const called = ladder ? calledMrkdwn(ladder.people, ladder.usergroups) : '';
  const level = ladder?.climbed ? `level ${record.level}` : '';
  if (called !== '' || level !== '')
    elements.push(mrkdwn(`📟 ${[called, level].filter((one) => one !== '').join(' · ')}`));
  elements.push(...reopenedElements(reopened), shownId(record));
  return { type: 'context', elements };
}

const MOST_CALLED = 4;

function calledMrkdwn(people: readonly string[], usergroups: readonly string[]): string {
  const all = [...people.map(userMrkdwn), ...usergroups.map(usergroupMrkdwn)];
  const more = all.length - MOST_CALLED;
  return [...all.slice(0, MOST_CALLED), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** Ids are the producer's: plain text. */
function reopenedElements(reopened: CardInput['reopened']): ContextBlock['elements'] {
  const { as, from } = reopened ?? {};
  return [
    ...(as ? [mrkdwn(`🔁 Re-opened by ${userMrkdwn(as.by)}, as`), plain(as.item_id, 140)] : []),
    ...(from
      ? [mrkdwn(`🔁 Re-opened by ${userMrkdwn(from.by)}, was`), plain(from.from_id, 140)]
      : []),
  ];
}
