/** The product as a process of its own, to be killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { MovableClock } from '../../simulator/web/server/movable-clock.ts';
import { built } from '../built.ts';

export interface PagerProcess {
  url: string;
  /** SIGKILL: nothing is flushed, nothing said. */
  kill(): Promise<void>;
  /** SIGTERM. Resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Whether it still runs. */
  alive(): boolean;
}

/** One whose clock is moved. */
export interface MovedProcess extends PagerProcess {
  /** Moves its clock on by that many ms. */
  move(ms: number): void;
}

/** Starts `hitl start`, and waits until it is ready. */
export const startPagerProcess = (env: Record<string, string>): Promise<PagerProcess> =>
  started(
    spawn(process.execPath, [built('src/main.ts'), 'start'], {
      env: environment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );

/** Starts the same product on a clock that stands where `clock` does, and is moved with it. */
export async function startOnClock(
  env: Record<string, string>,
  clock: MovableClock,
): Promise<MovedProcess> {
  const child = spawn(process.execPath, [built('test/crash/pager-on-a-clock.ts')], {
    env: environment({ ...env, CLOCK_AHEAD_MS: String(clock.offset()) }),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  return { ...(await started(child)), move: (ms) => void child.send(ms) };
}

const environment = (env: Record<string, string>) => ({
  PATH: process.env['PATH'] ?? '',
  LOG_LEVEL: 'info',
  PORT: '0',
  ...env,
});

async function started(child: ChildProcess): Promise<PagerProcess> {
  const url = `http://127.0.0.1:${await portOf(child)}`;
  while ((await fetch(`${url}/readyz`).catch(() => null))?.status !== 200) {
    if (child.exitCode !== null) throw new Error('the pager ended before it was ready');
    await pause(10);
  }
  return {
    url,
    kill: () => end(child, 'SIGKILL').then(() => {}),
    stop: () => end(child, 'SIGTERM'),
    alive: () => child.exitCode === null && child.signalCode === null,
  };
}

/** The port it listens on, as its log tells. */
function portOf(child: ChildProcess): Promise<number> {
  let said = '';
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const port = /"port":(\d+)/.exec(said)?.[1];
      if (port === undefined) return;
      // The rest is read and dropped, so that the process never waits for its reader.
      child.stdout?.off('data', listen).resume();
      child.stderr?.off('data', listen).resume();
      resolve(Number(port));
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.on('exit', (code, signal) =>
      reject(new Error(`the pager ended with ${code ?? signal} before it listened:\n${said}`)),
    );
  });
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.on('exit', (code) => resolve(code));
    child.kill(signal);
  });
}
