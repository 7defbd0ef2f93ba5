/** Writes a long export in as many threads as there are processors, beside a pager that writes meanwhile. */
import { availableParallelism } from 'node:os';
import { readInThreads } from '../audit/read-in-threads.ts';
import type { Db } from '../store/database.ts';
import { spansOf } from '../store/export-pages.ts';
import { inTransaction } from '../store/prepared.ts';
import { exportChunks, type Chunk, type Export } from './export-chunks.ts';

/** Records of one part: few enough that some parts at once are little memory. */
const PART = 1000;
/** As many parts are written before a thread has started. */
const SMALL = 10;

/**
 * Hands `take` what `exportChunks` of `db`, which is read from `file`, makes: all of one moment, in its order. Rejects
 * where a thread fails, or `take` does.
 * @param how in how many threads (by default as many as there are processors, where the export is long), by so many
 * records each time
 */
export async function exportInThreads(
  db: Db,
  file: string,
  wanted: Export,
  take: (chunk: Chunk) => Promise<unknown>,
  how: { threads?: number; part?: number } = {},
): Promise<void> {
  const part = how.part ?? PART;
  const count = how.threads ?? (await threadsFor(db, wanted, part));
  const written =
    count > 1 &&
    (await readInThreads<Export, Chunk, true>(
      db,
      { beside: import.meta.url, name: 'export-thread', data: { file }, count, room_mb: 24 },
      async (snapshot, inOrder) => {
        for await (const chunk of inOrder(parts(snapshot, wanted, part))) await take(chunk);
        return true;
      },
    ));
  if (written) return;
  await inTransaction(db, async (snapshot) => {
    for await (const chunk of exportChunks(snapshot, wanted)) await take(chunk);
  });
}

/** Entries of the log are written as they stand: that takes no second thread. */
async function threadsFor(db: Db, wanted: Export, part: number): Promise<number> {
  if (wanted.what === 'audit') return 1;
  let number = 0;
  for await (const _ of spansOf(db, wanted.what, wanted, part)) if ((number += 1) > SMALL) break;
  return number > SMALL ? availableParallelism() : 1;
}

/** The first has the header. */
async function* parts(snapshot: Db, wanted: Export, part: number): AsyncGenerator<Export> {
  if (wanted.what === 'audit') return yield wanted;
  let header = true;
  for await (const span of spansOf(snapshot, wanted.what, wanted, part)) {
    yield { ...wanted, ...span, header };
    header = false;
  }
}
