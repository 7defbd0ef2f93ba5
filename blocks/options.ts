/** The prepared answers of a question, each with the words that taking it sends. Pure. */
import type { PlainTextOption, RichTextBlock, RichTextElement } from '@slack/types';
import type { Item } from '../src/item.ts';
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

/** What a button, or an option of a menu, holds. */
export const LABEL_MAX = 75;

type Option = NonNullable<Item['options']>[number];

/** For how many options a card has room for longer words. */
const FEW = 4;
const HEADING = 'What each answer sends';

/** A label that is shown whole is all that is sent, where nothing else is said. */
const saysAll = (one: Option): boolean =>
  one.description === undefined && one.prefill === undefined && one.label.length <= LABEL_MAX;

/** For the card: a line each, cut short; nothing where the labels say it all. */
export function optionLines(item: Item): RichTextBlock[] {
  const options = item.options ?? [];
  if (options.every(saysAll)) return [];
  const max = options.length <= FEW ? 160 : 80;
  const lines = options.map((one): RichTextElement[] => [
    said(one.label, max, { bold: true }),
    ...described(one, max),
    ...(one.prefill === undefined ? [] : [ours(': “'), said(one.prefill, max), ours('”')]),
  ]);
  return [richText(section(bold(HEADING)), bullets(lines))];
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
