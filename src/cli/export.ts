/** `hitl export`: items, decisions or the audit log as a file. Reads only, in one snapshot. */
import { open } from 'node:fs/promises';
import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import type { EpochMs } from '../domain/clock.ts';
import { FORMATS, type Export, type ExportFormat } from '../export/export-chunks.ts';
import { exportInThreads } from '../export/export-in-threads.ts';
import { MOMENT_FORMS, readMoment } from '../domain/read-moment.ts';
import { EXPORTS, type ExportName } from '../store/export-pages.ts';
import { readDatabase } from './read-database.ts';
import { UsageError, fileTrouble, type Finish, type Shell } from './cli-context.ts';

interface ExportOptions {
  since?: EpochMs;
  until?: EpochMs;
  format: ExportFormat;
  out?: string;
  db?: string;
}

export function exportCommand(program: Command, shell: Shell, finish: Finish): void {
  const moment = (written: string): EpochMs => {
    const read = readMoment(written, shell.clock.now());
    if (read === null) throw new InvalidArgumentError(`Write it ${MOMENT_FORMS}.`);
    return read;
  };
  program
    .command('export')
    .addArgument(new Argument('<what>', 'what to write').choices(EXPORTS))
    .description('write items, decisions or the audit log as a file')
    .option('--since <moment>', 'from then on: 30d, 2026-11-01, 2026-11-01T09:00:00Z', moment)
    .option('--until <moment>', 'before then', moment)
    .addOption(new Option('--format <format>', 'one record a line').choices(FORMATS).default('csv'))
    .option('--out <file>', 'into a file that is not there yet (default: standard output)')
    .option('--db <file>', 'the database (default: hitl.db in HITL_DATA_DIR)')
    .addHelpText(
      'after',
      `
Items by when they came in, decisions by when they were made, entries of the log in their order. What producers call
sensitive is hidden, what was erased is empty, and no cell is run as a formula by a spreadsheet. An exported log
(jsonl) can be handed on: \`hitl audit verify --file\` holds it against itself and an anchored head.`,
    )
    .action(async (what: ExportName, options: ExportOptions) => {
      const wanted: Export = {
        what,
        format: options.format,
        since: options.since ?? 0,
        until: options.until ?? Number.MAX_SAFE_INTEGER,
      };
      if (wanted.until <= wanted.since)
        throw new UsageError('--until is not after --since: nothing lies between them');
      const records = await readDatabase(shell, options.db, 'exported', async (db, file) => {
        const target = await targetOf(shell, options.out);
        let count = 0;
        try {
          await exportInThreads(db, file, wanted, async ({ text, records: more }) => {
            await target.write(text);
            count += more;
          });
        } finally {
          await target.close();
        }
        return count;
      });
      shell.err(`${records} ${what === 'audit' ? 'entries' : what}`);
      finish(0);
    });
}

interface Target {
  /** Resolves once more can be taken. */
  write(text: string): Promise<unknown>;
  close(): Promise<void>;
}

async function targetOf(shell: Shell, file: string | undefined): Promise<Target> {
  if (file === undefined) return { write: shell.write, close: async () => {} };
  try {
    // Only for whoever runs this: it holds what customers wrote.
    const handle = await open(file, 'wx', 0o600);
    return { write: (text) => handle.appendFile(text), close: () => handle.close() };
  } catch (cause) {
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    throw new UsageError(
      `${file}: ${exists ? 'there is such a file already' : fileTrouble(cause)}`,
      2,
      { cause },
    );
  }
}
