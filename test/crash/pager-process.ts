/** The product as a process of its own, to be killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import type { MovableClock } from '../../simulator/slack/clock.ts';

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

/** Starts `hitl start`, built, and waits until it is ready. */
export const startPagerProcess = (env: Record<string, string>): Promise<PagerProcess> =>
  started(
    spawn(process.execPath, ['dist/src/main.js', 'start'], {
      env: environment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );

/** Starts the same product on a clock that stands where `clock` does, and is moved with it. */
export async function startOnClock(
  env: Record<string, string>,
  clock: MovableClock,
): Promise<MovedProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/crash/pager-on-a-clock.ts'], {
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
  let said = '';
  const port = await new Promise<number>((resolve, reject) => {
    let port = 0;
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      port = Number(/"port":(\d+)/.exec(said)?.[1] ?? port);
      if (said.includes('"msg":"ready"')) resolve(port);
      if (said.length > 1_000_000) said = said.slice(-1000);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.on('exit', (code, signal) =>
      reject(
        new Error(
          `the pager ended with ${code ?? signal} before it was ready:\n${said.slice(-3000)}`,
        ),
      ),
    );
  });
  return {
    url: `http://127.0.0.1:${port}`,
    kill: () => end(child, 'SIGKILL').then(() => {}),
    stop: () => end(child, 'SIGTERM'),
    alive: () => child.exitCode === null && child.signalCode === null,
  };
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.on('exit', (code) => resolve(code));
    child.kill(signal);
  });
}
