/** `/hitl stats`: figures of a period as lines, a table and a picture, for one person or shared. Pure. */
import type { KnownBlock, RichTextBlock, RichTextElement, TableBlock } from '@slack/types';
import type { EpochMs } from '../src/clock.ts';
import type { Agreement } from '../stats/krippendorff.ts';
import type { Fairness } from '../stats/fairness.ts';
import type { Group, Grouping, PeriodFigures } from '../stats/period-figures.ts';
import type { Figures, Rate } from '../stats/tally.ts';
import { economicsBlocks, type EconomicsShown } from './economics-lines.ts';
import { cut, safeLine } from './escape.ts';
import {
  before,
  countWords,
  percent,
  pointsWords,
  rangeWords,
  rateWords,
  spreadWords,
} from './figure-words.ts';
import type { Message } from './message.ts';
import {
  bold,
  bullets,
  date,
  label,
  ours,
  preformatted,
  richText,
  said,
  section,
  user,
  userMrkdwn,
  mrkdwn,
} from './rich-text.ts';
import { OUTCOME_WORDS, spanWords } from './words.ts';

export interface StatsShown extends PeriodFigures {
  from: EpochMs;
  to: EpochMs;
  /** The domain's title; null: all. */
  domain: string | null;
  by: Grouping;
  agreement: { domain: string; agreement: Agreement }[];
  blind_same: Rate | null;
  pages: Fairness | null;
  /** null: not for this reader, or the policy says nothing about money. */
  economics: EconomicsShown | null;
  /** Whose: everybody's, or only what the reader decided. */
  whose: 'all' | 'own';
  /** Everybody's, beside one's own; null: not for this reader, for too few people decided. */
  team: { now: Figures; before: Figures } | null;
  /** What the Share button carries; null: no button. */
  share: string | null;
  shared_by: string | null;
  picture: { file_id: string; alt: string } | null;
}

/** As many lines of the table as one reads. */
const MOST_GROUPS = 20;

/** @param classic without a table block, where Slack does not know it yet */
export function statsMessage(shown: StatsShown, classic = false): Message {
  const { domain, from, to, whose, team, now } = shown;
  const heading = whose === 'own' ? 'What you decided' : 'Review in numbers';
  const when: RichTextElement[] = [ours(' · '), date(from), ours(' to '), date(to)];
  const where: RichTextElement[] = domain === null ? [] : [ours(' · '), said(domain, 80)];
  const blocks: KnownBlock[] = [
    richText(
      section(bold(heading), ...where, ...when),
      bullets(whose === 'own' ? ownLines(shown) : allLines(shown)),
    ),
  ];
  if (whose === 'own') {
    blocks.push(
      richText(
        section(bold('Everybody together')),
        bullets(
          team === null
            ? [
                [
                  ours(
                    'Shown where at least five people decided: fewer would give a colleague away.',
                  ),
                ],
              ]
            : figureLines(team.now, team.before),
        ),
      ),
    );
  }
  blocks.push(...(classic ? listOfGroups(shown) : tableOfGroups(shown)));
  if (shown.economics !== null) blocks.push(...economicsBlocks(shown.economics));
  if (shown.picture !== null) blocks.push(pictureOf(shown.picture));
  if (shown.share !== null)
    blocks.push({
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: 'stats_share',
          text: label('Share here'),
          value: shown.share,
        },
      ],
    });
  if (shown.shared_by !== null)
    blocks.push({
      type: 'context',
      elements: [mrkdwn(`Shared by ${userMrkdwn(shown.shared_by)}`)],
    });
  const text =
    whose === 'own'
      ? `You decided ${countWords(now.decided)} items`
      : `${countWords(now.arrived)} items came in, people decided ${countWords(now.decided)}`;
  return { text, blocks };
}

/** The picture by itself, where the numbers stand above it already. */
export const statsPicture = (picture: { file_id: string; alt: string }): Message => ({
  text: 'The same as a picture',
  blocks: [pictureOf(picture)],
});

const pictureOf = ({ file_id, alt }: { file_id: string; alt: string }): KnownBlock => ({
  type: 'image',
  slack_file: { id: file_id },
  alt_text: cut(alt, 1900),
});

type Line = RichTextElement[];
const line = (text: string): Line => [ours(text)];

function ownLines(shown: StatsShown): Line[] {
  const { now, before: then } = shown;
  if (now.decided === 0) return [line('You decided nothing in this time.')];
  return [
    line(`You decided ${countWords(now.decided)} items (${countWords(then.decided)} before)`),
    ...overrideLines(now, then, 'You'),
    ...timeLines(now),
    ...busiestHour(shown),
  ];
}

function allLines(shown: StatsShown): Line[] {
  const { now, before: then } = shown;
  return [
    ...figureLines(now, then),
    ...shown.agreement
      .slice(0, 3)
      .map(({ domain, agreement }): Line => [
        ours('Agreement in '),
        said(domain, 60),
        ours(`: ${agreementWords(agreement)}`),
      ]),
    ...(shown.blind_same === null
      ? []
      : [
          line(
            `Blind checks found the AI’s answer the same in ${rateWords(shown.blind_same)} of ${countWords(shown.blind_same.of)}`,
          ),
        ]),
    ...loadLines(shown),
  ];
}

function figureLines(now: Figures, then: Figures): Line[] {
  if (now.arrived + now.ended === 0) return [line('Nothing came in and nothing was decided.')];
  const { ask, let_through, refuse } = now.routes;
  const waiting = now.waiting === 0 ? '' : `, of which ${countWords(now.waiting)} still wait`;
  return [
    line(
      `${countWords(now.arrived)} items came in (${countWords(then.arrived)} before): ${countWords(ask)} asked${waiting}, ${countWords(let_through)} let through, ${countWords(refuse)} refused`,
    ),
    ...(now.intervention === null
      ? []
      : [line(`${rateWords(now.intervention)} needed a person${before(then.intervention)}`)]),
    ...(now.ended === 0 ? [] : [line(`Ended: ${outcomesWords(now)}`)]),
    ...overrideLines(now, then, 'People'),
    ...timeLines(now),
    ...(now.expired === null
      ? []
      : [
          line(
            `${percent(now.expired.share)} ran out unanswered${before(then.expired)}; ${percent(now.escalated?.share ?? 0)} climbed to another rung${before(then.escalated)}`,
          ),
        ]),
  ];
}

function overrideLines(now: Figures, then: Figures, who: string): Line[] {
  const { override } = now;
  if (override === null) return [];
  return [
    line(
      `${who} edited or rejected ${rateWords(override)} of ${countWords(override.of)} seen${before(then.override)}`,
    ),
  ];
}

function timeLines(now: Figures): Line[] {
  const { to_claim, to_decide, in_time, in_time_by_level } = now;
  const levels = in_time_by_level
    .map(({ level, rate }) => `level ${level} ${percent(rate.share)} of ${countWords(rate.of)}`)
    .join(', ');
  return [
    ...(to_decide === null ? [] : [line(`Decided: ${spreadWords(to_decide)}`)]),
    ...(to_claim === null ? [] : [line(`Claimed: ${spreadWords(to_claim)}`)]),
    ...(in_time === null ? [] : [line(`In time: ${percent(in_time.share)} (${levels})`)]),
  ];
}

function loadLines(shown: StatsShown): Line[] {
  const [busiest] = shown.load;
  const people = shown.load.length;
  const { pages } = shown;
  const lines: Line[] = [];
  if (busiest && people > 1) {
    const share = busiest.decided / Math.max(1, shown.now.decided);
    lines.push([
      ours(`${people} people decided; most of all `),
      user(busiest.expert),
      ours(
        ` with ${countWords(busiest.decided)} (${percent(share)}), most between ${hourWords(busiest.hours)}`,
      ),
    ]);
  }
  if (pages !== null && pages.people > 1) {
    lines.push([
      ours(`${countWords(pages.total)} pages; `),
      user(pages.most.person),
      ours(
        ` had ${countWords(pages.most.count)}, ${(Math.round(pages.times_even * 10) / 10).toString()} times an even share`,
      ),
    ]);
  }
  return lines;
}

function busiestHour(shown: StatsShown): Line[] {
  const [own] = shown.load;
  return own ? [line(`Most between ${hourWords(own.hours)}`)] : [];
}

function hourWords(hours: readonly number[]): string {
  const hour = hours.indexOf(Math.max(...hours));
  return `${String(hour).padStart(2, '0')}:00 and ${String((hour + 1) % 24).padStart(2, '0')}:00`;
}

function agreementWords({ alpha, units, disputed }: Agreement): string {
  const of = `${countWords(disputed)} of ${countWords(units)} disputed`;
  return alpha === null ? of : `${of}, Krippendorff’s α ${alpha.toFixed(2)}`;
}

const outcomesWords = (now: Figures): string =>
  Object.entries(OUTCOME_WORDS)
    .flatMap(([outcome, { word }]) => {
      const count = now.outcomes[outcome as keyof typeof OUTCOME_WORDS] ?? 0;
      const who = outcome === 'auto_answered' ? ' by an earlier answer' : '';
      return count === 0 ? [] : [`${word.toLowerCase()}${who} ${countWords(count)}`];
    })
    .join(', ');

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

function tableOfGroups(shown: StatsShown): KnownBlock[] {
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
function listOfGroups(shown: StatsShown): KnownBlock[] {
  const groups = decidedGroups(shown);
  if (groups.length === 0) return [];
  const rows = [
    [HEADINGS[shown.by], ...COLUMNS],
    ...groups
      .slice(0, MOST_GROUPS)
      .map((group) => [cut(safeLine(nameOf(group)), 24), ...cellsOf(group)]),
  ];
  const widths =
    rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((text, at) => (at === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[at] ?? 0)))
      .join('  '),
  );
  return [richText(preformatted([ours(lines.join('\n'))])), ...restOf(groups)];
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
