/**
 * `npm run bench`: what the pager does in numbers, each printed beside its limit. Not a test: a missed limit is said, not
 * failed; the exit code is 0 unless something broke.
 *
 *   npm run bench -- [--quick] [--only NAME]… [--json [FILE]]
 *
 * The product is built first and runs as in production: `node dist/src/main.js start`, a process of its own, on a SQLite
 * file in the system's temporary folder, with LOG_LEVEL=warn and the policy that ships. Redis is redis-server on a port
 * of its own, keeping nothing on disk. Slack is the simulator in this process, which also puts the items in, except by
 * HTTP: that load comes from another process. All of them share the machine: numbers compare within a run, and rates are
 * medians of rounds. Arrivals at a rate are independent of each other (exponential gaps), so bursts are part of the
 * latencies. HITL_BENCH_PROFILE=FOLDER keeps CPU profiles of the processes.
 *
 * - intake: a paused queue is filled, then let go; items a second until none is left. The items are let through, so each
 *   is parsed, judged, written with its decision and audited, and its result put on the queue of decisions meanwhile.
 *   Beside it, in turns, two workers that do nothing with the same jobs: one as BullMQ makes it (one job at a time), and
 *   one with as many jobs in hand as the product has. The number is the share of the first one's rate; also told: the
 *   share of the second's, the rate until the last result is out, and the product's CPU time an item.
 * - card: from before `queue.add` until `chat.postMessage` arrives at Slack, 20 items a second into one channel.
 * - click: 50 clicks a second on Approve, each on a card of its own, from when Slack sends the click until its ack (which
 *   comes after the decision's commit), and until the edited card has arrived.
 * - pace: cards that wait for one channel while Slack takes one a second. The share is of the time that the pace itself
 *   takes from the first card to the last; a 429 right after a 429 counts as a fault.
 * - http: POST /v1/items on 16 connections, each answered when its item is on disk (synchronous=FULL). Items that are
 *   asked, their cards waiting for Slack's pace as they would; and items that are let through, their results going out.
 * - deciding: `decideItem` as the handlers call it, 16 in flight, on posted cards, in a process without Slack and queues.
 * - policy: `hitl policy diff` over items in a file, from the start of its process to its end.
 * - many: a database with 100,000 open items (copies of one that the product took in and posted) beside an empty one:
 *   memory, start to ready, card latency and the rate of POST /v1/items, in turns.
 * - ladder: the sweep in a process of its own, beside 100,000 open items whose deadlines are spread over a day: how late a
 *   page is in the outbox, what a due deadline costs (times that beside 1,000 open), 10,000 due at the same moment, and
 *   how long decisions wait meanwhile.
 * - stats: `/hitl stats` and `/hitl digest` over 1,000,000 items and decisions of 60 days, from the command until its
 *   figures are there (the picture comes after); beside it the same figures from the rows alone. Once with what looking
 *   costs, and clicks at 50 a second while one question after the other is asked.
 * - export: `hitl export` of a database with 1,000,000 items and decisions: rows a second, start of the process included,
 *   and its peak memory; and `hitl audit verify` of it, the chain alone and with every row it covers.
 * - home: a Home, read and drawn, on the same database.
 */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureCards } from './measure-cards.ts';
import { measureClicks } from './measure-clicks.ts';
import { measureDeciding } from './measure-deciding.ts';
import { measureExport } from './measure-export.ts';
import { measureHome } from './measure-home.ts';
import { measureHttp } from './measure-http.ts';
import { measureIntake } from './measure-intake.ts';
import { measureLadder } from './measure-ladder.ts';
import { measureMany } from './measure-many.ts';
import { measurePace } from './measure-pace.ts';
import { measurePolicy } from './measure-policy.ts';
import { measureStats } from './measure-stats.ts';
import { isMet, type Measured } from './number.ts';
import { tableOf } from './print-table.ts';
import { build, startRedis } from './processes.ts';
import type { Bench } from './stage.ts';

const MEASUREMENTS: Record<string, (bench: Bench) => Promise<Measured[]>> = {
  intake: measureIntake,
  card: measureCards,
  click: measureClicks,
  pace: measurePace,
  http: measureHttp,
  deciding: measureDeciding,
  many: measureMany,
  ladder: measureLadder,
  stats: measureStats,
  policy: measurePolicy,
  export: measureExport,
  home: measureHome,
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
  if (!build()) return 1;
  const redis = await startRedis();
  if (redis === null) {
    process.stdout.write('redis-server is not installed: nothing was measured.\n');
    return 0;
  }
  // What else ran: rates on a machine that others use say less.
  const load = { cores: availableParallelism(), before: loadavg()[0] ?? 0 };
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
      load,
      numbers: numbers.map((number) => ({ ...number, met: isMet(number) })),
    },
    null,
    2,
  );
  if (values.json === '-') process.stdout.write(`${json}\n`);
  else {
    process.stdout.write(
      `${tableOf(numbers)}\n${load.cores} cores, load average before ${load.before.toFixed(1)}; Node ${process.version}\n`,
    );
    if (values.json !== undefined) await writeFile(values.json, `${json}\n`);
  }
  return broken === 0 ? 0 : 1;
}
