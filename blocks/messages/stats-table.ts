/** The figures of a period by domain, person, rule, model or cohort: a table, or lines where Slack knows no tables. Pure. */
import type { KnownBlock, RichTextBlock, TableBlock } from '@slack/types';
import type { Group, Grouping } from '../../src/stats/formulas/period-figures.ts';
import { alignedLines } from '../text/aligned-lines.ts';
import { cut, safeLine } from '../text/escape.ts';
import { countWords, percent, pointsWords, rangeWords } from '../text/figure-words.ts';
import { mrkdwn, ours, preformatted, richText, said, section, user } from '../text/rich-text.ts';
import type { StatsShown } from './stats-message.ts';
import { spanWords } from '../text/words.ts';

/** As many lines of the table as one reads. */
const MOST_GROUPS = 20;

const HEADINGS: Record<Grouping, string> = {
  domain: 'Domain',
  expert: 'Who',
  rule: 'Rule',
  model: 'Model',
  cohort: 'Cohort',
};

const COLUMNS = ['Decided', 'Overridden', '95%', 'Change', 'Half within', 'In time'];

function cellsOf({ now, before: then }: Group): string[] {
  const { override, to_decide, in_time } = now;
  return [
    countWords(now.decided),
    override === null ? '–' : percent(override.share),
    override === null ? '–' : rangeWords(override),
    pointsWords(override, then.override) || '–',
    to_decide === null ? '–' : spanWords(to_decide.p50),
    in_time === null ? '–' : percent(in_time.share),
  ];
}

const decidedGroups = ({ groups }: StatsShown): Group[] =>
  groups.filter(({ now }) => now.decided > 0);

export function tableOfGroups(shown: StatsShown): KnownBlock[] {
  const groups = decidedGroups(shown);
  if (groups.length === 0) return [];
  const cell = (text: string) => ({ type: 'raw_text' as const, text });
  const first = (group: Group): RichTextBlock =>
    richText(section(shown.by === 'expert' ? user(group.name) : said(nameOf(group), 60)));
  const table: TableBlock = {
    type: 'table',
    column_settings: [{ is_wrapped: true }, ...COLUMNS.map(() => ({ align: 'right' as const }))],
    rows: [
      [HEADINGS[shown.by], ...COLUMNS].map(cell),
      ...groups.slice(0, MOST_GROUPS).map((group) => [first(group), ...cellsOf(group).map(cell)]),
    ],
  };
  return [table, ...restOf(groups)];
}

/** The table as lines, which every Slack shows. */
export function listOfGroups(shown: StatsShown): KnownBlock[] {
  const groups = decidedGroups(shown);
  if (groups.length === 0) return [];
  const rows = [
    [HEADINGS[shown.by], ...COLUMNS],
    ...groups
      .slice(0, MOST_GROUPS)
      .map((group) => [cut(safeLine(nameOf(group)), 24), ...cellsOf(group)]),
  ];
  return [richText(preformatted([ours(alignedLines(rows))])), ...restOf(groups)];
}

const restOf = (groups: Group[]): KnownBlock[] =>
  groups.length <= MOST_GROUPS
    ? []
    : [
        {
          type: 'context',
          elements: [mrkdwn(`and ${groups.length - MOST_GROUPS} more`)],
        },
      ];

const nameOf = ({ name }: Group): string => (name === '' ? '(none)' : name);
