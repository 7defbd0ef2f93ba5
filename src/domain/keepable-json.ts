/**
 * Which JSON can be kept and handed back as it came, in any store that an item goes through (SQLite, PostgreSQL, Redis,
 * JavaScript objects). Pure; says nothing of what an item means.
 */

/** Everything that reads an item walks it by recursion. */
const LEVELS_MOST = 64;

/** Whether a value is nested too deep, in words, or null. Never runs out of stack itself. */
export const nestingProblem = (value: unknown): string | null =>
  isDeeperThan(value, LEVELS_MOST) ? `is nested deeper than ${LEVELS_MOST} levels` : null;

const isDeeperThan = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((held) => isDeeperThan(held, levels - 1)));

/** In canonical JSON a quote that opens a string follows no backslash: this finds keys only. */
const PROTO_KEY = /[{,]"__proto__":/;
/** `\u0000` and `\ud800` as JSON writes them; an even run of backslashes before it is text that looks so. */
const NO_TEXT = /(?<!\\)(?:\\\\)*\\u(?:(0000)|d[89a-f])/;

/** What of a canonical JSON text would be lost or changed on its way through the stores: where and what, or null. */
export function keepingProblem(written: string): { field: string; problem: string } | null {
  const noText = NO_TEXT.exec(written);
  if (noText) {
    return {
      field: 'item',
      problem: noText[1]
        ? 'contains a NUL character, which no store keeps'
        : 'contains half of a surrogate pair, which is no character',
    };
  }
  if (PROTO_KEY.test(written)) {
    return { field: '__proto__', problem: 'is not a name that a field can have, at any depth' };
  }
  return null;
}

/**
 * A text as any store keeps it: NUL (PostgreSQL takes none) and half surrogate pairs (no UTF-8 has them) as the escapes by
 * which JSON writes them.
 */
export const keepable = (text: string): string =>
  text.replace(
    /\0|\p{Surrogate}/gu,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** A name or a sentence with the controls in it as escapes, so that none is hidden where it is shown. */
export const withoutControls = (text: string): string =>
  text.replace(
    /\p{Cc}|\p{Surrogate}/gu,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
