/** Whether edited arguments kept the shape of the AI’s own. Pure. */
import { isExactNumber } from './exact-json.ts';

/**
 * Holds edited arguments against the AI's own: the same shape, that is the same keys and the same kind of value at
 * each, lists of any length with elements like the first. Returns paths with what is wrong. A value that was null may become anything.
 */
export function shapeProblems(
  before: unknown,
  after: unknown,
  path = '$',
): { path: string; problem: string }[] {
  const kind = (value: unknown) =>
    value === null
      ? 'null'
      : Array.isArray(value)
        ? 'list'
        : isExactNumber(value)
          ? 'number'
          : typeof value;
  if (before === null) return [];
  if (kind(before) !== kind(after))
    return [{ path, problem: `must be a ${kind(before)}, is a ${kind(after)}` }];
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length === 0) return [];
    return after.flatMap((one, at) =>
      shapeProblems(before[Math.min(at, before.length - 1)], one, `${path}[${at}]`),
    );
  }
  if (isExactNumber(before)) return [];
  if (typeof before === 'object' && typeof after === 'object' && after !== null) {
    const [was, is] = [before as Record<string, unknown>, after as Record<string, unknown>];
    const missing = Object.keys(was).filter((key) => !Object.hasOwn(is, key));
    const added = Object.keys(is).filter((key) => !Object.hasOwn(was, key));
    return [
      ...missing.map((key) => ({ path: `${path}.${key}`, problem: 'is missing' })),
      ...added.map((key) => ({ path: `${path}.${key}`, problem: 'was not there' })),
      ...Object.keys(was)
        .filter((key) => Object.hasOwn(is, key))
        .flatMap((key) => shapeProblems(was[key], is[key], `${path}.${key}`)),
    ];
  }
  return [];
}
