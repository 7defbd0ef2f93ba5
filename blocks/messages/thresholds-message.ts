/** `/hitl thresholds`: what confidence promised, what was found, and from where on the data supports letting through. Pure. */
import type { KnownBlock, ModalView, RichTextElement, TableBlock } from '@slack/types';
import type { Calibration } from '../../src/stats/formulas/calibration.ts';
import type { CheckedGroup } from '../../src/stats/formulas/checked.ts';
import type { ThresholdSearch, ThresholdStep } from '../../src/stats/formulas/threshold.ts';
import { alignedLines } from '../text/aligned-lines.ts';
import { cut, safeLine } from '../text/escape.ts';
import { countWords, percent, rangeWords } from '../text/figure-words.ts';
import type { Message } from '../text/message.ts';
import { ownSentences } from '../text/own-sentences.ts';
import {
  bold,
  bullets,
  label,
  ours,
  preformatted,
  richText,
  said,
  saidBlock,
  section,
} from '../text/rich-text.ts';

export interface ThresholdsShown {
  /** The domain's title. */
  domain: string;
  /** Only this model; null: all of the domain. */
  model: string | null;
  days: number;
  groups: CheckedGroup[];
  all: Calibration;
  items: number;
  let_through: number;
  search: ThresholdSearch;
  /** What the button that drafts the change carries; null: no button. */
  draft: string | null;
}

const MOST_MODELS = 5;

/** @param classic without a table block, where Slack does not know it yet */
export function thresholdsMessage(shown: ThresholdsShown, classic = false): Message {
  const { domain, model, search, all, draft } = shown;
  const target = percent(search.target);
  const blocks: KnownBlock[] = [
    richText(
      section(
        said(domain, 80, { bold: true }),
        bold(`: where errors stay under ${target}`),
        ...(model === null ? [] : [ours(' · '), said(model, 60)]),
        ours(` · the last ${shown.days} days`),
      ),
      bullets([...searchLines(search), ...lookedLines(shown)]),
    ),
  ];
  if (all.bins.length > 0)
    blocks.push(classic ? asLines([BIN_HEADINGS, ...binRows(all)]) : binTable(all));
  if (model === null) blocks.push(...modelBlocks(shown));
  if (draft !== null)
    blocks.push({
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: 'thresholds_draft',
          text: label('Draft the policy change'),
          value: draft,
        },
      ],
    });
  const text =
    search.found === null
      ? `No confidence is supported yet for errors under ${target}`
      : `Errors stay under ${target} above ${search.found.at.toFixed(2)}`;
  return { text, blocks };
}

type Line = RichTextElement[];
const line = (text: string): Line => [ours(text)];

function searchLines({ found, failed, target, more_checks, steps }: ThresholdSearch): Line[] {
  const lines: Line[] = [];
  if (found !== null)
    lines.push([
      ours('The data supports letting through above '),
      bold(found.at.toFixed(2)),
      ours(`: ${stepWords(found)}`),
    ]);
  else if (failed !== null) lines.push(line('No confidence is supported yet'));
  if (failed !== null)
    lines.push(line(`It stops at ${failed.at.toFixed(2)}: ${stepWords(failed)}`));
  if (steps.length === 0)
    lines.push(
      line(
        `Too little was checked to say anything: ${countWords(more_checks ?? 0)} more checks without an error would do`,
      ),
    );
  else if (failed !== null && more_checks !== null)
    lines.push(
      line(
        `About ${countWords(more_checks)} more checks at or above ${failed.at.toFixed(2)} would settle it, if they come out as those before`,
      ),
    );
  else if (failed !== null)
    lines.push(
      line(
        `Its errors are not clearly under ${percent(target)}: more checks will hardly change it`,
      ),
    );
  return lines;
}

const stepWords = (step: ThresholdStep): string =>
  `${percent(step.errors.share)} wrong (${rangeWords(step.errors)}) of ${countWords(step.looked)} checked`;

function lookedLines({ all, items, let_through }: ThresholdsShown): Line[] {
  const lines = [
    line(
      `People looked at ${countWords(all.looked)} answers, which stand for ${countWords(Math.round(all.stands_for))} of ${countWords(items)} items`,
    ),
  ];
  if (let_through > 0 && all.stands_for < items * 0.9)
    lines.push(
      ownSentences(
        `${countWords(let_through)} were let through; what nobody looked at is not in this. A rule with a sample (\`sample: 2%\`, \`after: let_through\`) shows it too`,
        300,
      ),
    );
  if (all.ece !== null && all.brier !== null)
    lines.push(
      line(
        `Confidence is off by ${(all.ece * 100).toFixed(1)} points on average (ECE); Brier score ${all.brier.toFixed(3)}`,
      ),
    );
  return lines;
}

const MODEL_HEADINGS = ['Model', 'Checked', 'Wrong', 'Off by', 'Brier', 'Through'];

/** Each model beside the others, where there are several: what is true of one need not be of the next. */
function modelBlocks({ groups }: ThresholdsShown): KnownBlock[] {
  const told = groups.filter((group) => group.calibration.looked > 0);
  if (told.length < 2) return [];
  const first = told.slice(0, MOST_MODELS);
  const rest = told.length - first.length;
  const heading = section(
    bold('By model'),
    ours(' · of one alone: '),
    ours('/hitl thresholds DOMAIN MODEL', { code: true }),
    ...(rest > 0 ? [ours(` · and ${rest} more`)] : []),
  );
  const rows = first.map((group) => [cut(safeLine(modelName(group)), 20), ...modelCells(group)]);
  // A message may have one table, and that is the bins'.
  return [richText(heading), asLines([MODEL_HEADINGS, ...rows])];
}

const modelName = ({ model }: CheckedGroup): string => (model === '' ? '(no model named)' : model);

function modelCells({ calibration, search }: CheckedGroup): string[] {
  const { looked, stands_for, ece, brier, bins } = calibration;
  const right = bins.reduce((sum, bin) => sum + bin.stands_for * bin.found.share, 0);
  return [
    countWords(looked),
    percent(1 - right / stands_for),
    ((ece ?? 0) * 100).toFixed(1),
    (brier ?? 0).toFixed(3),
    search.found === null ? 'not yet' : `above ${search.found.at.toFixed(2)}`,
  ];
}

const BIN_HEADINGS = ['Confidence', 'Checked', 'Promised', 'Found right', '95%'];

const binRows = (all: Calibration): string[][] =>
  all.bins
    .toReversed()
    .map((bin) => [
      `${bin.from.toFixed(1)}–${bin.to.toFixed(1)}`,
      countWords(bin.looked),
      percent(bin.promised),
      percent(bin.found.share),
      rangeWords(bin.found),
    ]);

const binTable = (all: Calibration): TableBlock => ({
  type: 'table',
  column_settings: BIN_HEADINGS.map((_, at) => ({ align: at === 0 ? 'left' : 'right' })),
  rows: [BIN_HEADINGS, ...binRows(all)].map((row) =>
    row.map((text) => ({ type: 'raw_text' as const, text })),
  ),
});

/** A table as lines, which every Slack shows. */
function asLines(rows: string[][]): KnownBlock {
  return richText(preformatted([ours(alignedLines(rows))]));
}

/** The change as a diff, in a window of its own: nothing is changed by it. */
export const draftModal = (diff: string): ModalView => ({
  type: 'modal',
  title: label('A draft'),
  close: label('Close'),
  blocks: [
    richText(
      section(
        ours(
          'Nothing has changed. Put this into the policy file, have it reviewed like code, and run ',
        ),
        ours('hitl policy check', { code: true }),
        ours('.'),
      ),
      preformatted(saidBlock(diff, 2900)),
    ),
  ],
});
