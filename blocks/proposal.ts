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
import { shares } from './shares.ts';
import { wholePercent } from './words.ts';

/** How many characters each part may have. */
export interface Room {
  body: number;
  proposal: number;
  /** For all candidates together. */
  candidates: number;
  /** How many lines each text may have; any number where it is absent. */
  lines?: number;
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
    blocks.push(richText(section(...within(room, item.body, room.body))));
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
    ...objectElements(args, room),
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
    ? [heading, quote(within(room, item.proposal, room.proposal))]
    : [heading, ...objectElements(item.proposal, room)];
}

const within = (room: Room, text: string, max: number) =>
  saidBlock(text, max, room.tail, room.lines);

/** A flat object as a list that reads at a glance; anything nested as JSON. */
function objectElements(value: { [key: string]: unknown }, room: Room): RichTextBlockElement[] {
  const entries = Object.entries(value);
  if (entries.length === 0) return [];
  const flat = entries.length <= MOST_LISTED && entries.every(([, one]) => isScalar(one));
  if (!flat) return [preformatted(within(room, shownJson(value), room.proposal))];
  const each = shares(
    room.proposal,
    entries.map(([, one]) => valueWords(one).length),
  );
  return [
    bullets(
      entries.map(([name, one], at) => [
        said(name, 60, { bold: true }),
        ours(': '),
        said(valueWords(one), Math.min(2000, Math.max(40, each[at] ?? 0))),
      ]),
    ),
  ];
}

function candidateElements(item: Item, room: Room, told: Told): RichTextBlockElement[] {
  const order = candidateOrder(item);
  const each = shares(
    room.candidates,
    order.map((one) => one.text.length),
  );
  return order.flatMap((one, at) => [
    section(bold(`${candidateLetter(at)}${one.id === told.decision?.choice ? ' ✔' : ''}`)),
    quote(within(room, one.text, Math.max(20, each[at] ?? 0))),
  ]);
}

type Opinion = NonNullable<Item['ensemble']>[number];
/** How long the line of one model would like to be on a card. */
export const ensembleLength = (one: Opinion): number =>
  Math.min(80, one.source.length) + Math.min(100, one.answer.length);

/** What other models said: "nb: reject (30 %)". @param room characters for all lines */
export function ensembleLines(item: Item, most: number, room: number) {
  const all = item.ensemble ?? [];
  const heard = all.slice(0, most);
  const each = shares(
    room,
    heard.map((one) => one.source.length + one.answer.length),
  );
  const lines = heard.map((one, at) => {
    const own = each[at] ?? 0;
    const source = Math.min(80, Math.max(20, own));
    return [
      said(one.source, source, { bold: true }),
      ours(': '),
      said(one.answer, Math.max(20, own - Math.min(source, one.source.length))),
      ...(one.confidence === undefined ? [] : [ours(` (${wholePercent(one.confidence)} %)`)]),
    ];
  });
  if (all.length > most) lines.push([ours(`and ${all.length - most} more (Details)`)]);
  return lines;
}
