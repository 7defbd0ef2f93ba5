/** `hitl audit …`: holds the audit log against itself and against the rows it covers. Reads only. */
import { InvalidArgumentError, type Command } from 'commander';
import { verifyAudit, type Verified } from '../store/verify-audit.ts';
import { readDatabase } from './read-database.ts';
import { type ExitCode, type Finish, type Shell } from './shell.ts';

interface VerifyOptions {
  expect?: string;
  db?: string;
  json?: boolean;
}

export function auditCommand(program: Command, shell: Shell, finish: Finish): void {
  const audit = program
    .command('audit')
    .helpCommand(false)
    .description('verify: does all that was recorded still stand');
  audit
    .command('verify')
    .description('find any change in the audit log, and in the items and decisions it covers')
    .option('--expect <hash>', 'a head printed before: it must still be in the chain', anchor)
    .option('--db <file>', 'the database (default: hitl.db in HITL_DATA_DIR)')
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      `
The log alone cannot show that its end was cut off, or that all of it was written anew: keep the head that
this prints somewhere else, and give it with --expect the next time. It can be run while the pager runs.`,
    )
    .action(async (options: VerifyOptions) => {
      finish(await verify(shell, options));
    });
}

/** `sha256:…`, or the digits alone. */
function anchor(value: string): string {
  const [, digits] = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(value.trim()) ?? [];
  if (digits === undefined)
    throw new InvalidArgumentError(
      'It is sha256: and 64 hex digits, as `hitl audit verify` prints.',
    );
  return `sha256:${digits.toLowerCase()}`;
}

async function verify(shell: Shell, options: VerifyOptions): Promise<ExitCode> {
  const { verified, file } = await readDatabase(
    shell,
    options.db,
    'verified',
    async (db, path) => ({
      file: path,
      verified: await verifyAudit(db, options.expect ?? null),
    }),
  );
  if (options.json) shell.out(JSON.stringify({ database: file, ...verified }, null, 2));
  else print(shell, file, verified, options.expect);
  return verified.good ? 0 : 1;
}

function print(shell: Shell, file: string, verified: Verified, expected?: string): void {
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
  const { entries, items, decisions, erased, head } = verified;
  const gone = erased.items + erased.decisions;
  const texts =
    gone === 0
      ? ''
      : ` (texts erased of ${counted(erased.items, 'item')}, ${counted(erased.decisions, 'decision')})`;
  const read = `${counted(entries, 'entry')}, ${counted(items, 'item')}, ${counted(decisions, 'decision')}${texts}`;
  shell.out(`${verified.good ? 'good' : 'NOT GOOD'}: ${file}: ${read}`);
  if (verified.good) shell.out(`head ${head.seq} ${head.hash}`);
}

const counted = (count: number, noun: 'entry' | 'item' | 'decision'): string =>
  `${count} ${count === 1 ? noun : noun === 'entry' ? 'entries' : `${noun}s`}`;
