/** Child processes of the bench: redis-server, the product as it is built, and the load. Each ends with its owner. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const API_TOKEN = 'a-token-for-the-bench';

/** A TCP port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export interface RedisServer {
  url: string;
  stop(): Promise<void>;
}

/** Starts redis-server on a port and in a folder of its own, keeping nothing on disk. null: it is not installed. */
export async function startRedis(): Promise<RedisServer | null> {
  if (spawnSync('redis-server', ['--version']).status !== 0) return null;
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), 'hitl-bench-redis-'));
  const child = spawn(
    'redis-server',
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      dir,
      '--save',
      '',
      '--appendonly',
      'no',
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    child.stdout.on('data', (said: Buffer) => {
      if (said.toString().includes('Ready to accept connections')) resolve();
    });
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      await end(child, 'SIGTERM');
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export interface Product {
  port: number;
  pid: number;
  /** From its start to the first 200 of /readyz, ms. */
  ready_in_ms: number;
  /** Resident memory now, and the most it ever was, MB (2^20 bytes). */
  memory(): Promise<{ rss: number; peak: number }>;
  /** CPU time it has taken so far, ms. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
}

/** Linux counts CPU time in hundredths of a second. */
const TICK_MS = 10;

/** Starts `hitl start` as `npm run build` made it, with LOG_LEVEL=warn, and waits until it is ready. */
export async function startProduct(env: Record<string, string>): Promise<Product> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [...profiling(), join(ROOT, 'dist/src/main.js'), 'start'], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      LOG_LEVEL: 'warn',
      PORT: String(port),
      HITL_API_TOKEN: API_TOKEN,
      ...env,
    },
    // Its log goes to stderr: a number that comes with warnings is none.
    stdio: ['ignore', 2, 2],
  });
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error(`the product ended with ${child.exitCode}`);
    if (performance.now() - started > 60_000)
      throw new Error('the product is not ready after 60 s');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const ready_in_ms = performance.now() - started;
  return {
    port,
    pid: child.pid ?? 0,
    ready_in_ms,
    async memory() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      const mb = (name: string) =>
        Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
      return { rss: mb('VmRSS'), peak: mb('VmHWM') };
    },
    async cpu() {
      const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8');
      // What follows the name in parentheses: state is field 3, utime 14, stime 15.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    },
    stop: () => end(child, 'SIGTERM'),
  };
}

/** HITL_BENCH_PROFILE names a folder: each process writes a CPU profile into it when it ends. */
function profiling(): string[] {
  const folder = process.env['HITL_BENCH_PROFILE'];
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}

/** Builds the product as `npm run build` does. false: it does not compile, and tsc has said why. */
export const build = (): boolean =>
  spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  }).status === 0;

async function isReady(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

/** A TypeScript file of the bench in a process of its own. It prints one JSON value when it is done. */
export async function runChild<T>(file: string, args: object): Promise<T> {
  const { child, done } = startChild(file, args);
  let said = '';
  child.stdout?.on('data', (part: Buffer) => {
    said += part.toString();
  });
  await done;
  // The child is ours: it prints what its reader expects.
  return JSON.parse(said) as T;
}

/** The same, left running: for one that works until it is told to stop. */
export function startChild(
  file: string,
  args: object,
): { child: ChildProcess; done: Promise<void>; stop(): Promise<void> } {
  const child = spawn(
    process.execPath,
    [...profiling(), '--import', 'tsx', join(ROOT, 'bench', file), JSON.stringify(args)],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const done = new Promise<void>((resolve, reject) => {
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${file} ended with ${code}`)),
    );
  });
  // Whoever only stops it does not wait for it.
  done.catch(() => {});
  return { child, done, stop: () => end(child, 'SIGTERM') };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await gone;
  clearTimeout(late);
}
