/** What is asked and what the AI would do or say, as rich text; for the card (short) and for the details (whole). Pure. */
import type { RichTextBlock, RichTextBlockElement } from '@slack/types';
import type { Decision } from '../src/decision.ts';
import type { Item } from '../src/item.ts';
import { candidateLetter, candidateOrder } from './candidate-order.ts';
import { isScalar, shownJson, valueWords } from './json-text.ts';
import {
  bold,
  bullets,
  ours,
  preformatted,
  quote,
  richText,
  said,
  saidBlock,
  section,
} from './rich-text.ts';
import { wholePercent } from './words.ts';

/** How many characters each part may have. */
interface Room {
  body: number;
  proposal: number;
  /** For all candidates together. */
  candidates: number;
  tail?: string;
}

const MOST_LISTED = 10;

/** Once decided, what the AI meant to do is told in the past, and the candidate that was chosen has a mark. */
export interface Told {
  decided: boolean;
  decision: Pick<Decision, 'choice'> | null;
}
const NOT_YET: Told = { decided: false, decision: null };

/** The item's own words, what the AI proposes, and what is compared; an empty list where the title says it all. */
export function proposalBlocks(item: Item, room: Room, told: Told = NOT_YET): RichTextBlock[] {
  const blocks: RichTextBlock[] = [];
  if (item.body !== undefined)
    blocks.push(richText(section(...saidBlock(item.body, room.body, room.tail))));
  const proposed = [...actionElements(item, room, told), ...proposalElements(item, room, told)];
  if (proposed.length > 0) blocks.push(richText(...proposed));
  const candidates = candidateElements(item, room, told);
  if (candidates.length > 0) blocks.push(richText(...candidates));
  return blocks;
}

function actionElements(item: Item, room: Room, told: Told): RichTextBlockElement[] {
  if (!item.action) return [];
  const args = item.action.args ?? {};
  const count = Object.keys(args).length;
  return [
    section(
      bold(told.decided ? 'The AI wanted to run ' : 'The AI wants to run '),
      said(item.action.name, 200, { code: true }),
      ours(count === 0 ? ', without arguments' : ', with'),
    ),
    ...objectElements(args, room.proposal, room.tail),
  ];
}

const PROPOSAL_WORDS: Record<Item['kind'], { open: string; decided: string }> = {
  approval: { open: 'The AI proposes', decided: 'The AI proposed' },
  question: { open: 'The AI would answer', decided: 'The AI would have answered' },
  review: { open: 'The AI wrote', decided: 'The AI wrote' },
  comparison: { open: 'The AI prefers', decided: 'The AI preferred' },
};

function proposalElements(item: Item, room: Room, told: Told): RichTextBlockElement[] {
  if (item.proposal === undefined) return [];
  const heading = section(bold(PROPOSAL_WORDS[item.kind][told.decided ? 'decided' : 'open']));
  return typeof item.proposal === 'string'
    ? [heading, quote(saidBlock(item.proposal, room.proposal, room.tail))]
    : [heading, ...objectElements(item.proposal, room.proposal, room.tail)];
}

/** A flat object as a list that reads at a glance; anything nested as JSON. */
function objectElements(
  value: { [key: string]: unknown },
  max: number,
  tail?: string,
): RichTextBlockElement[] {
  const entries = Object.entries(value);
  if (entries.length === 0) return [];
  const flat = entries.length <= MOST_LISTED && entries.every(([, one]) => isScalar(one));
  if (!flat) return [preformatted(saidBlock(shownJson(value), max, tail))];
  const each = Math.max(80, Math.floor(max / entries.length));
  return [
    bullets(
      entries.map(([name, one]) => [
        said(name, 80, { bold: true }),
        ours(': '),
        said(valueWords(one), Math.min(each, 2000)),
      ]),
    ),
  ];
}

function candidateElements(item: Item, room: Room, told: Told): RichTextBlockElement[] {
  const order = candidateOrder(item);
  return order.flatMap((one, at) => [
    section(bold(`${candidateLetter(at)}${one.id === told.decision?.choice ? ' ✔' : ''}`)),
    quote(saidBlock(one.text, Math.floor(room.candidates / order.length), room.tail)),
  ]);
}

/** What other models said: "nb: reject (30 %)". */
export function ensembleLines(item: Item, most: number, max: number) {
  const all = item.ensemble ?? [];
  const lines = all
    .slice(0, most)
    .map((one) => [
      said(one.source, 80, { bold: true }),
      ours(': '),
      said(one.answer, max),
      ...(one.confidence === undefined ? [] : [ours(` (${wholePercent(one.confidence)} %)`)]),
    ]);
  if (all.length > most) lines.push([ours(`and ${all.length - most} more (Details)`)]);
  return lines;
}
