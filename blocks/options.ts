/** The prepared answers of a question, each with the words that taking it sends. Pure. */
import type { PlainTextOption, RichTextBlock, RichTextElement } from '@slack/types';
import type { Item } from '../src/item.ts';
import { hiddenWords } from '../src/domain/redact.ts';
import {
  bold,
  bullets,
  ours,
  plain,
  quote,
  richText,
  said,
  saidBlock,
  section,
} from './rich-text.ts';
import { shares } from './shares.ts';

/** More options than this become a menu. */
export const MOST_OPTION_BUTTONS = 4;
/** What a button, or an option of a menu, holds. */
export const LABEL_MAX = 75;

type Option = NonNullable<Item['options']>[number];

const HEADING = 'What each answer sends';

/** Of the line of an option on a card. */
const LINE_MAX = 200;
/** Less than this of a text tells nothing. */
const LEAST = 24;

/** The texts of an option, in the order in which they are shown. */
const partsOf = (one: Option): string[] =>
  [one.label, one.description, one.prefill].filter((part) => part !== undefined);
const lengthOf = (one: Option): number =>
  Math.min(LINE_MAX, partsOf(one).map(hiddenWords).join('').length);

/** How long the line of each option would like to be on a card. */
export const optionLengths = (item: Item): number[] => {
  const options = item.options ?? [];
  return options.every(saysAll) ? [] : options.map(lengthOf);
};

/** A label that is shown whole is all that is sent, where nothing else is said. */
const saysAll = (one: Option): boolean =>
  one.description === undefined && one.prefill === undefined && one.label.length <= LABEL_MAX;

/** For the card: a line each, cut short; nothing where the labels say it all. @param room characters for all lines */
export function optionLines(item: Item, room: number): RichTextBlock[] {
  const options = item.options ?? [];
  if (options.every(saysAll)) return [];
  const each = shares(room, options.map(lengthOf));
  // What one click sends is said, if shortly; a menu says it again, beside each of its options.
  const least = options.length <= MOST_OPTION_BUTTONS ? 3 * LEAST : 0;
  const lines = options.map((one, at) => lineOf(one, Math.max(least, each[at] ?? 0)));
  // With nothing but labels it would only say the menu again.
  if (
    options.some((one) => lengthOf(one) > one.label.length) &&
    lines.every(({ length }) => length === 1)
  )
    return [];
  return [richText(section(bold(HEADING)), bullets(lines))];
}

/** What fits is shown whole; else the label first, and of the other parts what there is room for. */
function lineOf(one: Option, room: number): RichTextElement[] {
  const whole = lengthOf(one) <= room && room < LINE_MAX;
  const label = whole ? room : Math.max(LEAST, Math.floor(room / partsOf(one).length));
  const left = whole ? room : room - Math.min(label, one.label.length);
  const others = partsOf(one).length - 1;
  const each = whole ? room : Math.floor(left / Math.max(1, others));
  return [
    said(one.label, label, { bold: true }),
    ...(!whole && each < LEAST
      ? []
      : [
          ...described(one, each),
          ...(one.prefill === undefined ? [] : [ours(': “'), said(one.prefill, each), ours('”')]),
        ]),
  ];
}

/** For Details: whole. */
export function wholeOptions(item: Item, max: number, tail: string): RichTextBlock[] {
  const options = item.options ?? [];
  if (options.length === 0) return [];
  const parts = options.flatMap((one) => [
    section(said(one.label, 200, { bold: true }), ...described(one, 200)),
    ...(one.prefill === undefined ? [] : [quote(saidBlock(one.prefill, max, tail))]),
  ]);
  return [richText(section(bold(HEADING)), ...parts)];
}

const described = (one: Option, max: number): RichTextElement[] =>
  one.description === undefined ? [] : [ours(' ('), said(one.description, max), ours(')')];

/** An option in a menu: under its label what it is about, else what it sends. Its value is its place, from 1. */
export function menuOption(one: Option, at: number): PlainTextOption {
  const hint = one.description ?? one.prefill;
  return {
    text: plain(one.label, LABEL_MAX),
    value: String(at + 1),
    ...(hint === undefined ? {} : { description: plain(hint, LABEL_MAX) }),
  };
}
