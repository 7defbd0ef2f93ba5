/** A disk of a few megabytes that can be filled: a file system of its own, which root (or `sudo` without a password) mounts. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  folder: string;
  /** Leaves less than a page. */
  fill(): void;
  /** Makes room again. */
  empty(): void;
  /** From now on it can only be read. */
  readonly(): void;
  close(): Promise<void>;
}

const asRoot = (command: string, ...args: string[]) =>
  process.getuid?.() === 0
    ? spawnSync(command, args, { encoding: 'utf8' })
    : spawnSync('sudo', ['-n', command, ...args], { encoding: 'utf8' });

export async function mountSmallDisk(megabytes: number): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'hitl-small-'));
  const owner = `uid=${process.getuid?.() ?? 0},gid=${process.getgid?.() ?? 0},mode=0700`;
  const mounted = asRoot(
    'mount',
    '-t',
    'tmpfs',
    '-o',
    `size=${megabytes}m,${owner}`,
    'tmpfs',
    folder,
  );
  if (mounted.status !== 0)
    throw new Error(
      `a small disk needs root, or sudo without a password, to be mounted: ${mounted.stderr}`,
    );
  const filler = join(folder, 'filler');
  return {
    folder,
    fill() {
      const file = openSync(filler, 'a');
      try {
        for (const size of [65_536, 4096, 1]) for (;;) if (!tookIt(file, size)) break;
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(filler, { force: true }),
    readonly: () => void asRoot('mount', '-o', 'remount,ro', folder),
    async close() {
      asRoot('umount', folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function tookIt(file: number, size: number): boolean {
  try {
    return writeSync(file, Buffer.alloc(size)) === size;
  } catch {
    return false;
  }
}
