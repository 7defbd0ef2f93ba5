/** `hitl erase`: the texts of one item, or of one person, out of the record and the queues; that it was done stays. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import pino from 'pino';
import { eraseOnRequest, type Target } from '../erasure/erase-items.ts';
import { createIds } from '../world/ids.ts';
import { eraseJobs, type WhatToErase } from '../queue/erase-jobs.ts';
import { createCommit } from '../store/commit.ts';
import { openDatabase } from '../store/database.ts';
import { listedQueues } from '../domain/reply-queue.ts';
import { decisionsOf } from '../store/decisions.ts';
import { rewriteFile } from '../erasure/erase-texts.ts';
import { dataDir } from './data-dir.ts';
import { UsageError, type ExitCode, type Finish, type Shell } from './cli-context.ts';

interface EraseOptions {
  item?: string;
  person?: string;
  raw?: string;
  reason: string;
  db?: string;
}

export function eraseCommand(program: Command, shell: Shell, finish: Finish): void {
  program
    .command('erase')
    .description('take the texts of one item, or of one person, out of the record')
    .option('--item <id>', 'as its producer called it')
    .option(
      '--person <slack id>',
      'U…: what they asked for, and what they said where they decided',
      (id) => {
        if (!/^[UW][A-Z0-9]{2,30}$/.test(id))
          throw new InvalidArgumentError('It is a Slack user id, like U024BE7LH.');
        return id;
      },
    )
    .option('--raw <id>', 'a payload that was no item: `raw_id` in the log and in `hitl audit`')
    .requiredOption('--reason <words>', 'why; kept beside the record')
    .option('--db <file>', 'the database (default: hitl.db in HITL_DATA_DIR)')
    .addHelpText(
      'after',
      `
Ids, times, outcomes and digests stay, so that \`hitl audit verify\` finds the chain as before; that texts were erased is
an entry of it. Nothing of them stays in the database file. Their cards in Slack are drawn again without them by the
pager, which may run meanwhile. The queues lose the jobs that brought it in, and results that nobody took: Redis at
REDIS_URL, else the embedded queue beside the database. What was sent elsewhere (results that were taken, exports,
backups, Slack's own history) is not reached.`,
    )
    .action(async (options: EraseOptions) => {
      finish(await erase(shell, options));
    });
}

async function erase(shell: Shell, options: EraseOptions): Promise<ExitCode> {
  const target = targetOf(options);
  const reason = options.reason.trim();
  if (reason === '') throw new UsageError('--reason says nothing');
  const file = options.db ?? join(dataDir(shell.env), 'hitl.db');
  if (!existsSync(file))
    throw new UsageError(`${file}: there is no such file; --db FILE or HITL_DATA_DIR names it`);
  const db = openDatabase(file);
  try {
    const world = {
      ids: createIds(shell.clock),
      db,
      commit: createCommit({ db, clock: shell.clock }),
      log: pino({ level: 'silent' }),
    };
    const erased = await eraseOnRequest(world, target, reason);
    if (erased === null)
      throw new UsageError(
        options.raw === undefined
          ? `no item ${JSON.stringify(options.item)} was accepted here`
          : `no payload ${JSON.stringify(options.raw)} was kept here`,
        1,
      );
    const { size } = erased.items;
    const what = options.raw === undefined ? `the texts of ${counted(size, 'item')}` : 'a payload';
    shell.out(`erased: ${what} (erasure ${erased.id})`);
    const decisions = await decisionsOf(db, erased.items);
    shell.out(await eraseFromQueues(shell, file, { ...erased, decisions }));
    try {
      await rewriteFile(db);
    } catch (cause) {
      throw new UsageError(
        `the texts are erased, but the file could not be written anew while others use it (${cause instanceof Error ? cause.message : String(cause)}): run it again at a quiet time, so that nothing stays in its free pages`,
        1,
        { cause },
      );
    }
    return 0;
  } finally {
    await db.destroy();
  }
}

function targetOf({ item, person, raw }: EraseOptions): Target {
  const named: Target[] = [
    ...(item === undefined ? [] : [{ item }]),
    ...(person === undefined ? [] : [{ person }]),
    ...(raw === undefined ? [] : [{ raw }]),
  ];
  const [target] = named;
  if (target === undefined || named.length > 1)
    throw new UsageError('say what: one of --item ID, --person U… or --raw ID');
  return target;
}

/** Takes it out of the queues, beside a pager that runs or not. Returns what to say of it; throws where they cannot be reached. */
async function eraseFromQueues(shell: Shell, file: string, what: WhatToErase): Promise<string> {
  const redis_url = shell.env.REDIS_URL?.trim() || undefined;
  const queueFile = join(dirname(file), 'queue.db');
  const where = redis_url === undefined ? 'the embedded queue' : 'Redis';
  if (redis_url === undefined && !existsSync(queueFile)) return 'queues: none here';
  const { openQueues } = await import('../queue/open-queues.ts');
  try {
    const queues = await openQueues(
      {
        redis_url,
        file: queueFile,
        name: shell.env.HITL_QUEUE?.trim() || 'hitl-items',
        reply_queues: listedQueues(shell.env.HITL_REPLY_QUEUES),
      },
      pino({ level: 'silent' }),
    );
    try {
      const { removed, busy } = await eraseJobs(
        { items: queues.items, results: queues.results },
        what,
      );
      await queues.forget();
      if (busy > 0) throw new Error(`${counted(busy, 'job')} in hand right now`);
      return `queues: ${counted(removed, 'job')} taken out of ${where}`;
    } finally {
      await queues.close();
    }
  } catch (cause) {
    throw new UsageError(
      `the texts are erased from the record, but not from ${where} (${cause instanceof Error ? cause.message : String(cause)}): run it again`,
      1,
      { cause },
    );
  }
}

const counted = (count: number, what: string): string =>
  `${count} ${count === 1 ? what : `${what}s`}`;
