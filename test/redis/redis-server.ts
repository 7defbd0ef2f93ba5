/** A redis-server of the test's own: on a free port of the loopback, in a folder of its own, gone with the test. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RedisServer {
  url: string;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder. */
  again(): Promise<void>;
  close(): Promise<void>;
}

/** Whether this machine has one. */
export const hasRedis = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

export async function startRedis(): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'hitl-redis-'));
  const port = await freePort();
  let child: ChildProcess | null = null;

  const start = async () => {
    const server = spawn('redis-server', [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--appendonly',
      'yes',
      '--appendfsync',
      'always',
      '--save',
      '',
    ]);
    child = server;
    await new Promise<void>((resolve, reject) => {
      server.stdout.on('data', (said: Buffer) => {
        if (said.toString().includes('Ready to accept connections')) resolve();
      });
      server.on('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    });
  };
  const kill = async () => {
    const server = child;
    if (!server) return;
    child = null;
    await new Promise<void>((resolve) => {
      server.on('exit', () => resolve());
      server.kill('SIGKILL');
    });
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    again: start,
    async close() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  return port;
}
