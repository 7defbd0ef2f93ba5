/**
 * `null` in an optional field says the same as leaving the field out, and so does `""` where the field takes a text:
 * agents write both. Derived from the zod schema, so that no field is forgotten. Pure.
 */
import { z } from 'zod';

/** What `""` is in an optional field that takes a text. */
export type EmptyText = 'absent' | 'an error';

/**
 * The value without the optional fields that say nothing, at every depth that the schema spells out. What the schema
 * leaves open stays to the letter: free objects (arguments, a proposal), `state`, entries of a list. Returns `value`
 * itself where there is nothing to leave out.
 */
export function withoutAbsent(
  schema: z.core.$ZodType,
  value: unknown,
  empty: EmptyText = 'absent',
): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const inner = required(schema);
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    const entries = value.map((entry) => withoutAbsent(inner.element, entry, empty));
    return entries.some((entry, at) => entry !== value[at]) ? entries : value;
  }
  // A number with many digits is an object too: only a plain one has fields.
  if (!(inner instanceof z.ZodObject) || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const before = Object.entries(value);
  const after = before.flatMap(([key, held]): [string, unknown][] => {
    const field = Object.hasOwn(inner.shape, key) ? inner.shape[key] : undefined;
    if (field === undefined) return [[key, held]];
    return saysNothing(field, held, empty) ? [] : [[key, withoutAbsent(field, held, empty)]];
  });
  const same =
    after.length === before.length && after.every(([, held], at) => held === before[at]?.[1]);
  return same ? value : Object.fromEntries(after);
}

function saysNothing(field: z.core.$ZodType, value: unknown, empty: EmptyText): boolean {
  if ((value !== null && value !== '') || !(field instanceof z.ZodOptional)) return false;
  const inner = required(field);
  // Any JSON at all: there null and "" are values like others.
  if (inner instanceof z.ZodUnknown || inner instanceof z.ZodAny) return false;
  return value === null || (empty === 'absent' && takesText(inner));
}

/** An optional schema's own: what it holds where it is there. */
function required(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ? required(schema.unwrap()) : schema;
}

function takesText(schema: z.core.$ZodType): boolean {
  if (schema instanceof z.ZodUnion) return schema.options.some(takesText);
  return schema instanceof z.ZodString || schema instanceof z.ZodStringFormat;
}
