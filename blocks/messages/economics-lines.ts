/** What looking cost and what it saved, in words, with what was assumed. Pure. */
import type { KnownBlock, RichTextElement } from '@slack/types';
import {
  FEWEST_LOOKS,
  LONGEST_LOOK_MS,
  type DomainEconomics,
  type ErrorCost,
} from '../../src/stats/formulas/economics.ts';
import { countWords, percent } from '../text/figure-words.ts';
import { bold, bullets, ours, richText, said, section } from '../text/rich-text.ts';
import { spanWords } from '../text/words.ts';

export interface EconomicsShown {
  /** As the policy says. */
  costs: { currency: string; error: ErrorCost; delay_hour: number };
  domains: readonly DomainEconomics[];
  /** A domain's title by its name. */
  titles: ReadonlyMap<string, string>;
}

/** As many as one reads. */
const MOST_DOMAINS = 6;

export function economicsBlocks({ costs, domains, titles }: EconomicsShown): KnownBlock[] {
  if (domains.length === 0) return [];
  const amount = (value: number) => `${costs.currency} ${countWords(rounded(value))}`;
  const shown = domains.slice(0, MOST_DOMAINS);
  const lines = shown.map((one): RichTextElement[] => [
    said(titles.get(one.domain) ?? (one.domain || '(none)'), 60),
    ours(`: ${spentWords(one, amount)}. ${savedWords(one, amount)}`),
    ...verdict(one),
  ]);
  const rest = domains.length - shown.length;
  if (rest > 0) lines.push([ours(`and ${rest} more domains that cost less`)]);
  return [
    richText(
      section(bold('What looking costs and saves'), ours(' · estimated')),
      bullets(lines),
      section(ours(assumptions(costs, amount), { italic: true })),
    ),
  ];
}

type Amount = (value: number) => string;

function spentWords(one: DomainEconomics, amount: Amount): string {
  const checks =
    one.spent_on_checks > 0 ? ` (${amount(one.spent_on_checks)} of it on later checks)` : '';
  const waiting = one.delay > 0 ? `, ${amount(one.delay)} on waiting` : '';
  return `${amount(one.spent)} spent on review${checks}${waiting}`;
}

function savedWords(one: DomainEconomics, amount: Amount): string {
  if (one.looked === 0) return 'Nothing was held back to be looked at';
  const pays =
    one.break_even === null ? '' : `. A look pays below a confidence of ${percent(one.break_even)}`;
  return `${amount(one.avoided)} of errors avoided: ${countWords(one.wrong)} edited or rejected of ${countWords(one.looked)}${pays}`;
}

function verdict(one: DomainEconomics): RichTextElement[] {
  if (one.costs_more === true) return [ours('. '), bold('Looking costs more than it saves here')];
  if (one.costs_more === null && one.looked > 0)
    return [ours(`. Under ${FEWEST_LOOKS} looks: too few to say whether it pays`)];
  return [];
}

function assumptions(costs: EconomicsShown['costs'], amount: Amount): string {
  const { error } = costs;
  const price =
    'per_point' in error
      ? `${costs.currency} ${error.per_point} for each point of impact`
      : error.table
          .map(({ from, cost }) => `${costs.currency} ${cost} from impact ${from}`)
          .join(', ');
  return [
    `Assumed: one person an item, from the claim (without one, from coming in) to the decision, ${spanWords(LONGEST_LOOK_MS)} at most`,
    `; an error costs ${price}, and whatever was edited or rejected would have been one`,
    costs.delay_hour > 0 ? `; an hour of waiting costs ${amount(costs.delay_hour)}` : '',
    '; an item that names no impact counts as the highest, 10',
    '.',
  ].join('');
}

/** Two digits are what an estimate is good for below ten, whole amounts above. */
const rounded = (value: number): number =>
  value < 10 ? Math.round(value * 100) / 100 : Math.round(value);
