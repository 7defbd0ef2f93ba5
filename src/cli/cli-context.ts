/** What a command is given of the shell it was called from, and how it says that it was called wrongly. */
import type { Clock } from '../domain/clock.ts';
import type { Environment } from '../config/config.ts';

export interface Shell {
  env: Environment;
  clock: Clock;
  /** A line to standard output: what was asked for. */
  out(line: string): void;
  /** A text to standard output as it is; resolves once more can be taken. */
  write(text: string): Promise<void>;
  /** A line to standard error: what went wrong. */
  err(line: string): void;
  /** The text of a file; `-` is standard input. Throws `UsageError` where it cannot be read. */
  read(path: string): Promise<string>;
  /** The names of the files in a folder. Throws `UsageError` where it cannot be read. */
  list(folder: string): Promise<string[]>;
  /** The lines of a file, however long it is; `-` is standard input. Throws as `read` does. */
  lines(path: string): AsyncIterable<string>;
}

/** 0 good, 1 not good, 2 it could not be run as it was called. */
export type ExitCode = 0 | 1 | 2;

/** The operator's mistake, or the environment's: told in one line (its message), and ended with `code`. */
export class UsageError extends Error {
  readonly code: ExitCode;
  constructor(message: string, code: ExitCode = 2, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** How a command ends: called with its code once its work is done. */
export type Finish = (code: ExitCode) => void;

/** Why a file cannot be opened, in words. */
export function fileTrouble(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EACCES':
      return 'this user may not read it';
    case 'EISDIR':
      return 'it is a folder';
    default:
      return `it cannot be read (${String(code ?? 'unknown')})`;
  }
}
