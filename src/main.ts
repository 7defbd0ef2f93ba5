#!/usr/bin/env node
/** The `hitl` command: what the process is given, handed to src/cli/program.ts, and its exit code. */
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { missingModule, wrongNode } from './cli/reasons.ts';
import { UsageError, fileTrouble } from './cli/cli-context.ts';
import { neededNode } from './cli/version.ts';
import { systemClock } from './domain/clock.ts';
import { decodeUtf8 } from './domain/utf8.ts';

// What a command makes (the database, the embedded queue's files, an export) is for this user alone.
process.umask(0o077);

// A reader that went away (`hitl … | head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(
    `hitl: standard output can’t be written (${error.message}): what it holds is not whole\n`,
  );
  process.exit(1);
});

const { run } = await load();
process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  clock: systemClock,
  out: (line) => void process.stdout.write(`${line}\n`),
  write: (text) =>
    new Promise((resolve) => {
      if (process.stdout.write(text)) resolve();
      else process.stdout.once('drain', resolve);
    }),
  err: (line) => void process.stderr.write(`${line}\n`),
  async read(path) {
    let bytes: Uint8Array;
    try {
      bytes = path === '-' ? await buffer(process.stdin) : await readFile(path);
    } catch (cause) {
      throw new UsageError(`${path}: ${fileTrouble(cause)}`, 2, { cause });
    }
    const decoded = decodeUtf8(bytes);
    if (!decoded.ok) throw new UsageError(`${path} ${decoded.problem}`, 1);
    return decoded.text;
  },
  async list(folder) {
    try {
      return await readdir(folder);
    } catch (cause) {
      throw new UsageError(`${folder}: ${fileTrouble(cause)}`, 2, { cause });
    }
  },
  async *lines(path) {
    const input = path === '-' ? process.stdin : createReadStream(path);
    try {
      yield* createInterface({ input, crlfDelay: Infinity });
    } catch (cause) {
      throw new UsageError(`${path}: ${fileTrouble(cause)}`, 2, { cause });
    }
  },
});

/** Everything else is loaded here: an older Node, or a package that is missing, is told in one sentence. */
async function load(): Promise<typeof import('./cli/program.ts')> {
  const wrong = wrongNode(process.versions.node, neededNode());
  if (wrong !== null) refuse(wrong);
  try {
    return await import('./cli/program.ts');
  } catch (error) {
    const missing = missingModule(error);
    if (missing === null) throw error;
    return refuse(missing);
  }
}

function refuse(reason: string): never {
  process.stderr.write(`hitl: ${reason}\n`);
  process.exit(1);
}
