/** The product as a process of its own, to be killed. */
import { spawn, type ChildProcess } from 'node:child_process';

export interface PagerProcess {
  url: string;
  /** SIGKILL: nothing is flushed, nothing said. */
  kill(): Promise<void>;
  /** SIGTERM. Resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Whether it still runs. */
  alive(): boolean;
}

/** Starts `hitl start`, built, and waits until it is ready. */
export async function startPagerProcess(env: Record<string, string>): Promise<PagerProcess> {
  const child = spawn(process.execPath, ['dist/src/main.js', 'start'], {
    env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'info', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const port = await new Promise<number>((resolve, reject) => {
    let port = 0;
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      port = Number(/"port":(\d+)/.exec(said)?.[1] ?? port);
      if (said.includes('"msg":"ready"')) resolve(port);
      if (said.length > 1_000_000) said = said.slice(-1000);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
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
