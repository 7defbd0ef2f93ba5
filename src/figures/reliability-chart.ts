/** The reliability diagram as Vega-Lite, and what it shows in words. Pure. Colours: Okabe and Ito's, which the colour-blind tell apart. */
import type { Calibration } from '../../stats/calibration.ts';
import type { PictureQuestion } from './question.ts';

const BLUE = '#0072B2';
const GREY = '#8d8d8d';
const PERCENT = { format: '.0%' };
const SCALE = { domain: [0, 1] };

/** @param title what is shown: a domain, a model; null: there is nothing to draw */
export function reliabilityChart(title: string, all: Calibration): PictureQuestion | null {
  if (all.bins.length === 0) return null;
  const values = all.bins.map((bin) => ({
    promised: bin.promised,
    found: bin.found.share,
    low: bin.found.low,
    high: bin.found.high,
    looked: bin.looked,
  }));
  return {
    ask: 'picture',
    spec: {
      title: {
        text: 'What confidence promised and what was found',
        subtitle: [
          title.slice(0, 60),
          'On the dashed line it keeps its promise; below, it is too sure.',
          'Numbers: how many were checked. Bars: 95% intervals.',
        ],
      },
      width: 480,
      height: 360,
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
          encoding: {
            x: { field: 'promised', type: 'quantitative' },
            y: { field: 'low', type: 'quantitative' },
            y2: { field: 'high' },
          },
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
            x: { field: 'promised', type: 'quantitative', title: 'promised', axis: PERCENT },
            y: { field: 'found', type: 'quantitative', title: 'found right', axis: PERCENT },
          },
        },
        {
          data: { values },
          mark: { type: 'text', align: 'left', dx: 8, dy: 8, fontSize: 10, color: '#1d1c1d' },
          encoding: {
            x: { field: 'promised', type: 'quantitative' },
            y: { field: 'found', type: 'quantitative' },
            text: { field: 'looked', type: 'quantitative', format: ',' },
          },
        },
      ],
    },
    alt: `What confidence promised and what was found in ${title}: ${values.map((one) => `${round(one.promised)} promised, ${round(one.found)} right of ${one.looked}`).join('; ')}.`,
  };
}

const round = (share: number): string => `${Math.round(share * 100)}%`;
