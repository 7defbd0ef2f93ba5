/** The pictures of `/hitl stats` as Vega-Lite, and what each shows in words. Pure. Colours: Okabe and Ito's, which the colour-blind tell apart. */
import type { EpochMs } from '../../domain/clock.ts';
import type { PeriodFigures } from '../formulas/period-figures.ts';
import type { PictureQuestion } from '../questions/question.ts';

const BLUE = '#0072B2';
const ORANGE = '#D55E00';
const GREY = '#8d8d8d';

const WIDTH = 620;
/** As many bars as one can tell apart. */
const MOST_BARS = 12;
const PERCENT = { format: '.0%' };

export interface ChartInput {
  figures: PeriodFigures;
  /** What the groups are: "domain", "expert". */
  by: string;
  /** One person's: what was let through is in none of it, so the line of what needed a person would say nothing. */
  own: boolean;
  /** What people are called, by id; other groups are called what they are. */
  names: ReadonlyMap<string, string>;
  timezone: string;
}

/** null where there is nothing to draw. */
export function statsChart(input: ChartInput): PictureQuestion | null {
  const parts = [input.own ? null : overTime(input), overridden(input), load(input)].filter(
    (part) => part !== null,
  );
  if (parts.length === 0) return null;
  return {
    ask: 'picture',
    spec: {
      vconcat: parts.map((part) => part.spec),
      spacing: 28,
      resolve: { legend: { color: 'independent' } },
    },
    alt: parts.map((part) => part.alt).join(' '),
  };
}

interface Part {
  spec: object;
  alt: string;
}

function overTime({ figures, timezone }: ChartInput): Part | null {
  const { over_time } = figures;
  const values = over_time
    .filter((one) => one.arrived > 0)
    .map((one) => ({ day: dayIn(one.at, timezone), share: one.asked / one.arrived }));
  const [first, last] = [values[0], values.at(-1)];
  if (!first || !last || values.length < 2) return null;
  return {
    spec: {
      title: {
        text: 'Share of items that needed a person',
        subtitle: 'the line that should fall',
      },
      width: WIDTH,
      height: 160,
      data: { values },
      mark: {
        type: 'line',
        point: { size: 40, filled: true, color: BLUE },
        color: BLUE,
        strokeWidth: 2,
      },
      encoding: {
        x: {
          field: 'day',
          type: 'temporal',
          title: null,
          // Days without a time are read in UTC; on the machine's own clock they would fall on other days.
          scale: { type: 'utc' },
          axis: { format: '%-d %b', tickCount: 8, grid: false },
        },
        y: {
          field: 'share',
          type: 'quantitative',
          title: null,
          axis: PERCENT,
          scale: { domainMin: 0 },
        },
      },
    },
    alt: `A line of the share of items that needed a person: ${round(first.share)} on ${first.day}, ${round(last.share)} on ${last.day}, at most ${round(Math.max(...values.map((one) => one.share)))}.`,
  };
}

function overridden({ figures, by, names }: ChartInput): Part | null {
  const label = labels(
    figures.groups.map((group) => group.name),
    names,
  );
  const values = figures.groups
    .flatMap(({ name, now, before }) =>
      now.override === null
        ? []
        : [
            {
              name: label(name),
              share: now.override.share,
              low: now.override.low,
              high: now.override.high,
              before: before.override?.share ?? null,
            },
          ],
    )
    .slice(0, MOST_BARS);
  if (values.length === 0) return null;
  const y = { field: 'name', type: 'nominal', title: null, sort: null };
  return {
    spec: {
      title: {
        text: `Edited or rejected, by ${by}`,
        subtitle: 'dot: this period, with its 95% interval; hollow: the period before',
      },
      width: WIDTH,
      height: { step: 26 },
      data: { values },
      encoding: { y },
      layer: [
        {
          mark: { type: 'rule', color: ORANGE, strokeWidth: 3, opacity: 0.5 },
          encoding: {
            x: {
              field: 'low',
              type: 'quantitative',
              title: null,
              axis: PERCENT,
              scale: { domainMin: 0 },
            },
            x2: { field: 'high' },
          },
        },
        {
          mark: { type: 'point', shape: 'circle', size: 60, color: GREY, filled: false },
          encoding: { x: { field: 'before', type: 'quantitative' } },
        },
        {
          mark: {
            type: 'point',
            shape: 'circle',
            size: 90,
            color: ORANGE,
            filled: true,
            opacity: 1,
          },
          encoding: { x: { field: 'share', type: 'quantitative' } },
        },
      ],
    },
    alt: `Edited or rejected by ${by}: ${values.map((one) => `${one.name} ${round(one.share)} (${round(one.low)} to ${round(one.high)})`).join(', ')}.`,
  };
}

function load({ figures, names, timezone }: ChartInput): Part | null {
  const busiest = figures.load.slice(0, MOST_BARS);
  const [most] = busiest;
  if (!most) return null;
  const label = labels(
    busiest.map((one) => one.expert),
    names,
  );
  const values = busiest.flatMap(({ expert, hours }) =>
    hours.map((decided, hour) => ({ name: label(expert), hour, decided })),
  );
  return {
    spec: {
      title: { text: 'Decisions by person and hour', subtitle: `hours in ${timezone}` },
      width: WIDTH,
      height: { step: 24 },
      data: { values },
      mark: { type: 'rect', stroke: '#ffffff' },
      encoding: {
        x: { field: 'hour', type: 'ordinal', title: null, axis: { labelAngle: 0 } },
        y: { field: 'name', type: 'nominal', title: null, sort: null },
        color: {
          field: 'decided',
          type: 'quantitative',
          title: 'decisions',
          scale: { scheme: 'blues', domainMin: 0 },
          legend: { orient: 'right', gradientLength: 120, format: 'd', tickMinStep: 1 },
        },
      },
    },
    alt: `Decisions by person and hour: ${busiest.map((one) => `${label(one.expert)} ${one.decided}, most from ${one.hours.indexOf(Math.max(...one.hours))}:00`).join('; ')}.`,
  };
}

/** What each is called in the picture; whom one name would make one are told apart. */
function labels(
  ids: readonly string[],
  names: ReadonlyMap<string, string>,
): (id: string) => string {
  const byId = new Map<string, string>();
  const taken = new Set<string>();
  for (const id of ids) {
    const name = cleaned(names.get(id) ?? id) || '(none)';
    let label = name;
    for (let number = 2; taken.has(label); number += 1) label = `${name} (${number})`;
    taken.add(label);
    byId.set(id, label);
  }
  return (id) => byId.get(id) ?? id;
}

/** What others named must not break a line or run out of the picture. */
const cleaned = (name: string): string => name.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').slice(0, 32);

/** `2026-11-23` where the wall clock says so. */
const dayIn = (at: EpochMs, timezone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(new Date(at));

const round = (share: number): string => `${Math.round(share * 100)}%`;
