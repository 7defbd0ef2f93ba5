/** The far side of `readInThreads`: what a thread does that reads parts of the record as they were at one moment. */
import { parentPort } from 'node:worker_threads';
import { auditHead } from '../store/audit-log.ts';
import type { Db } from '../store/database.ts';
import { inTransaction } from '../store/prepared.ts';
import type { Asked, Said } from './read-in-threads.ts';

/** `db` is a connection of the thread's own; `work` makes something of one part, of what is seen at the moment that counts. */
export function serveParts(db: Db, work: (snapshot: Db, part: unknown) => Promise<unknown>): void {
  /** What is seen now, and how to stop seeing it. */
  let seen: { snapshot: Db; letGo: () => void } | null = null;
  const say = (said: Said<unknown>) => parentPort?.postMessage(said);
  const failed = (error: unknown) => say({ error: error instanceof Error ? error : String(error) });

  /** Looks at the record as it is now, and from then on at nothing newer. */
  async function look(): Promise<void> {
    seen?.letGo();
    await inTransaction(db, async (snapshot) => {
      const head = await auditHead(snapshot);
      await new Promise<void>((letGo) => {
        seen = { snapshot, letGo };
        say({ head });
      });
    });
  }

  parentPort?.on('message', (asked: Asked<unknown>) => {
    if ('look' in asked) look().catch(failed);
    else if (seen)
      work(seen.snapshot, asked.part).then((done) => say({ number: asked.number, done }), failed);
  });
}
