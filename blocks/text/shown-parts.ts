/**
 * What would run or be sent, as pieces of rich text: short values in a line, others in a block of their own with their
 * lines. A value that is cut says how much of it is missing, outside its own text, where it cannot be imitated. Pure.
 */
import type { RichTextBlockElement, RichTextElement } from '@slack/types';
import { MASK, hiddenWords } from '../../src/domain/redact.ts';
import { markedStart, markedText, type Keeping } from './marked-text.ts';
import {
  bold,
  bullets,
  moreWords,
  ours,
  pieces,
  preformatted,
  quote,
  section,
} from './rich-text.ts';
import { NOT_THERE } from './changes.ts';
import { shares } from './shares.ts';
import { isScalar, objectText, valueText } from './shown-value.ts';

/** A part that is not shown whole. */
export interface Unshown {
  /** Of the argument or field; null: the only one there is. */
  name: string | null;
  /** UTF-16 units that are missing. */
  rest: number;
}

export interface ValueRoom {
  max: number;
  lines?: number;
  /** Where the rest is: "Details"; empty: nowhere in Slack. */
  more: string;
}

export interface ShownParts {
  elements: RichTextBlockElement[];
  unshown: Unshown[];
}

/** More fields than this are shown as JSON. */
const MOST_LISTED = 10;
const LONGEST_NAME = 60;
/** A longer value gets a block of its own. */
const LONGEST_INLINE = 120;
/** However many fields there are, each has this much. */
const LEAST = 40;
/** Cutting less than this saves nothing: the words that say so are longer. */
const SPARE = 20;

/** How long a value is when it is shown. */
export const shownLength = (value: unknown): number =>
  value === undefined ? 0 : valueText(value).length;

/** The beginning of a text that fits, the whole of it where cutting would save nothing. */
export function shownStart(text: string, { max, lines }: ValueRoom, keeping: Keeping = 'nothing') {
  const whole = markedStart(text, { max: max + SPARE, lines, keeping });
  return whole.rest === 0 ? whole : markedStart(text, { max, lines, keeping });
}

/** A value under its name; `was`: what it was before. */
export interface Field {
  name: string;
  value: unknown;
  was?: unknown;
  /** Of a form, where yes and no are what was chosen. */
  yes_no?: boolean;
}

type FieldParts = ({ inline: RichTextElement[] } | { block: RichTextBlockElement[] }) & {
  rest: number;
};

interface Side {
  ours: string | null;
  text: string;
  shown: string;
  rest: number;
}

/** Words of ours in the place of a value, or the value's beginning. */
function sideOf(value: unknown, room: ValueRoom, yes_no: boolean): Side {
  const words =
    value === NOT_THERE
      ? '(not there)'
      : value === MASK
        ? hiddenWords(MASK)
        : yes_no && typeof value === 'boolean'
          ? value
            ? 'yes'
            : 'no'
          : null;
  if (words !== null) return { ours: words, text: words, shown: words, rest: 0 };
  const text = yes_no && Array.isArray(value) ? listText(value) : valueText(value);
  return { ours: null, text, ...shownStart(text, room) };
}

/** What was chosen of a list: "ink, glue". */
const listText = (list: readonly unknown[]): string =>
  list.length === 0 || !list.every(isScalar)
    ? objectText(list)
    : list
        .map((one) =>
          typeof one === 'string' && one.includes(',') ? JSON.stringify(one) : valueText(one),
        )
        .join(', ');

const inlineSide = (
  { ours: words, shown, rest }: Side,
  room: ValueRoom,
  strike: boolean,
): RichTextElement[] => [
  ...(words !== null
    ? [ours(words, strike ? { strike } : undefined)]
    : shown === ''
      ? []
      : [ours(shown, { code: true, ...(strike ? { strike } : {}) })]),
  ...(rest === 0 ? [] : [ours(` ${moreWords(rest, room.more)}`, { italic: true })]),
];

const isInline = ({ text, shown }: Side): boolean =>
  shown.length <= LONGEST_INLINE && !/[\n\t]/.test(text);

function fieldParts({ name, value, was, yes_no = false }: Field, room: ValueRoom): FieldParts {
  // A name with a colon could pass for a name and its value.
  const key = bold(markedText(/^"|: /.test(name) ? JSON.stringify(name) : name) || '""');
  const is = sideOf(value, room, yes_no);
  const before = was === undefined ? null : sideOf(was, room, yes_no);
  const rest = is.rest;
  if (isInline(is) && (before === null || isInline(before)))
    return {
      inline: [
        key,
        ours(': '),
        ...(before === null ? [] : [...inlineSide(before, room, true), ours(' → ')]),
        ...inlineSide(is, room, false),
      ],
      rest,
    };
  return {
    block: [
      ...(before === null
        ? []
        : [section(key, ours(' was:')), ...codeElements(before.shown, before.rest, room)]),
      section(key, ours(before === null ? ':' : ' is now:')),
      ...codeElements(is.shown, rest, room),
    ],
    rest,
  };
}

/** Short fields as a list, the others below their names, in their order. @param room of each field */
export function fieldElements(
  fields: readonly Field[],
  room: ValueRoom | ((at: number) => ValueRoom),
  unshown: Unshown[] = [],
): RichTextBlockElement[] {
  const elements: RichTextBlockElement[] = [];
  let lines: RichTextElement[][] = [];
  const endList = () => {
    if (lines.length > 0) elements.push(bullets(lines));
    lines = [];
  };
  for (const [at, field] of fields.entries()) {
    const parts = fieldParts(field, typeof room === 'function' ? room(at) : room);
    if (parts.rest > 0) unshown.push({ name: field.name, rest: parts.rest });
    if ('inline' in parts) lines.push(parts.inline);
    else {
      endList();
      elements.push(...parts.block);
    }
  }
  endList();
  return elements;
}

/** A block that keeps lines and indentation, and below it what is missing. */
const codeElements = (shown: string, rest: number, room: ValueRoom): RichTextBlockElement[] => [
  ...(shown === '' ? [] : [preformatted(pieces(shown).map((piece) => ours(piece)))]),
  ...(rest === 0 ? [] : [section(ours(moreWords(rest, room.more), { italic: true }))]),
];

/** A flat object as a list that reads at a glance; anything nested as JSON. */
export function objectParts(value: { [key: string]: unknown }, room: ValueRoom): ShownParts {
  const entries = Object.entries(value);
  if (entries.length === 0) return { elements: [], unshown: [] };
  const flat =
    entries.length <= MOST_LISTED &&
    entries.every(([name, one]) => isScalar(one) && name !== '' && name.length <= LONGEST_NAME);
  if (!flat) return jsonParts(value, room);
  const each = shares(
    room.max,
    entries.map(([, one]) => shownLength(one)),
  );
  const unshown: Unshown[] = [];
  const elements = fieldElements(
    entries.map(([name, one]) => ({ name, value: one })),
    (at) => ({ ...room, max: Math.max(LEAST, each[at] ?? 0) }),
    unshown,
  );
  return { elements, unshown };
}

/** Any value as JSON. */
export const jsonParts = (value: unknown, room: ValueRoom): ShownParts =>
  codeParts(objectText(value), room);

/** A text of which every character counts, with its lines. */
export function codeParts(text: string, room: ValueRoom): ShownParts {
  const { shown, rest } = shownStart(text, room);
  return {
    elements: codeElements(shown, rest, room),
    unshown: rest === 0 ? [] : [{ name: null, rest }],
  };
}

/** Blanks that only a block of code is sure to keep. */
const LAID_OUT = /(?:^|\n)[ \t]|[ \t]{2}|\t|\n{3}/;

/** A text that goes out as it is: a quote, or a block where its blanks matter. */
export function textParts(text: string, room: ValueRoom): ShownParts {
  if (text === MASK) return { elements: [quote([ours(hiddenWords(MASK))])], unshown: [] };
  if (text === '') return { elements: [quote([ours('(empty)', { italic: true })])], unshown: [] };
  const { shown, rest } = shownStart(text, room, 'script');
  const unshown = rest === 0 ? [] : [{ name: null, rest }];
  if (LAID_OUT.test(text)) return { elements: codeElements(shown, rest, room), unshown };
  return {
    elements: [
      quote([
        ...pieces(shown).map((piece) => ours(piece)),
        ...(rest === 0 ? [] : [ours(` ${moreWords(rest, room.more)}`, { italic: true })]),
      ]),
    ],
    unshown,
  };
}
