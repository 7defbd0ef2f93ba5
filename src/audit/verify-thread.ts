/** A thread that checks parts of the record, by a connection of its own that cannot write. */
import { workerData } from 'node:worker_threads';
import { openDatabase } from '../store/database.ts';
import { verifyPart, type Part } from './verify-parts.ts';
import { serveParts } from './serve-parts.ts';

const { file, expect } = workerData as { file: string; expect: string | null };

// What comes is what verify-in-threads sends.
serveParts(openDatabase(file, { readonly: true, mapped: true }), (snapshot, part) =>
  verifyPart(snapshot, part as Part, expect),
);
