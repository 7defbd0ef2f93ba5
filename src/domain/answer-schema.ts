/**
 * `answer_schema`: the JSON Schema of an answer, held to what a Slack form can ask: one flat object of strings, numbers,
 * integers, booleans, choices, dates, e-mail addresses and URLs. Pure. Drawing the form is the blocks' part.
 */
import { z } from 'zod';
import {
  compareNumbers,
  exactText,
  isAnyNumber,
  isExactNumber,
  isWhole,
  type AnyNumber,
} from './exact-json.ts';

const words = {
  title: z.string().min(1).max(200).optional(),
  description: z.string().min(1).max(1000).optional(),
};
const choices = z
  .array(z.string().min(1).max(75))
  .min(1)
  .max(100)
  .refine((list) => new Set(list).size === list.length, 'names a choice twice');

const stringField = z.strictObject({
  type: z.literal('string'),
  ...words,
  enum: choices.optional(),
  format: z.enum(['date', 'email', 'uri', 'url']).optional(),
  minLength: z.int().min(0).max(3000).optional(),
  maxLength: z.int().min(1).max(3000).optional(),
  default: z.string().max(3000).optional(),
});
const numberField = z.strictObject({
  type: z.enum(['number', 'integer']),
  ...words,
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  default: z.number().optional(),
});
const booleanField = z.strictObject({
  type: z.literal('boolean'),
  ...words,
  default: z.boolean().optional(),
});
const arrayField = z.strictObject({
  type: z.literal('array'),
  ...words,
  items: z.strictObject({ type: z.literal('string'), enum: choices }),
  minItems: z.int().min(0).max(100).optional(),
  maxItems: z.int().min(1).max(100).optional(),
  default: z.array(z.string()).optional(),
});

/** A field's name becomes a Slack block id, and must not look like one of ours. */
const fieldName = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/,
    'must be a name of letters, digits, `_`, `.` or `-`, at most 64 long',
  )
  .refine((name) => name !== '__proto__', 'is not a name');

const field = z.discriminatedUnion('type', [stringField, numberField, booleanField, arrayField]);

/** The form of an answer: one field or up to 40 of them. */
export const answerSchema = z
  .strictObject({
    $schema: z.string().max(200).optional(),
    type: z.literal('object'),
    ...words,
    properties: z.record(fieldName, field).refine((fields) => {
      const count = Object.keys(fields).length;
      return count >= 1 && count <= 40;
    }, 'must have 1 to 40 fields'),
    required: z.array(z.string()).max(40).optional(),
    additionalProperties: z.boolean().optional(),
  })
  .superRefine((schema, context) => {
    for (const name of schema.required ?? []) {
      if (!Object.hasOwn(schema.properties, name)) {
        context.addIssue({
          code: 'custom',
          path: ['required'],
          message: `names "${name}", which is not one of the properties`,
        });
      }
    }
    for (const [name, spec] of Object.entries(schema.properties)) {
      const message = contradiction(spec);
      if (message) context.addIssue({ code: 'custom', path: ['properties', name], message });
    }
  });

export type AnswerSchema = z.output<typeof answerSchema>;
export type AnswerField = z.output<typeof field>;
/** What was filled in: the field's name to its value; a field left empty is absent. */
export type FormAnswer = Record<string, string | AnyNumber | boolean | string[]>;

const length = (text: string): number => [...text].length;
const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);
const isEmail = (text: string): boolean => z.email().safeParse(text).success;
const isUrl = (text: string): boolean => {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
};

/** Why nobody could ever fill this field in as it is asked, or null. */
function contradiction(spec: AnswerField): string | null {
  switch (spec.type) {
    case 'string':
      if ((spec.minLength ?? 0) > (spec.maxLength ?? Infinity))
        return 'has a minLength above its maxLength: no text fits';
      break;
    case 'number':
    case 'integer': {
      const [least, most] = [spec.minimum ?? -Infinity, spec.maximum ?? Infinity];
      if (least > most) return 'has a minimum above its maximum: no number fits';
      if (spec.type === 'integer' && Math.ceil(least) > Math.floor(most))
        return 'has no whole number between its minimum and its maximum';
      break;
    }
    case 'boolean':
      return null;
    case 'array':
      if ((spec.minItems ?? 0) > Math.min(spec.maxItems ?? Infinity, spec.items.enum.length))
        return 'has a minItems above its maxItems, or above its number of choices';
      break;
    default:
      return spec satisfies never;
  }
  return spec.type === 'string' && spec.enum?.every((choice) => fieldProblem(spec, choice) !== null)
    ? 'has no choice that fits its format and length'
    : null;
}

/** What is wrong with one field's value, in words for the person who filled it in; null where it is right. */
function fieldProblem(spec: AnswerField, value: unknown): string | null {
  switch (spec.type) {
    case 'string':
      return stringProblem(spec, value);
    case 'number':
    case 'integer':
      return numberProblem(spec, value);
    case 'boolean':
      return typeof value === 'boolean' ? null : 'must be yes or no';
    case 'array':
      if (
        !Array.isArray(value) ||
        value.some((one) => typeof one !== 'string' || !spec.items.enum.includes(one))
      ) {
        return `must be chosen from ${spec.items.enum.join(', ')}`;
      }
      if (new Set(value).size !== value.length) return 'names a choice twice';
      if (spec.minItems !== undefined && value.length < spec.minItems)
        return `choose at least ${spec.minItems}`;
      if (spec.maxItems !== undefined && value.length > spec.maxItems)
        return `choose at most ${spec.maxItems}`;
      return null;
    default:
      return spec satisfies never;
  }
}

function numberProblem(
  spec: Extract<AnswerField, { type: 'number' | 'integer' }>,
  value: unknown,
): string | null {
  if (!isAnyNumber(value) || value === Infinity || value === -Infinity || Number.isNaN(value))
    return 'must be a number';
  const digits = exactText(value);
  if (spec.type === 'integer' && !isWhole(digits)) return 'must be a whole number';
  if (spec.minimum !== undefined && compareNumbers(digits, String(spec.minimum)) < 0)
    return `must be at least ${spec.minimum}`;
  if (spec.maximum !== undefined && compareNumbers(digits, String(spec.maximum)) > 0)
    return `must be at most ${spec.maximum}`;
  return null;
}

function stringProblem(
  spec: Extract<AnswerField, { type: 'string' }>,
  value: unknown,
): string | null {
  if (typeof value !== 'string') return 'must be a text';
  if (spec.enum && !spec.enum.includes(value)) return `must be one of ${spec.enum.join(', ')}`;
  if (spec.minLength !== undefined && length(value) < spec.minLength)
    return `must have at least ${spec.minLength} characters`;
  if (spec.maxLength !== undefined && length(value) > spec.maxLength)
    return `must have at most ${spec.maxLength} characters`;
  switch (spec.format) {
    case 'date':
      return isDate(value) ? null : 'must be a date, like 2026-11-21';
    case 'email':
      return isEmail(value) ? null : 'must be an e-mail address';
    case 'uri':
    case 'url':
      return isUrl(value) ? null : 'must be an address that starts with https:// or http://';
    case undefined:
      return null;
    default:
      return spec.format satisfies never;
  }
}

/**
 * Holds an answer against its schema. Returns each field that is wrong with what is wrong, none where all is right;
 * a field the schema does not know is wrong too, unless `additionalProperties` is true.
 */
export function answerProblems(
  schema: AnswerSchema,
  answer: Record<string, unknown>,
): { field: string; problem: string }[] {
  const problems: { field: string; problem: string }[] = [];
  for (const [name, spec] of Object.entries(schema.properties)) {
    const value = Object.hasOwn(answer, name) ? answer[name] : undefined;
    if (value === undefined || value === null) {
      if (schema.required?.includes(name)) problems.push({ field: name, problem: 'is needed' });
      continue;
    }
    const problem = fieldProblem(spec, value);
    if (problem) problems.push({ field: name, problem });
  }
  if (schema.additionalProperties !== true) {
    for (const name of Object.keys(answer)) {
      if (!Object.hasOwn(schema.properties, name))
        problems.push({ field: name, problem: 'is not asked for' });
    }
  }
  return problems;
}

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
