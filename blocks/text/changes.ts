/** What differs between two JSON values, field by field. Pure. */
import { canonicalJson } from '../../src/domain/hash.ts';
import { isExactNumber } from '../../src/domain/exact-json.ts';

export interface Change {
  /** `amount`, `lines[0].price` */
  path: string;
  /** `NOT_THERE` where the field was not there. */
  was: unknown;
  is: unknown;
}

/** In the place of a value that is no value. */
export const NOT_THERE = Symbol('not there');
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isExactNumber(value);

/** A key that a path could be mistaken by stands in brackets and quotes. */
const joinedPath = (path: string, key: string): string => {
  if (key === '' || /[.[\]":]/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
};

/** Each field that changed, in the order of `before`; an empty list where nothing did. Depth is bounded by the values. */
export function changes(before: unknown, after: unknown, path = ''): Change[] {
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => {
      const here = joinedPath(path, key);
      if (!Object.hasOwn(before, key)) return [{ path: here, was: NOT_THERE, is: after[key] }];
      if (!Object.hasOwn(after, key)) return [{ path: here, was: before[key], is: NOT_THERE }];
      return changes(before[key], after[key], here);
    });
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const longest = Math.max(before.length, after.length);
    return Array.from({ length: longest }, (_, at) => at).flatMap((at) => {
      const here = `${path}[${at}]`;
      if (at >= before.length) return [{ path: here, was: NOT_THERE, is: after[at] as unknown }];
      if (at >= after.length) return [{ path: here, was: before[at] as unknown, is: NOT_THERE }];
      return changes(before[at], after[at], here);
    });
  }
  return canonicalJson(before) === canonicalJson(after)
    ? []
    : [{ path: path === '' ? 'value' : path, was: before, is: after }];
}
