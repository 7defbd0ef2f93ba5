/** Reliability diagrams as Vega-Lite, and what they show in words. Pure. Colours: Okabe and Ito's, which the colour-blind tell apart. */
import type { Calibration } from '../formulas/calibration.ts';
import type { PictureQuestion } from '../questions/question.ts';

const BLUE = '#0072B2';
const GREY = '#8d8d8d';
const PERCENT = { format: '.0%', tickCount: 5 };
const SCALE = { domain: [0, 1] };

/** One reliability diagram. */
export interface Diagram {
  /** What it is of: a domain, a model. */
  title: string;
  calibration: Calibration;
}

/** Each in a panel of its own, the first the largest where there are several; null: there is nothing to draw. */
export function reliabilityChart(diagrams: readonly Diagram[]): PictureQuestion | null {
  const [first, ...others] = diagrams.filter(({ calibration }) => calibration.bins.length > 0);
  if (first === undefined) return null;
  return {
    ask: 'picture',
    spec: {
      title: {
        text: 'What confidence promised and what was found',
        subtitle: [
          'On the dashed line it keeps its promise; below, it is too sure.',
          'Numbers: how many were checked. Bars: 95% intervals.',
        ],
        offset: 18,
      },
      vconcat: [
        panel(first, WHOLE),
        ...(others.length === 0
          ? []
          : [{ columns: 2, concat: others.map((one) => panel(one, PART)), spacing: 36 }]),
      ],
      spacing: 36,
    },
    alt: `What confidence promised and what was found${[first, ...others].map(inWords).join('')}.`,
  };
}

const WHOLE = { width: 480, height: 340, numbers: 10 };
const PART = { width: 210, height: 170, numbers: 8 };

function panel({ title, calibration }: Diagram, { width, height, numbers }: typeof WHOLE): object {
  const values = calibration.bins.map((bin) => ({
    promised: bin.promised,
    found: bin.found.share,
    low: bin.found.low,
    high: bin.found.high,
    looked: bin.looked,
  }));
  const promised = { field: 'promised', type: 'quantitative' };
  const found = { field: 'found', type: 'quantitative' };
  const off = ((calibration.ece ?? 0) * 100).toFixed(1);
  return {
    title: {
      text: title.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').slice(0, 40),
      subtitle: `off by ${off} points, ${calibration.looked.toLocaleString('en-US')} checked`,
      fontSize: 12,
    },
    width,
    height,
    layer: [
      {
        data: { values: [{ at: 0 }, { at: 1 }] },
        mark: { type: 'line', color: GREY, strokeDash: [4, 4] },
        encoding: {
          x: { field: 'at', type: 'quantitative', scale: SCALE },
          y: { field: 'at', type: 'quantitative', scale: SCALE },
        },
      },
      {
        data: { values },
        mark: { type: 'rule', color: BLUE, strokeWidth: 2, opacity: 0.5 },
        encoding: { x: promised, y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } },
      },
      {
        data: { values },
        mark: {
          type: 'line',
          color: BLUE,
          strokeWidth: 2,
          point: { size: 60, filled: true, color: BLUE },
        },
        encoding: {
          x: { ...promised, title: 'promised', axis: PERCENT },
          y: { ...found, title: 'found right', axis: PERCENT },
        },
      },
      {
        data: { values },
        mark: { type: 'text', align: 'left', dx: 8, dy: 8, fontSize: numbers, color: '#1d1c1d' },
        encoding: {
          x: promised,
          y: found,
          text: { field: 'looked', type: 'quantitative', format: ',' },
        },
      },
    ],
  };
}

const inWords = ({ title, calibration }: Diagram): string =>
  ` in ${title}: ${calibration.bins.map((bin) => `${round(bin.promised)} promised, ${round(bin.found.share)} right of ${bin.looked}`).join('; ')}`;

const round = (share: number): string => `${Math.round(share * 100)}%`;
