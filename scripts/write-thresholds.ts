/** Writes the tables and the pictures of docs/thresholds.md anew, of the real answers: npx tsx scripts/write-thresholds.ts */
import { readFile, writeFile } from 'node:fs/promises';
import { drawPicture } from '../src/stats/charts/draw-picture.ts';
import { reliabilityChart } from '../src/stats/charts/reliability-chart.ts';
import { calibrate } from '../src/stats/formulas/calibration.ts';
import { clinc150, type Query } from '../test/clinc150.ts';
import { domainsOf, samplesOf, thresholdTables } from './threshold-tables.ts';

const DOCUMENT = 'docs/thresholds.md';
const MARK = '<!-- written by scripts/write-thresholds.ts -->\n';

const answers = clinc150();
const [head = ''] = (await readFile(DOCUMENT, 'utf8')).split(MARK);
await writeFile(DOCUMENT, `${head}${MARK}\n${thresholdTables(answers)}`);
const calibrationOf = (asked: readonly Query[]) => calibrate(samplesOf(asked));
const whole = { title: '3,100 real questions', calibration: calibrationOf(answers) };
const domains = domainsOf(answers).map((domain) => ({
  title: domain,
  calibration: calibrationOf(answers.filter((one) => one.domain === domain)),
}));
for (const [file, diagrams] of [
  ['docs/reliability.png', [whole]],
  ['docs/reliability-domains.png', [whole, ...domains]],
] as const) {
  const chart = reliabilityChart(diagrams);
  if (chart !== null) await writeFile(file, (await drawPicture(chart)).png);
}
