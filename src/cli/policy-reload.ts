/** `hitl policy reload`: has the running pager read its policy file again, and says what became of it. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { announcedProcess, lastReload, type ReloadOutcome } from '../app/process-file.ts';
import { lockDataDir } from '../store/lock.ts';
import { dataDir } from './data-dir.ts';
import { UsageError, type ExitCode, type Shell } from './cli-context.ts';

const LOOK_EVERY_MS = 50;
const PATIENCE_MS = 10_000;

/** 0: the file is in force; 1: it is bad, and the one in force stays; 2: no pager to tell. */
export async function reloadPolicy(shell: Shell, json: boolean): Promise<ExitCode> {
  const folder = dataDir(shell.env);
  const pid = await runningPager(folder);
  const before = (await lastReload(folder))?.count ?? 0;
  try {
    process.kill(pid, 'SIGHUP');
  } catch (cause) {
    throw new UsageError(`the pager (process ${pid}) cannot be told: is it another user’s?`, 2, {
      cause,
    });
  }
  const outcome = await outcomeAfter(folder, pid, before);
  const good = outcome.problems.length === 0;
  if (json) {
    shell.out(JSON.stringify({ good, version: outcome.version, problems: outcome.problems }));
    return good ? 0 : 1;
  }
  for (const problem of outcome.problems) shell.out(problem);
  shell.out(
    good
      ? `reloaded: version ${outcome.version} is in force`
      : `not reloaded: version ${outcome.version} stays in force`,
  );
  return good ? 0 : 1;
}

/** The process that holds the folder's lock. Throws where none does, or it is not on this machine. */
async function runningPager(folder: string): Promise<number> {
  const announced = await announcedProcess(folder);
  if (announced === null || !isLocked(folder))
    throw new UsageError(`no pager runs on ${folder} (HITL_DATA_DIR names its data folder)`);
  if (announced.host !== hostname())
    throw new UsageError(
      `the pager of ${folder} runs on ${announced.host}: run this there, or send SIGHUP to process ${announced.pid}`,
    );
  return announced.pid;
}

function isLocked(folder: string): boolean {
  try {
    lockDataDir(join(folder, 'hitl.lock'))();
    return false;
  } catch {
    return true;
  }
}

async function outcomeAfter(folder: string, pid: number, before: number): Promise<ReloadOutcome> {
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_EVERY_MS) {
    const outcome = await lastReload(folder);
    if (outcome !== null && outcome.pid === pid && outcome.count > before) return outcome;
    // The clock's own timers let a process end that has nothing else to do.
    await wait(LOOK_EVERY_MS);
  }
  throw new UsageError(
    `the pager (process ${pid}) was told and has not answered in ${PATIENCE_MS / 1000} s: its log says what it did`,
    1,
  );
}
