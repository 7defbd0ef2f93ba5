/** What differs between two JSON values, field by field. Pure. */
import { canonicalJson } from '../src/digest.ts';

export interface Change {
  /** `amount`, `lines[0].price` */
  path: string;
  /** "nothing" where the field was not there. */
  was: unknown;
  is: unknown;
}

const NOTHING = 'nothing';
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Each field that changed, in the order of `before`; an empty list where nothing did. Depth is bounded by the values. */
export function changes(before: unknown, after: unknown, path = ''): Change[] {
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => {
      const here = path === '' ? key : `${path}.${key}`;
      if (!Object.hasOwn(before, key)) return [{ path: here, was: NOTHING, is: after[key] }];
      if (!Object.hasOwn(after, key)) return [{ path: here, was: before[key], is: NOTHING }];
      return changes(before[key], after[key], here);
    });
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const longest = Math.max(before.length, after.length);
    return Array.from({ length: longest }, (_, at) => at).flatMap((at) => {
      const here = `${path}[${at}]`;
      if (at >= before.length) return [{ path: here, was: NOTHING, is: after[at] as unknown }];
      if (at >= after.length) return [{ path: here, was: before[at] as unknown, is: NOTHING }];
      return changes(before[at], after[at], here);
    });
  }
  return canonicalJson(before) === canonicalJson(after)
    ? []
    : [{ path: path === '' ? 'value' : path, was: before, is: after }];
}
