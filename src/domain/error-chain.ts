/** An error and all that it says caused it, or that it gathers. */

/** Longer chains are somebody's loop. */
const MOST = 50;

/** The error itself first, then its causes and the errors it gathers. */
export function errorChain(error: unknown): unknown[] {
  const found: unknown[] = [];
  const next = [error];
  for (let one = next.shift(); one !== undefined && found.length < MOST; one = next.shift()) {
    found.push(one);
    if (one instanceof AggregateError) next.push(...(one.errors as unknown[]));
    if (one instanceof Error && one.cause !== undefined) next.push(one.cause);
  }
  return found;
}

/** What the system or SQLite calls it: ENOSPC, SQLITE_FULL; undefined where it has no such name. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

/** What the innermost cause says, in its own words. */
export function rootWords(error: unknown): string {
  const last = errorChain(error).at(-1);
  return last instanceof Error ? last.message || last.name : String(last);
}
