/** Draws the pictures of docs/stats.md anew, of a made-up history that is the same each time: npx tsx scripts/draw-figures.ts */
import { writeFile } from 'node:fs/promises';
import { drawPicture } from '../src/stats/charts/draw-picture.ts';
import { statsChart } from '../src/stats/charts/stats-chart.ts';
import { pastFigures, PAST_NAMES } from './past-figures.ts';

const asked = statsChart({
  figures: pastFigures(),
  by: 'domain',
  own: false,
  names: PAST_NAMES,
  timezone: 'Europe/Berlin',
});
if (asked === null) throw new Error('there is nothing to draw');
await writeFile('docs/stats.png', (await drawPicture(asked)).png);
