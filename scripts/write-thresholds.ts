/** Writes the tables and the picture of docs/thresholds.md anew, of the real answers: npx tsx scripts/write-thresholds.ts */
import { readFile, writeFile } from 'node:fs/promises';
import { drawPicture } from '../src/figures/draw-picture.ts';
import { reliabilityChart } from '../src/figures/reliability-chart.ts';
import { calibrate } from '../stats/calibration.ts';
import { clinc150 } from '../test/clinc150.ts';
import { thresholdTables } from './threshold-tables.ts';

const DOCUMENT = 'docs/thresholds.md';
const MARK = '<!-- written by scripts/write-thresholds.ts -->\n';

const answers = clinc150();
const [head = ''] = (await readFile(DOCUMENT, 'utf8')).split(MARK);
await writeFile(DOCUMENT, `${head}${MARK}\n${thresholdTables(answers)}`);
const chart = reliabilityChart(
  '3,100 real questions',
  calibrate(
    answers.map((one) => ({
      confidence: one.confidence,
      right: one.predicted === one.label,
      weight: 1,
    })),
  ),
);
if (chart !== null) await writeFile('docs/reliability.png', (await drawPicture(chart)).png);
