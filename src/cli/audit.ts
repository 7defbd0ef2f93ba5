/** `hitl audit …`: holds the audit log against itself and against the rows it covers. Reads only. */
import { InvalidArgumentError, type Command } from 'commander';
import type { EpochMs } from '../domain/clock.ts';
import { MOMENT_FORMS, readMoment } from '../domain/read-moment.ts';
import { auditHead } from '../store/audit-log.ts';
import { verifyInThreads } from '../audit/verify-in-threads.ts';
import type { Verified, VerifiedLog } from '../audit/verify-parts.ts';
import { auditItem } from './audit-item.ts';
import { readDatabase } from './read-database.ts';
import { UsageError, type ExitCode, type Finish, type Shell } from './cli-context.ts';
import { verifyExported } from './verify-exported.ts';

interface VerifyOptions {
  expect?: string;
  since?: EpochMs;
  file?: string;
  db?: string;
  json?: boolean;
}

const DB = ['--db <file>', 'the database (default: hitl.db in HITL_DATA_DIR)'] as const;

export function auditCommand(program: Command, shell: Shell, finish: Finish): void {
  const audit = program
    .command('audit')
    .helpCommand(false)
    .description('verify: is the record intact; item: the life of one');
  audit
    .command('verify')
    .argument(
      '[file]',
      'a log from `hitl export audit --format jsonl`, without a database; - reads it',
    )
    .description('find any change in the audit log, and in the items and decisions it covers')
    .option('--expect <hash>', 'a head printed before: it must still be in the chain', anchor)
    .option(
      '--since <moment>',
      'only what was recorded from then on: 30d, 2026-11-01',
      (written) => {
        const read = readMoment(written, shell.clock.now());
        if (read === null) throw new InvalidArgumentError(`Write it ${MOMENT_FORMS}.`);
        return read;
      },
    )
    .option('--file <file>', 'same as the file argument')
    .option(...DB)
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      `
The log alone cannot show that its end was cut off, or that all of it was written anew: keep the head that
this prints somewhere else, and give it with --expect the next time. It can be run while the pager runs.`,
    )
    .action(async (named: string | undefined, options: VerifyOptions) => {
      const file = named ?? options.file;
      if (file !== undefined && (options.db ?? options.since) !== undefined)
        throw new UsageError('a file is checked whole and alone: leave --db and --since away');
      finish(await verify(shell, { ...options, file }));
    });
  audit
    .command('head')
    .description('print the newest hash, to keep where nobody who can write here can write')
    .option(...DB)
    .option('--json', 'one JSON document')
    .action(async (options: { db?: string; json?: boolean }) => {
      const head = await readDatabase(shell, options.db, 'read', auditHead);
      shell.out(options.json ? JSON.stringify(head) : `head ${head.seq} ${head.hash}`);
      finish(0);
    });
  audit
    .command('item')
    .argument('<id>', 'as its producer called it')
    .description('the whole life of an item, in words, and whether the record of it stands')
    .option(...DB)
    .option('--json', 'one JSON document')
    .action(async (id: string, options: { db?: string; json?: boolean }) => {
      finish(await auditItem(shell, id, options));
    });
}

/** `sha256:…`, or the digits alone. */
function anchor(value: string): string {
  const [, digits] = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(value.trim()) ?? [];
  if (digits === undefined)
    throw new InvalidArgumentError('It is sha256: and 64 hex digits, as `hitl audit head` prints.');
  return `sha256:${digits.toLowerCase()}`;
}

async function verify(shell: Shell, options: VerifyOptions): Promise<ExitCode> {
  const expect = options.expect ?? null;
  if (options.file !== undefined) {
    const verified = await verifyExported(shell, options.file, expect);
    if (options.json) shell.out(JSON.stringify({ file: options.file, ...verified }, null, 2));
    else {
      const { from } = verified;
      const later =
        from > 1 ? `, from entry ${from} on: what stands before it is not in the file` : '';
      print(shell, options.file, verified, later, options.expect);
      if (expect === null)
        shell.out('compare the head with one that was kept elsewhere, or give that with --expect');
    }
    return verified.good ? 0 : 1;
  }
  const { file, verified } = await readDatabase(
    shell,
    options.db,
    'verified',
    async (db, path) => ({
      file: path,
      verified: await verifyInThreads(db, path, { expect, since: options.since ?? null }),
    }),
  );
  if (options.json) shell.out(JSON.stringify({ database: file, ...verified }, null, 2));
  else print(shell, file, verified, rowsRead(verified), options.expect);
  return verified.good ? 0 : 1;
}

function print(
  shell: Shell,
  file: string,
  verified: VerifiedLog,
  rows: string,
  expected?: string,
): void {
  for (const { seq, item_id, what } of verified.differences) {
    const where = [seq === null ? '' : `entry ${seq}`, item_id === null ? '' : `item ${item_id}`];
    shell.out(`DIFFERS  ${[...where, ''].filter(Boolean).join(', ') || 'database'}: ${what}`);
  }
  const more = verified.found - verified.differences.length;
  if (more > 0) shell.out(`DIFFERS  and ${more} more`);
  if (verified.expected === false)
    shell.out(
      `DIFFERS  ${expected} is not in the chain: its end was cut off, or it was written anew`,
    );
  const { entries, head } = verified;
  shell.out(`${verified.good ? 'good' : 'NOT GOOD'}: ${file}: ${counted(entries, 'entry')}${rows}`);
  if (verified.good) shell.out(`head ${head.seq} ${head.hash}`);
}

function rowsRead({ items, decisions, erased }: Verified): string {
  const texts =
    erased.items + erased.decisions === 0
      ? ''
      : ` (texts erased of ${counted(erased.items, 'item')}, ${counted(erased.decisions, 'decision')})`;
  return `, ${counted(items, 'item')}, ${counted(decisions, 'decision')}${texts}`;
}

const counted = (count: number, noun: 'entry' | 'item' | 'decision'): string =>
  `${count} ${count === 1 ? noun : noun === 'entry' ? 'entries' : `${noun}s`}`;
