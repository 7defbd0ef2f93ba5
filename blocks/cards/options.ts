/** The prepared answers of a question, each with the words that taking it sends. Pure. */
import type {
  PlainTextElement,
  PlainTextOption,
  RichTextBlock,
  RichTextBlockElement,
  RichTextElement,
} from '@slack/types';
import type { Item } from '../../src/domain/item.ts';
import { hiddenWords } from '../../src/domain/redact.ts';
import { cutMiddle } from '../text/escape.ts';
import { labelsWithin, numbersWithin } from '../text/numbered.ts';
import { bold, bullets, ours, plain, richText, said, section } from '../text/rich-text.ts';
import { shares } from '../text/shares.ts';
import { textParts } from '../text/shown-parts.ts';

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

/** Our own buttons on the card of a question: a prepared answer may be called the same. */
const OUR_BUTTONS = [
  'Answer',
  'Write an answer',
  'Claim',
  'Release',
  'Escalate',
  'Details',
  'Send back',
];
const besides = (options: readonly Option[]): string[] =>
  options.length <= MOST_OPTION_BUTTONS ? OUR_BUTTONS : [];
const labelTexts = (options: readonly Option[]): string[] => options.map((one) => one.label);

/** The labels of the options, for buttons or a menu: numbered where they could be taken for one another. */
const optionLabels = (options: readonly Option[]): PlainTextElement[] =>
  labelsWithin(labelTexts(options), LABEL_MAX, besides(options));
/** The same numbers, for the list of them: "1. ", or empty texts where none are needed. */
const optionNumbers = (options: readonly Option[]): string[] =>
  numbersWithin(labelTexts(options), LABEL_MAX, besides(options));
const isNumbered = (options: readonly Option[]): boolean =>
  (optionNumbers(options)[0] ?? '') !== '';

/** The options as buttons. @param button makes one of its label and its position, from 1 */
export const optionButtons = <T>(
  item: Item,
  button: (label: PlainTextElement, position: number) => T,
): T[] => optionLabels(item.options ?? []).map((label, at) => button(label, at + 1));

/** How long the line of each option would like to be on a card. */
export const optionLengths = (item: Item): number[] => {
  const options = item.options ?? [];
  return options.every(saysAll) && !isNumbered(options) ? [] : options.map(lengthOf);
};

/** A label that is shown whole is all that is sent, where nothing else is said. */
const saysAll = (one: Option): boolean =>
  one.description === undefined && one.prefill === undefined && one.label.length <= LABEL_MAX;

/** For the card: a line each, cut short; nothing where the labels say it all. @param room characters for all lines */
export function optionLines(item: Item, room: number): RichTextBlock[] {
  const options = item.options ?? [];
  const numbers = optionNumbers(options);
  const numbered = isNumbered(options);
  if (options.every(saysAll) && !numbered) return [];
  const each = shares(room, options.map(lengthOf));
  // What one click sends is said, if shortly; a menu says it again, beside each of its options.
  const least = options.length <= MOST_OPTION_BUTTONS ? 3 * LEAST : 0;
  const lines = options.map((one, at) =>
    lineOf(one, Math.max(least, each[at] ?? 0), numbers[at] ?? ''),
  );
  // With nothing but labels it would only say the menu again.
  if (
    !numbered &&
    options.some((one) => lengthOf(one) > one.label.length) &&
    lines.every(({ length }) => length === 1)
  )
    return [];
  return [richText(section(bold(HEADING)), ...listOf(lines, numbered))];
}

/** Lines with numbers stand as they are, so that a bullet is not read as part of them. */
const listOf = (lines: RichTextElement[][], numbered: boolean): RichTextBlockElement[] =>
  numbered ? lines.map((line) => section(...line)) : [bullets(lines)];

/** What fits is shown whole; else the label first, and of the other parts what there is room for. */
function lineOf(one: Option, room: number, number: string): RichTextElement[] {
  const whole = lengthOf(one) <= room && room < LINE_MAX;
  const label = whole ? room : Math.max(LEAST, Math.floor(room / partsOf(one).length));
  const left = whole ? room : room - Math.min(label, one.label.length);
  const others = partsOf(one).length - 1;
  const each = whole ? room : Math.floor(left / Math.max(1, others));
  return [
    ...numberElement(number),
    // The ends of two labels tell more than what they have in common.
    number === ''
      ? said(one.label, label, { bold: true })
      : said(cutMiddle(one.label, label), label, { bold: true }),
    ...(!whole && each < LEAST
      ? []
      : [
          ...described(one, each),
          ...(one.prefill === undefined ? [] : [ours(': “'), said(one.prefill, each), ours('”')]),
        ]),
  ];
}

/** For a form whose menu has numbers: what each of them stands for, each label whole. Nothing where there are none. */
export function numberedOptionLines(item: Item): RichTextBlock[] {
  const options = item.options ?? [];
  if (!isNumbered(options)) return [];
  const numbers = optionNumbers(options);
  const lines = options.map((one, at) => [
    ...numberElement(numbers[at] ?? ''),
    said(one.label, LINE_MAX, { bold: true }),
  ]);
  return [richText(section(bold('Prepared answers')), ...listOf(lines, true))];
}

const numberElement = (number: string): RichTextElement[] =>
  number === '' ? [] : [ours(number, { bold: true })];

/** For Details: whole. */
export function wholeOptions(item: Item, max: number, more: string): RichTextBlock[] {
  const options = item.options ?? [];
  if (options.length === 0) return [];
  const numbers = optionNumbers(options);
  const parts = options.flatMap((one, at) => [
    section(
      ...numberElement(numbers[at] ?? ''),
      said(one.label, 200, { bold: true }),
      ...described(one, 200),
    ),
    ...(one.prefill === undefined ? [] : textParts(one.prefill, { max, more }).elements),
  ]);
  return [richText(section(bold(HEADING)), ...parts)];
}

const described = (one: Option, max: number): RichTextElement[] =>
  one.description === undefined ? [] : [ours(' ('), said(one.description, max), ours(')')];

/** The options as those of a menu: under each label what it is about, else what it sends. Values are positions, from 1. */
export function menuOptions(item: Item): PlainTextOption[] {
  const options = item.options ?? [];
  const labels = optionLabels(options);
  return options.map((one, at) => {
    const hint = one.description ?? one.prefill;
    return {
      text: labels[at] ?? plain(one.label, LABEL_MAX),
      value: String(at + 1),
      ...(hint === undefined ? {} : { description: plain(hint, LABEL_MAX) }),
    };
  });
}
