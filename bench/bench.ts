/** TODO docs */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { measureCards } from './measure-cards.ts';
import { measureClicks } from './measure-clicks.ts';
import { measureDeciding } from './measure-deciding.ts';
import { measureHttp } from './measure-http.ts';
import { measureIntake } from './measure-intake.ts';
import { measureMany } from './measure-many.ts';
import { measurePace } from './measure-pace.ts';
import { isMet, type Measured } from './number.ts';
import { tableOf } from './print-table.ts';
import { startRedis } from './processes.ts';
import type { Bench } from './stage.ts';

const MEASUREMENTS: Record<string, (bench: Bench) => Promise<Measured[]>> = {
  intake: measureIntake,
  card: measureCards,
  click: measureClicks,
  pace: measurePace,
  http: measureHttp,
  deciding: measureDeciding,
  many: measureMany,
};

process.exitCode = await main();

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
    // `--json` alone writes to stdout.
    args: process.argv
      .slice(2)
      .flatMap((word, at, all) =>
        word === '--json' && (all[at + 1] ?? '--').startsWith('--') ? ['--json', '-'] : [word],
      ),
  });
  const names = values.only ?? Object.keys(MEASUREMENTS);
  const unknown = names.filter((name) => !Object.hasOwn(MEASUREMENTS, name));
  if (unknown.length > 0) {
    process.stderr.write(
      `no measurement ${unknown.join(', ')}; there are ${Object.keys(MEASUREMENTS).join(', ')}\n`,
    );
    return 2;
  }
  const redis = await startRedis();
  if (redis === null) {
    process.stdout.write('redis-server is not installed: nothing was measured.\n');
    return 0;
  }
  const numbers: Measured[] = [];
  let broken = 0;
  try {
    for (const name of names) {
      process.stderr.write(`${name} …\n`);
      try {
        const measure = MEASUREMENTS[name];
        const bench = {
          redis_url: redis.url,
          quick: values.quick,
          say: (words: string) => void process.stderr.write(`  ${words}\n`),
        };
        if (measure) numbers.push(...(await measure(bench)));
      } catch (error) {
        broken += 1;
        process.stderr.write(
          `${name} broke: ${error instanceof Error ? error.stack : String(error)}\n`,
        );
      }
    }
  } finally {
    await redis.stop();
  }
  const json = JSON.stringify(
    {
      node: process.version,
      quick: values.quick,
      numbers: numbers.map((number) => ({ ...number, met: isMet(number) })),
    },
    null,
    2,
  );
  if (values.json === '-') process.stdout.write(`${json}\n`);
  else {
    process.stdout.write(`${tableOf(numbers)}\n`);
    if (values.json !== undefined) await writeFile(values.json, `${json}\n`);
  }
  return broken === 0 ? 0 : 1;
}
