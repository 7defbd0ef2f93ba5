/** Draws a chart as a PNG, without a browser: Vega-Lite makes the SVG, resvg the pixels, with a font of our own. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Picture, PictureQuestion } from '../questions/question.ts';

const FONT = 'DejaVu Sans';
/** Pixels to a unit of the chart: sharp on a dense screen. */
const ZOOM = 2;

/** A light ground of its own and dark words on it: the same in Slack's light and dark modes. */
const LOOK = {
  background: '#ffffff',
  padding: 16,
  config: {
    font: FONT,
    title: {
      fontSize: 14,
      anchor: 'start',
      frame: 'group',
      color: '#1d1c1d',
      subtitleColor: '#616061',
    },
    axis: {
      labelColor: '#1d1c1d',
      titleColor: '#616061',
      titleFontWeight: 'normal',
      gridColor: '#e8e8e8',
      domainColor: '#8d8d8d',
      tickColor: '#8d8d8d',
      labelFontSize: 11,
      labelLimit: 220,
    },
    legend: { labelColor: '#1d1c1d', titleColor: '#616061', orient: 'top' },
    view: { stroke: null },
  },
} as const;

const require = createRequire(import.meta.url);
const read = (path: string) => new Uint8Array(readFileSync(path));

let ready: Promise<Uint8Array[]> | null = null;

async function prepare(): Promise<Uint8Array[]> {
  await initWasm(read(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
  return [
    read(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
    read(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')),
  ];
}

export async function drawPicture({ spec, alt }: PictureQuestion): Promise<Picture> {
  // Started once for the thread, whoever asks first.
  ready ??= prepare();
  const fontBuffers = await ready;
  // Every specification asked for is one of ours.
  const compiled = compile({ ...LOOK, ...spec } as TopLevelSpec).spec;
  const view = new View(parse(compiled), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  const drawn = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: ZOOM },
    font: { fontBuffers, defaultFontFamily: FONT, sansSerifFamily: FONT },
  }).render();
  return {
    png: new Uint8Array(drawn.asPng()),
    width: drawn.width,
    height: drawn.height,
    alt,
  };
}
