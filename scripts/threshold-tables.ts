/** The tables of docs/thresholds.md, of the real answers. Pure. */
import { percent, rangeWords } from '../blocks/text/figure-words.ts';
import { calibrate, type Calibration, type Sample } from '../src/stats/formulas/calibration.ts';
import { searchThreshold, type ThresholdSearch } from '../src/stats/formulas/threshold.ts';
import type { Query } from '../test/clinc150.ts';

export const samplesOf = (answers: readonly Query[]): Sample[] =>
  answers.map((one) => ({
    confidence: one.confidence,
    right: one.predicted === one.label,
    weight: 1,
  }));

export const domainsOf = (answers: readonly Query[]): string[] =>
  [...new Set(answers.map((one) => one.domain))].toSorted();

export function thresholdTables(answers: readonly Query[]): string {
  const all = calibrate(samplesOf(answers));
  const domains = domainsOf(answers);
  const of = (domain: string | null) =>
    samplesOf(answers.filter((one) => domain === null || one.domain === domain));
  const rows = [null, ...domains].map((domain) => {
    const samples = of(domain);
    const { ece, brier } = calibrate(samples);
    return [
      domain ?? '**all**',
      String(samples.length),
      percent(samples.filter((one) => !one.right).length / samples.length),
      ((ece ?? 0) * 100).toFixed(1),
      (brier ?? 0).toFixed(3),
      ...[0.02, 0.05].map((target) => outcomeOf(searchThreshold(samples, target), samples)),
    ];
  });
  return [
    '## What confidence promised and what was found',
    '',
    table(
      ['confidence', 'answers', 'promised', 'found right', '95%'],
      all.bins
        .toReversed()
        .map((bin) => [
          `${bin.from.toFixed(1)}–${bin.to.toFixed(1)}`,
          String(bin.looked),
          percent(bin.promised),
          percent(bin.found.share),
          rangeWords(bin.found),
        ]),
    ),
    '',
    `Expected calibration error ${((all.ece ?? 0) * 100).toFixed(1)} points, Brier score ${(all.brier ?? 0).toFixed(3)}.`,
    '',
    '## The same by domain',
    '',
    'What was found right, of how many answers, in each tenth of confidence. A number far from its heading is a promise not kept.',
    '',
    byDomain(domains.map((domain) => [domain, calibrate(of(domain))])),
    '',
    '![The same as a diagram for each domain](reliability-domains.png)',
    '',
    '## From where on answers may be let through',
    '',
    table(
      ['domain', 'answers', 'wrong', 'ECE', 'Brier', 'errors under 2%', 'errors under 5%'],
      rows,
    ),
    '',
  ].join('\n');
}

function outcomeOf(search: ThresholdSearch, samples: readonly Sample[]): string {
  const { found, failed, more_checks } = search;
  const more =
    failed === null && found !== null
      ? ''
      : more_checks === null
        ? `; at ${failed?.at.toFixed(2)} more checks would hardly help`
        : `; ${more_checks} more checks would settle ${failed === null ? 'it' : failed.at.toFixed(2)}`;
  if (found === null) return `none yet${more}`;
  const share = samples.filter((one) => one.confidence >= found.at).length / samples.length;
  return `above ${found.at.toFixed(2)}: ${percent(found.errors.share)} wrong (${rangeWords(found.errors)}), ${percent(share)} of answers${more}`;
}

/** The bins beside each other, the surest first. */
function byDomain(calibrations: (readonly [string, Calibration])[]): string {
  const tenths = Array.from({ length: 10 }, (_, at) => 9 - at);
  return table(
    ['domain', ...tenths.map((tenth) => `${tenth * 10}–${tenth * 10 + 10}%`)],
    calibrations.map(([domain, { bins }]) => [
      domain,
      ...tenths.map((tenth) => {
        const bin = bins.find(({ from }) => Math.round(from * 10) === tenth);
        return bin === undefined ? '–' : `${percent(bin.found.share)} of ${bin.looked}`;
      }),
    ]),
  );
}

const table = (headings: string[], rows: string[][]): string =>
  [headings, headings.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
