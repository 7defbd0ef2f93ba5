/** A terminal to call `hitl` from, in this process: an environment, files by name, and all that was said. */
import { basename, dirname } from 'node:path';
import { run } from '../../../src/cli/program.ts';
import { UsageError, type ExitCode } from '../../../src/cli/cli-context.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import { manualClock } from '../../manual-clock.ts';

export interface Said {
  code: ExitCode;
  out: string;
  err: string;
  /** Standard output as JSON. */
  json: unknown;
}

export interface Terminal {
  env?: Record<string, string>;
  /** Contents by path; `-` is standard input. */
  files?: Record<string, string>;
  clock?: Clock;
}

export const NOW = Date.parse('2026-11-23T09:00:00Z');

export async function hitl(args: string[], terminal: Terminal = {}): Promise<Said> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, {
    env: terminal.env ?? {},
    clock: terminal.clock ?? manualClock(NOW),
    out: (line) => void out.push(line),
    async write(written) {
      // Whole lines, as the test reads them.
      out.push(written.replace(/\n$/, ''));
    },
    err: (line) => void err.push(line),
    async read(path) {
      const written = terminal.files?.[path];
      if (written === undefined) throw new UsageError(`${path}: there is no such file`);
      return written;
    },
    async list(folder) {
      return Object.keys(terminal.files ?? {})
        .filter((path) => dirname(path) === folder)
        .map((path) => basename(path));
    },
    async *lines(path) {
      const written = terminal.files?.[path];
      if (written === undefined) throw new UsageError(`${path}: there is no such file`);
      yield* written.split('\n');
    },
  });
  const text = out.join('\n');
  return {
    code,
    out: text,
    err: err.join('\n'),
    get json(): unknown {
      return JSON.parse(text);
    },
  };
}
