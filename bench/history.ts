/** A database with a long history, made once a run however many measurements read it. Nobody may write into it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from './processes.ts';
import { now, type Bench } from './stage.ts';

export interface History {
  file: string;
  items: number;
  /** Of them, those that wait. */
  open: number;
  /** When the last came in, epoch ms. */
  now: number;
}

let made: Promise<History> | null = null;

/** 1,000,000 items and decisions over 90 days; a tenth of that for a quick run. */
export function longHistory(bench: Bench): Promise<History> {
  made ??= make(bench);
  return made;
}

async function make(bench: Bench): Promise<History> {
  const folder = mkdtempSync(join(tmpdir(), 'hitl-history-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const items = bench.quick ? 100_000 : 1_000_000;
  const history = { file: join(folder, 'hitl.db'), items, open: 2000, now: Math.round(now()) };
  const { seconds } = await runChild<{ seconds: number }>('seed-history.ts', {
    file: history.file,
    count: items,
    open: history.open,
    now: history.now,
  });
  bench.say(`history: ${items} items in ${seconds.toFixed(0)} s`);
  return history;
}
