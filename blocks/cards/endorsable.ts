/** Earlier answers of others that a person can take over by one click, each with its button's label. Pure. */
import type { PlainTextElement } from '@slack/types';
import { isBlindNow, type ItemRecord, type Opinion } from '../../src/domain/decision.ts';
import type { Verdict } from '../../src/domain/lifecycle.ts';
import { signaturesOf } from '../../src/domain/signatures.ts';
import { agreementKey } from '../../src/domain/agreement.ts';
import { cut, safeLine } from '../text/escape.ts';
import { numbersOf } from '../text/numbered.ts';
import { LABEL_MAX } from './options.ts';
import { plain } from '../text/rich-text.ts';

/** Earlier answers that one can take over by a click. */
const MOST_ENDORSED = 3;
const QUOTED_MAX = 50;

export interface Endorsable {
  opinion: Opinion;
  label: PlainTextElement;
  /** As it stands on the label and before the answer on the card: "1. ", or empty where the labels need none. */
  number: string;
}

/** What was answered before in free words; never who said it, and nothing while it is blind. */
export function endorsable(record: ItemRecord, opinions: readonly Opinion[]): Endorsable[] {
  const { several } = record;
  if (several === null || isBlindNow(record)) return [];
  const seen = new Set<string>();
  const chosen = signaturesOf(opinions, several)
    .filter(({ opinion, verdict }) => {
      const key = agreementKey(verdict);
      const fits =
        verdict.word === 'answer' || (verdict.word === 'edit' && several.stages.length === 0);
      const first = fits && !seen.has(key) && opinion.choice === undefined;
      seen.add(key);
      return first;
    })
    .slice(-MOST_ENDORSED);
  const texts = chosen.map(({ verdict, opinion }) => sameWords(verdict, opinion.name));
  const isCut = chosen.some(
    ({ verdict }) =>
      verdict.word === 'answer' &&
      typeof verdict.answer === 'string' &&
      safeLine(verdict.answer).length > QUOTED_MAX,
  );
  const numbers = numbersOf(texts, isCut);
  return chosen.map(({ opinion }, at) => {
    const number = numbers[at] ?? '';
    return { opinion, number, label: plain(`${number}${texts[at] ?? ''}`, LABEL_MAX) };
  });
}

function sameWords(verdict: Verdict, name: string): string {
  if (verdict.word !== 'answer') return `Same edit as ${name}`;
  return typeof verdict.answer === 'string'
    ? `Same as “${cut(safeLine(verdict.answer), QUOTED_MAX)}”`
    : 'Same answer';
}
