/** An answer held against the form that it was asked with. Pure. */
import { z } from 'zod';
import type { AnswerField, AnswerSchema } from './answer-fields.ts';
import { compareNumbers, exactText, isAnyNumber, isWhole } from './exact-json.ts';
import { linearPattern } from './linear-pattern.ts';

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

/** A pattern that does not compile was refused when it came. */
function matches(source: string, text: string): boolean {
  const compiled = linearPattern(source, 'ecmascript');
  return !compiled.ok || compiled.pattern.test(text);
}

/** What is wrong with one field's value, in words for the person who filled it in; null where it is right. */
export function fieldProblem(spec: AnswerField, value: unknown): string | null {
  switch (spec.type) {
    case 'string':
      return stringProblem(spec, value);
    case 'number':
    case 'integer':
      return numberProblem(spec, value);
    case 'boolean':
      if (typeof value !== 'boolean') return 'must be yes or no';
      return spec.const === undefined || value === spec.const
        ? null
        : `must be ${spec.const ? 'yes' : 'no'}`;
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
  if (
    spec.exclusiveMinimum !== undefined &&
    compareNumbers(digits, String(spec.exclusiveMinimum)) <= 0
  )
    return `must be more than ${spec.exclusiveMinimum}`;
  if (
    spec.exclusiveMaximum !== undefined &&
    compareNumbers(digits, String(spec.exclusiveMaximum)) >= 0
  )
    return `must be less than ${spec.exclusiveMaximum}`;
  return spec.enum && !spec.enum.some((one) => compareNumbers(digits, String(one)) === 0)
    ? `must be one of ${spec.enum.join(', ')}`
    : null;
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
  if (spec.pattern !== undefined && !matches(spec.pattern, value))
    return `must match ${spec.pattern}`;
  switch (spec.format) {
    case 'date-time':
      return z.iso.datetime({ offset: true }).safeParse(value).success
        ? null
        : 'must be a time, like 2026-11-21T10:00:00Z';
    case 'uuid':
      return z.guid().safeParse(value).success
        ? null
        : 'must be a UUID, like 123e4567-e89b-12d3-a456-426614174000';
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
    if (value === null && spec.nullable === true) continue;
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
