/**
 * The thread that figures are computed in. It reads the database by a connection of its own that cannot write, so that a
 * question over a year of items keeps no click waiting.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../../store/database.ts';
import { answerChecked } from './answer-checked.ts';
import { answerDrift } from './answer-drift.ts';
import { answerPeriod } from './answer-question.ts';
import { answerSymptoms } from './answer-symptoms.ts';
import { hourIn } from './local-time.ts';
import type { Question } from './question.ts';

/** A month of half a million items, so that the second question about it reads nothing from the disk. */
const CACHE_MB = 128;

const db = openDatabase(String(workerData), { readonly: true, cache_mb: CACHE_MB });

/** What was looked up for one question serves the next. */
const zones = new Map<string, (at: number) => number>();
function hoursIn(timezone: string): (at: number) => number {
  let hours = zones.get(timezone);
  if (!hours) zones.set(timezone, (hours = hourIn(timezone)));
  return hours;
}

async function answer(question: Question): Promise<unknown> {
  switch (question.ask) {
    case 'period':
      return answerPeriod(db, question, hoursIn);
    case 'checked':
      return answerChecked(db, question);
    case 'drift':
      return answerDrift(db, question);
    case 'symptoms':
      return answerSymptoms(db, question);
    case 'picture': {
      // What draws is large, and read when the first picture is wanted.
      const { drawPicture } = await import('../charts/draw-picture.ts');
      return drawPicture(question);
    }
    default:
      return question satisfies never;
  }
}

parentPort?.on('message', ({ id, question }: { id: number; question: Question }) => {
  answer(question).then(
    (said) => parentPort?.postMessage({ id, said }),
    (error: unknown) =>
      parentPort?.postMessage({ id, error: error instanceof Error ? error : String(error) }),
  );
});
