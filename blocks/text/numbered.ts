/**
 * Buttons and menu entries whose words come from outside. Slack cuts them short, so two may look the same: where one is
 * cut, or two look alike, all of them are numbered, and the list beside them has the same numbers. Pure.
 */
import type { PlainTextElement } from '@slack/types';
import { hiddenWords } from '../../src/domain/redact.ts';
import { safeLine } from './escape.ts';
import { plain } from './rich-text.ts';

/** Letters that common typefaces draw alike, as the Latin one (after Unicode TR 39, what people meet). */
const LOOKS_LIKE: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    a: 'аα',
    b: 'ьβв',
    c: 'сϲ',
    d: 'ԁ',
    e: 'еε',
    h: 'һнη',
    i: 'іιl1|!ıӏ',
    j: 'јϳ',
    k: 'кκ',
    m: 'мμ',
    n: 'ո',
    o: 'оο0օ',
    p: 'рρ',
    q: 'ԛ',
    s: 'ѕ',
    t: 'тτ',
    u: 'υս',
    v: 'νѵ',
    w: 'ԝω',
    x: 'хχ',
    y: 'уγү',
    "'": '’‘`´',
    '-': '‐‑‒–—−',
  }).flatMap(([letter, others]) => [...others].map((other) => [other, letter])),
);

/** Equal for texts that a person cannot tell apart at a glance: by case, by spacing, by letters of another alphabet. */
const glance = (shown: string): string =>
  [...shown.normalize('NFKC').toLowerCase()]
    .map((letter) => LOOKS_LIKE[letter] ?? letter)
    .join('')
    .replace(/[\p{Cf}\s]/gu, '')
    .replace(/[.,;:…]$/, '');

/**
 * "1. ", "2. ", … for texts that need numbers to be told apart, and empty texts for those that do not.
 * @param shown the texts as they are shown
 * @param isCut whether one of them is not shown whole
 * @param beside other texts that stand beside them
 */
export function numbersOf(
  shown: readonly string[],
  isCut: boolean,
  beside: readonly string[] = [],
): string[] {
  const seen = [...shown, ...(shown.length > 0 ? beside : [])].map(glance);
  const needed = (shown.length > 1 && isCut) || new Set(seen).size < seen.length;
  return shown.map((_, at) => (needed ? `${at + 1}. ` : ''));
}

/** The numbers of texts that are each shown in at most `max` characters. */
export function numbersWithin(
  texts: readonly string[],
  max: number,
  beside: readonly string[] = [],
): string[] {
  const whole = texts.map((text) => safeLine(hiddenWords(text)));
  const shown = texts.map((text) => plain(text, max).text);
  return numbersOf(
    shown,
    shown.some((text, at) => text !== whole[at]),
    beside,
  );
}

/** Those texts as labels, numbered where they need it. */
export function labelsWithin(
  texts: readonly string[],
  max: number,
  beside: readonly string[] = [],
): PlainTextElement[] {
  const numbers = numbersWithin(texts, max, beside);
  return texts.map((text, at) => plain(`${numbers[at] ?? ''}${hiddenWords(text)}`, max));
}
