/** What is asked and what the AI would do or say, as rich text; for the card (short) and for the details (whole). Pure. */
import type { RichTextBlock, RichTextBlockElement } from '@slack/types';
import type { Decision } from '../../src/domain/decision.ts';
import { MASK, hiddenWords } from '../../src/domain/redact.ts';
import type { Item } from '../../src/domain/item.ts';
import { candidateLetter, candidateOrder } from './candidate-order.ts';
import { hiddenNote } from './hidden-note.ts';
import { markedText } from '../text/marked-text.ts';
import { proseParts, saidElements, type ProseRoom } from '../text/prose-parts.ts';
import { bold, ours, richText, said, section } from '../text/rich-text.ts';
import { shares } from '../text/shares.ts';
import {
  jsonParts,
  objectParts,
  textParts,
  type ShownParts,
  type Unshown,
} from '../text/shown-parts.ts';
import { wholePercent } from '../text/words.ts';

/** How many characters each part may have. */
export interface Room {
  body: number;
  proposal: number;
  /** For all candidates together. */
  candidates: number;
  /** How many lines each text may have; any number where it is absent. */
  lines?: number;
  /** Where the rest of what is cut can be read. */
  more?: string;
  /** Whether Markdown is shown as it was written. */
  as_written?: boolean;
}

const MORE = 'Details';

/** Once decided, what the AI meant to do is told in the past, and the candidate that was chosen has a mark. */
export interface Told {
  decided: boolean;
  decision: Pick<Decision, 'choice'> | null;
}
const NOT_YET: Told = { decided: false, decision: null };

export interface Proposal {
  blocks: RichTextBlock[];
  /** What would run or be sent and is not in the blocks. */
  unshown: Unshown[];
}

/** The item's own words, what the AI proposes, and what is compared; no blocks where the title says it all. */
export function proposalOf(item: Item, room: Room, told: Told = NOT_YET): Proposal {
  const blocks: RichTextBlock[] = [];
  if (item.body !== undefined)
    blocks.push(richText(...saidElements(item.body, proseRoom(room, room.body), false)));
  const proposed = [actionParts(item, room, told), proposalParts(item, room, told)];
  const elements = [...proposed.flatMap((part) => part.elements), ...hiddenNote(item)];
  if (elements.length > 0) blocks.push(richText(...elements));
  const candidates = candidateElements(item, room, told);
  if (candidates.length > 0) blocks.push(richText(...candidates));
  return { blocks, unshown: proposed.flatMap((part) => part.unshown) };
}

/** The same where nothing can be decided from it alone. */
export const proposalBlocks = (item: Item, room: Room, told: Told = NOT_YET): RichTextBlock[] =>
  proposalOf(item, room, told).blocks;

const NOTHING: ShownParts = { elements: [], unshown: [] };
const proseRoom = ({ lines, more = MORE, as_written }: Room, max: number): ProseRoom => ({
  max,
  lines,
  more,
  as_written,
});
const valueRoom = ({ lines, more = MORE }: Room, max: number) => ({ max, lines, more });

function actionParts(item: Item, room: Room, told: Told): ShownParts {
  if (!item.action) return NOTHING;
  const args = item.action.args ?? {};
  const count = Object.keys(args).length;
  const { elements, unshown } = objectParts(args, valueRoom(room, room.proposal));
  return {
    elements: [
      section(
        bold(told.decided ? 'The AI wanted to run ' : 'The AI wants to run '),
        item.action.name === MASK
          ? ours(hiddenWords(MASK))
          : ours(markedText(item.action.name), { code: true }),
        ours(count === 0 ? ', without arguments' : ', with'),
      ),
      ...elements,
    ],
    unshown,
  };
}

const PROPOSAL_WORDS: Record<Item['kind'], { open: string; decided: string }> = {
  approval: { open: 'The AI proposes', decided: 'The AI proposed' },
  question: { open: 'The AI would answer', decided: 'The AI would have answered' },
  review: { open: 'The AI wrote', decided: 'The AI wrote' },
  comparison: { open: 'The AI prefers', decided: 'The AI preferred' },
};

function proposalParts(item: Item, room: Room, told: Told): ShownParts {
  const { proposal } = item;
  if (proposal === undefined) return NOTHING;
  const heading = section(bold(PROPOSAL_WORDS[item.kind][told.decided ? 'decided' : 'open']));
  const within = valueRoom(room, room.proposal);
  const { elements, unshown } =
    typeof proposal === 'string'
      ? proseParts(proposal, proseRoom(room, room.proposal))
      : Object.keys(proposal).length === 0
        ? jsonParts(proposal, within)
        : objectParts(proposal, within);
  return { elements: [heading, ...elements], unshown };
}

function candidateElements(item: Item, room: Room, told: Told): RichTextBlockElement[] {
  const order = candidateOrder(item);
  const each = shares(
    room.candidates,
    order.map((one) => one.text.length),
  );
  return order.flatMap((one, at) => [
    section(bold(`${candidateLetter(at)}${one.id === told.decision?.choice ? ' ✔' : ''}`)),
    ...textParts(one.text, valueRoom(room, Math.max(20, each[at] ?? 0))).elements,
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
