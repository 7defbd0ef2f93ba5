/** Why a person is asked, and the numbers behind it: one block, each number said once, with a bar to see it by. Pure. */
import type { RichTextBlock, RichTextBlockElement, RichTextElement } from '@slack/types';
import type { ItemRecord } from '../../src/domain/decision.ts';
import type { Item } from '../../src/domain/item.ts';
import type { CardDomain } from './card-input.ts';
import { bold, bullets, ours, richText, said, section } from '../text/rich-text.ts';
import { seenReasons } from './seen-item.ts';
import { isVisible, visibleReasons } from './visible.ts';
import { bar, percentWords, shortNumber } from '../text/words.ts';

const MOST_REASONS = 4;
const REASON_MAX = 200;

interface Gauge {
  /** As the reasons call it: "confidence 0.42, below 0.60". */
  name: 'confidence' | 'impact';
  value: number;
  /** 0..1 */
  share: number;
  /** For where no reason names the number. */
  words: string;
}

/** The reasons, the bar of a number standing where it is named; a number that no reason names follows. */
export function whyAsked(record: ItemRecord, item: Item, domain: CardDomain): RichTextBlock[] {
  const reasons = visibleReasons(domain, seenReasons(record));
  const shown = reasons.slice(0, MOST_REASONS);
  const gauges = gaugesOf(item, domain);
  const named = new Map(
    gauges.flatMap((gauge): [string, Gauge][] => {
      const line = shown.find((one) => names(one, gauge));
      return line === undefined ? [] : [[line, gauge]];
    }),
  );
  const rest = gauges.filter((gauge) => ![...named.values()].includes(gauge));
  const elements: RichTextBlockElement[] = [];
  if (shown.length > 0) {
    const lines = shown.map((line): RichTextElement[] => {
      const gauge = named.get(line);
      return [said(line, REASON_MAX), ...(gauge ? [ours(` ${bar(gauge.share)}`)] : [])];
    });
    if (reasons.length > shown.length)
      lines.push([ours(`and ${reasons.length - shown.length} more (Details)`)]);
    const [only, ...others] = lines;
    if (only !== undefined && others.length === 0)
      elements.push(section(bold('Why you are asked: '), ...only));
    else elements.push(section(bold('Why you are asked')), bullets(lines));
  }
  if (rest.length > 0) elements.push(section(ours(rest.map((one) => one.words).join(' · '))));
  return elements.length === 0 ? [] : [richText(...elements)];
}

/** How many characters the reasons take. */
export const reasonsLength = (record: ItemRecord, domain: CardDomain): number =>
  visibleReasons(domain, seenReasons(record))
    .slice(0, MOST_REASONS)
    .reduce((total, line) => total + Math.min(REASON_MAX, line.length), 0);

/** A number that was not given is not made up. */
function gaugesOf(item: Item, domain: CardDomain): Gauge[] {
  const { confidence, impact } = item;
  const gauges: Gauge[] = [];
  if (confidence !== undefined && isVisible(domain, 'confidence')) {
    gauges.push({
      name: 'confidence',
      value: confidence,
      share: confidence,
      words: `Confidence ${percentWords(confidence)}`,
    });
  }
  if (impact !== undefined && isVisible(domain, 'impact')) {
    gauges.push({
      name: 'impact',
      value: impact,
      share: impact / 10,
      words: `Impact ${bar(impact / 10)} ${shortNumber(impact)}/10`,
    });
  }
  return gauges;
}

/** Whether a reason says that very number: "impact 8, at or above 7.0". */
function names(reason: string, { name, value }: Gauge): boolean {
  const stated = /^(confidence|impact) ([0-9.e+-]+),/.exec(reason);
  return stated?.[1] === name && Number(stated[2]) === value;
}
