/**
 * A text with some of its words changed, each where it stands first. Throws where one is not there: a test must not try
 * what it did not change.
 */
export function edited(
  text: string,
  ...changes: readonly (readonly [from: string | RegExp, to: string])[]
): string {
  return changes.reduce((before, [from, to]) => {
    const after = before.replace(from, () => to);
    if (after === before) throw new Error(`nothing was changed: ${String(from)} is not there`);
    return after;
  }, text);
}
