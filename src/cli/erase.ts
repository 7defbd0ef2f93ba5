/** `hitl erase`: the texts of one item, or of one person, out of the record; that it was done stays in it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import pino from 'pino';
import { eraseOnRequest, type Target } from '../record/erase-items.ts';
import { createIds } from '../ids.ts';
import { createCommit } from '../store/commit.ts';
import { openDatabase } from '../store/database.ts';
import { rewriteFile } from '../store/erase-texts.ts';
import { dataDir } from './data-dir.ts';
import { CalledWrongly, type ExitCode, type Finish, type Shell } from './shell.ts';

interface EraseOptions {
  item?: string;
  person?: string;
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
    .requiredOption('--reason <words>', 'why; kept beside the record')
    .option('--db <file>', 'the database (default: hitl.db in HITL_DATA_DIR)')
    .addHelpText(
      'after',
      `
Ids, times, outcomes and digests stay, so that \`hitl audit verify\` finds the chain as before; that texts were erased is
an entry of it. Nothing of them stays in the database file. Their cards in Slack are drawn again without them by the
pager, which may run meanwhile. What was sent elsewhere (results, exports, backups, Slack's own history) is not reached.`,
    )
    .action(async (options: EraseOptions) => {
      finish(await erase(shell, options));
    });
}

async function erase(shell: Shell, options: EraseOptions): Promise<ExitCode> {
  const target = targetOf(options);
  const reason = options.reason.trim();
  if (reason === '') throw new CalledWrongly('--reason says nothing');
  const file = options.db ?? join(dataDir(shell.env), 'hitl.db');
  if (!existsSync(file))
    throw new CalledWrongly(`${file}: there is no such file; --db FILE or HITL_DATA_DIR names it`);
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
      throw new CalledWrongly(`no item ${JSON.stringify(options.item)} was accepted here`, 1);
    shell.out(
      `erased: the texts of ${erased.items} ${erased.items === 1 ? 'item' : 'items'} (erasure ${erased.id})`,
    );
    try {
      await rewriteFile(db);
    } catch (cause) {
      throw new CalledWrongly(
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

function targetOf({ item, person }: EraseOptions): Target {
  if (item !== undefined && person === undefined) return { item };
  if (person !== undefined && item === undefined) return { person };
  throw new CalledWrongly('say what: either --item ID or --person U…');
}
