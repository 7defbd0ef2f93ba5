/** A thread that writes parts of an export, by a connection of its own that cannot write. */
import { workerData } from 'node:worker_threads';
import { serveParts } from '../audit/serve-parts.ts';
import { openDatabase } from '../store/database.ts';
import { exportChunks, type Chunk, type Export } from './export-chunks.ts';

// What comes is what export-in-threads sends.
serveParts(
  openDatabase((workerData as { file: string }).file, { readonly: true, cache_mb: 8 }),
  async (snapshot, part) => {
    const wanted = part as Export;
    const whole: Chunk = { text: '', records: 0 };
    for await (const { text, records } of exportChunks(snapshot, wanted)) {
      whole.text += text;
      whole.records += records;
    }
    return whole;
  },
);
