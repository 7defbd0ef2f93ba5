/**
 * What `/hitl stats` and `/hitl digest` cost on a million items and decisions: from the command to its answer, beside it the
 * rows alone; and whether clicks notice.
 */
import { appendFile, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerPeriod } from '../src/stats/questions/answer-question.ts';
import { hourIn } from '../src/stats/questions/local-time.ts';
import type { PeriodQuestion } from '../src/stats/questions/question.ts';
import { systemClock } from '../src/domain/clock.ts';
import { foldFacts } from '../src/stats/facts/fold-facts.ts';
import { createCommit } from '../src/store/commit.ts';
import { migrate, openDatabase } from '../src/store/database.ts';
import { insertHistory, pastItem, seeded, type PastItem } from '../test/history.ts';
import { clickAll } from './measure-clicks.ts';
import { atMost, percentile, type Measured } from './number.ts';
import { openStage, type Bench, type Stage } from './stage.ts';

const OF = 'stats';
const DAY_MS = 86_400_000;
/** All of them within both periods: the worst that a month can be. */
const DAYS = 60;
const COSTS = '\ncosts: {currency: EUR, expert_minute: {otherwise: 1}, error: 20, delay_hour: 2}\n';

export async function measureStats(bench: Bench): Promise<Measured[]> {
  const items = bench.quick ? 100_000 : 1_000_000;
  let unfolded = Number.NaN;
  let policy = '';
  const stage = await openStage(
    bench,
    async (data_dir) => {
      unfolded = await fill(bench, join(data_dir, 'hitl.db'), items);
      policy = join(data_dir, 'policy.yaml');
      await copyFile('policies/default.yaml', policy);
    },
    (data_dir) => ({ HITL_POLICY: join(data_dir, 'policy.yaml') }),
  );
  try {
    const runs = bench.quick ? 10 : 40;
    const rows = `from the rows alone ${(unfolded / 1000).toFixed(1)} s`;
    const measured: Measured[] = [];
    const measure = async (what: string, command: string, limit?: Measured['limit']) => {
      const times: number[] = [];
      for (let run = 0; run < runs; run += 1) times.push(await answered(stage, command));
      bench.say(`${what}: ${times.map((time) => time.toFixed(0)).join(' ')}`);
      measured.push({
        ...{ of: OF, what: `${what}, answered, p95`, unit: 'ms', limit },
        measured: percentile(times, 0.95),
        note: `${items} items and decisions, all in the 60 days that are read; ${runs} runs; p50 ${percentile(times, 0.5).toFixed(0)} ms; ${rows}`,
      });
    };
    measured.push({
      ...{ of: OF, what: '/hitl stats 30d, the first, which starts the thread', unit: 'ms' },
      measured: await answered(stage, '/hitl stats 30d'),
    });
    await measure('/hitl stats 30d', '/hitl stats 30d', atMost(300));
    await measure('/hitl stats 30d by expert', '/hitl stats 30d by expert', atMost(300));
    await measure('/hitl digest', '/hitl digest');
    measured.push(await clicksMeanwhile(bench, stage));
    await appendFile(policy, COSTS);
    await stage.restart();
    await answered(stage, '/hitl stats 30d');
    await measure('/hitl stats 30d with costs', '/hitl stats 30d', atMost(300));
    return measured;
  } finally {
    await stage.close();
  }
}

/** How long clicks wait for their ack while one question after the other is asked, each with its picture. */
async function clicksMeanwhile(bench: Bench, stage: Stage): Promise<Measured> {
  let asked = 0;
  let over = false;
  const asking = async () => {
    for (; !over; asked += 1) await answered(stage, '/hitl stats 30d by expert');
  };
  const clicking = clickAll(bench, stage, 'meanwhile', bench.quick ? 250 : 1000).finally(() => {
    over = true;
  });
  const [{ acks }] = await Promise.all([clicking, asking()]);
  return {
    of: OF,
    what: 'click to ack while figures are asked, p99',
    unit: 'ms',
    measured: percentile(acks, 0.99),
    limit: atMost(50),
    note: `${acks.length} clicks at 50/s; ${asked} questions over ${bench.quick ? '100,000' : '1,000,000'} items meanwhile, a picture each; p50 ${percentile(acks, 0.5).toFixed(1)} ms`,
  };
}

/** Seeds and folds; returns how long the same figures take from the rows alone, in ms. */
async function fill(bench: Bench, file: string, count: number): Promise<number> {
  const db = openDatabase(file);
  try {
    await migrate(db);
    const now = Date.now();
    const began = performance.now();
    insertHistory(file, past(count, now));
    const seededIn = performance.now() - began;
    const segments = await foldFacts({ db, commit: createCommit({ db, clock: systemClock }) });
    bench.say(
      `stats: ${count} items in ${(seededIn / 1000).toFixed(0)} s, folded into ${segments} segments in ${((performance.now() - began - seededIn) / 1000).toFixed(0)} s`,
    );
    const question: PeriodQuestion = {
      ...{ ask: 'period', from: now - 30 * DAY_MS, to: now, by: 'expert' },
      ...{ domain: null, expert: null, prices: null, timezone: 'Europe/Berlin' },
    };
    const asked = performance.now();
    await answerPeriod(db, question, hourIn, true);
    return performance.now() - asked;
  } finally {
    await db.destroy();
  }
}

function* past(count: number, now: number): Generator<PastItem> {
  const random = seeded(1);
  const span = DAYS * DAY_MS;
  for (let at = 0; at < count; at += 1) {
    // Ids lie as far apart in an index as a producer's do.
    const id = `${(Math.imul(at, 2_654_435_761) >>> 0).toString(36)}-${at}`;
    yield pastItem(random, id, now - span + Math.floor((span * at) / count));
  }
}

/** How long from the command until its figures are there, in ms; comes back once its picture is there too, where it has one. */
async function answered(stage: Stage, command: string): Promise<number> {
  const { slack } = stage;
  const seen = slack.ephemerals(undefined, 'mia').length;
  const notes = () => slack.ephemerals(undefined, 'mia').slice(seen);
  const began = performance.now();
  await slack.user('mia').types(command, { channel: 'general' });
  await slack.until(() => notes().length > 0);
  const took = performance.now() - began;
  const said = notes()[0]?.text ?? '';
  if (command === '/hitl digest') {
    if (!said.includes('stands out')) throw new Error(`no digest: ${said}`);
    return took;
  }
  if (!said.includes('items came in')) throw new Error(`no figures: ${said}`);
  await slack.until(() => notes().some((note) => note.blocks.some((one) => one.type === 'image')));
  return took;
}
