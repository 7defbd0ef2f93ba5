/** What zod found wrong, in the producer's words: by field, with what was found. Pure. */
import { z } from 'zod';
import { closestName } from './closest-name.ts';
import { quoted } from './in-sentence.ts';
import type { FieldError } from './measures.ts';
import { keysAt, schemaAt } from './schema-at.ts';

/** More are not told. */
export const MOST_ERRORS = 50;

type Issue = z.core.$ZodIssue;

/** What was to be read: its schema, and what the whole of it is called (`item`). */
export interface Wanted {
  schema: z.ZodType;
  noun: string;
}

/** One error a field: the first that was found there. `input`: what was read. */
export function fieldErrors(
  issues: readonly Issue[],
  input: unknown,
  wanted: Wanted,
): FieldError[] {
  const found = new Map<string, FieldError>();
  for (const issue of issues.flatMap(innermost)) {
    for (const error of errorsOf(issue, input, wanted)) {
      if (!found.has(error.field)) found.set(error.field, error);
    }
  }
  return [...found.values()].slice(0, MOST_ERRORS);
}

/** Of a choice between forms, the errors of the one that was meant, where its form shows which. */
function innermost(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.filter(
    (errors) => !errors.some((one) => one.code === 'invalid_type' && one.path.length === 0),
  );
  const [only] = meant;
  if (meant.length !== 1 || only === undefined) return [issue];
  return only.flatMap((one) => innermost({ ...one, path: [...issue.path, ...one.path] }));
}

function errorsOf(issue: Issue, input: unknown, { schema, noun }: Wanted): FieldError[] {
  const field = fieldName(issue.path) || noun;
  const value = valueAt(input, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    const owner = issue.path.length > 0 ? field : noun === 'item' ? 'an item' : noun;
    return issue.keys.slice(0, MOST_ERRORS).map((key) => {
      const named = key === '' ? '""' : key.slice(0, 200);
      return {
        field: issue.path.length === 0 ? named : `${field}.${named}`,
        problem: `is not a field of ${owner}${orRather(key, known)}`,
      };
    });
  }
  return [
    { field: field.slice(0, 300), problem: problemOf(issue, value, schema, noun).slice(0, 500) },
  ];
}

function problemOf(issue: Issue, value: unknown, schema: z.ZodType, noun: string): string {
  switch (issue.code) {
    case 'invalid_type':
      if (value === undefined) return 'is missing';
      return `must be ${kindName(issue.expected)} (found ${kindOf(value)})`;
    case 'invalid_union': {
      const kinds = issue.errors.flatMap((errors) =>
        errors.flatMap((one) => (one.code === 'invalid_type' ? [kindName(one.expected)] : [])),
      );
      if (value === undefined) return 'is missing';
      return kinds.length === 0
        ? `has none of the forms that are taken`
        : `must be ${[...new Set(kinds)].join(' or ')} (found ${kindOf(value)})`;
    }
    case 'too_small':
    case 'too_big':
      return outOfBounds(issue, value, schemaAt(schema, issue.path));
    case 'invalid_value': {
      if (value === undefined) return 'is missing';
      const values = issue.values.map(String);
      const closest = typeof value === 'string' ? closestName(value, values) : null;
      const meant = closest === null ? '' : `: did you mean ${quoted(closest)}?`;
      return `must be one of ${values.join(', ')} (found ${shown(value)}${meant})`;
    }
    case 'invalid_format':
      return issue.format === 'datetime'
        ? `must be a time like 2026-11-21T10:00:00Z (found ${shown(value)})`
        : issue.message;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor} (found ${shown(value)})`;
    case 'custom':
      return issue.message;
    default:
      return `cannot be read as part of ${noun}: ${issue.message}`;
  }
}

type Bounds = Extract<Issue, { code: 'too_small' | 'too_big' }>;

function outOfBounds(issue: Bounds, value: unknown, schema: z.ZodType | null): string {
  const limit = issue.code === 'too_small' ? issue.minimum : issue.maximum;
  if (Array.isArray(value) || typeof value === 'string') {
    const unit = Array.isArray(value) ? ['entry', 'entries'] : ['character', 'characters'];
    if (issue.code === 'too_small' && value.length === 0) return 'must not be empty';
    const bound = issue.code === 'too_small' ? 'at least' : 'at most';
    return `must have ${bound} ${limit} ${limit === 1 ? unit[0] : unit[1]} (found ${value.length})`;
  }
  const { minValue = null, maxValue = null } = schema instanceof z.ZodNumber ? schema : {};
  if (minValue !== null && maxValue !== null && Number.isFinite(minValue + maxValue))
    return `must be between ${minValue} and ${maxValue} (found ${shown(value)})`;
  const bound = issue.code === 'too_small' ? 'at least' : 'at most';
  return `must be ${bound} ${limit} (found ${shown(value)})`;
}

/** The name that was meant, or the few that there are. */
function orRather(key: string, known: readonly string[]): string {
  const closest = closestName(key, known);
  if (closest !== null) return `: did you mean ${quoted(closest)}?`;
  return known.length === 0 || known.length > 10 ? '' : `, which has ${known.join(', ')}`;
}

/** `evidence[2].label` */
const fieldName = (path: readonly PropertyKey[]): string =>
  path
    .map((part, at) =>
      typeof part === 'number' ? `[${part}]` : at === 0 ? String(part) : `.${String(part)}`,
    )
    .join('');

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let at = input;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<PropertyKey, unknown>)[part];
  }
  return at;
}

const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};
const kindName = (kind: string): string => KINDS[kind] ?? `of the type ${kind}`;

function kindOf(value: unknown): string {
  if (typeof value === 'boolean') return String(value);
  if (value === null) return 'null';
  return kindName(Array.isArray(value) ? 'array' : typeof value);
}

/** A short value as JSON. Longer ones, and lists and objects, by their kind: they may be what nobody should read here. */
function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return kindOf(value);
  const written = JSON.stringify(value) ?? 'nothing';
  return written.length <= 60 ? written : 'a longer text';
}
