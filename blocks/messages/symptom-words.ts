/** What stands out, in words: each symptom with its numbers and what usually helps. Pure. */
import { named as inSentence } from '../../src/domain/in-sentence.ts';
import type { Symptom } from '../../src/stats/formulas/symptoms.ts';
import { countWords, percent } from '../text/figure-words.ts';
import { userMrkdwn } from '../text/rich-text.ts';

/** As many as one reads. */
const MOST = 6;

/** One sentence a symptom, for `ownSentences`. `titles` are domains' by their names; `named`: whether people are, which managers alone may see. */
export function symptomWords(
  symptoms: readonly Symptom[],
  titles: ReadonlyMap<string, string>,
  named: boolean,
): string[] {
  const title = (domain: string) => inSentence(titles.get(domain) ?? (domain || '(none)'), 60);
  const words = symptoms.slice(0, MOST).map((one) => wordsOf(one, title, named));
  const rest = symptoms.length - words.length;
  return rest > 0 ? [...words, `and ${rest} more`] : words;
}

/** The same as lines of one text. */
export const symptomLines = (...asked: Parameters<typeof symptomWords>): string[] =>
  symptomWords(...asked).map((one) => (one.startsWith('and ') ? one : `• ${one}`));

function wordsOf(one: Symptom, title: (domain: string) => string, named: boolean): string {
  switch (one.symptom) {
    case 'review_grows':
      return `Review grows faster than volume in ${title(one.domain)}: ${countWords(one.asked.now)} of ${countWords(one.arrived.now)} items needed a person, ${countWords(one.asked.before)} of ${countWords(one.arrived.before)} before. See which rule asks more with \`/hitl stats 7d\` and the domain; a new model or prompt may be less sure.`;
    case 'disputed':
      return `Experts disagree in ${percent(one.disputed / one.units)} of what several judged in ${title(one.domain)}: ${countWords(one.disputed)} of ${countWords(one.units)}. Settle a few of those cases together, and write the outcome into the domain’s guide.`;
    case 'labour_stays':
      return `Labour is not falling although quality rises in ${title(one.domain)}: ${percent(one.override.now.share)} edited or rejected, ${percent(one.override.before.share)} before; still ${percent(one.intervention.now.share)} needed a person, ${percent(one.intervention.before.share)} before. \`/hitl thresholds\` and the domain says from where on the data supports letting through.`;
    case 'hasty': {
      const seconds = Math.round(one.p50 / 100) / 10;
      const who = named ? `${userMrkdwn(one.expert)} decides` : 'Somebody decides';
      const how = `half of ${countWords(one.count)} decisions within ${seconds} s`;
      const look = named
        ? 'Look at a few of them together: the items may be too easy to ask about, or waved through.'
        : 'Managers see who with `/hitl digest`.';
      return `${who} in under 4 s: ${how}. ${look}`;
    }
    default:
      return one satisfies never;
  }
}
