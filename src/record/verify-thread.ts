/** A thread that checks parts of the record, by a connection of its own that cannot write. */
import { parentPort, workerData } from 'node:worker_threads';
import { auditHead } from '../store/audit.ts';
import { openDatabase, type Db } from '../store/database.ts';
import { inTransaction } from '../store/prepared.ts';
import { verifyPart } from '../store/verify-parts.ts';
import type { Asked, Said } from './verify-in-threads.ts';

const { file, expect } = workerData as { file: string; expect: string | null };
const db = openDatabase(file, { readonly: true });
/** What is seen now, and how to stop seeing it. */
let seen: { snapshot: Db; letGo: () => void } | null = null;

const say = (said: Said) => parentPort?.postMessage(said);

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

const failed = (error: unknown) => say({ error: error instanceof Error ? error : String(error) });

parentPort?.on('message', (asked: Asked) => {
  if ('look' in asked) look().catch(failed);
  else if (seen)
    verifyPart(seen.snapshot, asked.part, expect).then(
      (verified) => say({ number: asked.number, verified }),
      failed,
    );
});
