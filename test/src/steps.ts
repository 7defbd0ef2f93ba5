/**
 * Counts the steps of a call. V8 has no counter, and time on the wall says nothing on a busy machine: the processor time of
 * the call is divided by that of one turn of a plain loop, measured in the same process. A pause for garbage can hit any
 * call: one that is over its bound is made twice more, and the least of the three counts. What is quadratic is over
 * each time. A call that never ends is stopped.
 */
import { Script } from 'node:vm';

/** Processor time of one turn of a plain loop, in microseconds: the median of seven. */
export function stepTime(): number {
  const turns = 5_000_000;
  const text = 'abc'.repeat(10_000);
  const took = Array.from({ length: 7 }, () => {
    const before = process.cpuUsage();
    let sum = 0;
    for (let at = 0; at < turns; at += 1) sum = (sum + text.charCodeAt(at % text.length)) | 0;
    const { user, system } = process.cpuUsage(before);
    return (user + system + (sum === 1 ? 1 : 0)) / turns;
  });
  return took.toSorted((a, b) => a - b)[3] ?? 0;
}

const STOPPED = new Script('globalThis.__counted()');

/** Microseconds of processor time; infinite where it had to be stopped. */
function cpuOf(call: () => unknown): number {
  Object.assign(globalThis, { __counted: call });
  const before = process.cpuUsage();
  try {
    STOPPED.runInThisContext({ timeout: 20_000 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      return Infinity;
    // What refuses a text has answered too; what was called wrongly has not.
    if (error instanceof TypeError) throw error;
  }
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** The steps of a call, at least; null where they are within `most`. @param step what `stepTime` measured */
export function stepsBeyond(most: number, step: number, call: () => unknown): number | null {
  let least = Infinity;
  for (let round = 0; round < 3 && least > most; round += 1) {
    const took = cpuOf(call) / step;
    if (took === Infinity) break;
    least = Math.min(least, took);
  }
  return least > most ? least : null;
}
