/** The fields that a Slack form can ask, as `answer_schema` names them once it is read. Pure. */
import { z } from 'zod';
import type { AnyNumber } from './exact-json.ts';
import { linearPattern } from './linear-pattern.ts';

export const words = {
  title: z.string().min(1).max(200).optional(),
  description: z.string().min(1).max(1000).optional(),
};
/** `nullable`: where it is needed and left empty, the answer says null. */
const asked = { ...words, nullable: z.boolean().optional() };
/** What choices are called, in their order. */
const enumNames = z.array(z.string().min(1).max(200)).max(100).optional();
const pattern = z.string().superRefine((source, context) => {
  const compiled = linearPattern(source, 'ecmascript');
  if (!compiled.ok)
    context.addIssue({
      code: 'custom',
      message: `${compiled.fault.problem}: write a pattern that RE2 can match`,
    });
});
const choices = z
  .array(z.string().min(1).max(75))
  .min(1)
  .max(100)
  .refine((list) => new Set(list).size === list.length, 'names a choice twice');

const stringField = z.strictObject({
  type: z.literal('string'),
  ...asked,
  enum: choices.optional(),
  enumNames,
  format: z.enum(['date', 'date-time', 'email', 'uri', 'url', 'uuid']).optional(),
  pattern: pattern.optional(),
  minLength: z.int().min(0).max(3000).optional(),
  maxLength: z.int().min(1).max(3000).optional(),
  default: z.string().max(3000).optional(),
});
const numberField = z.strictObject({
  type: z.enum(['number', 'integer']),
  ...asked,
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  enum: z
    .array(z.number())
    .min(1)
    .max(100)
    .refine((list) => new Set(list).size === list.length, 'names a choice twice')
    .optional(),
  enumNames,
  default: z.number().optional(),
});
const booleanField = z.strictObject({
  type: z.literal('boolean'),
  ...asked,
  const: z.boolean().optional(),
  default: z.boolean().optional(),
});
const arrayField = z.strictObject({
  type: z.literal('array'),
  ...asked,
  items: z.strictObject({ type: z.literal('string'), enum: choices, enumNames }),
  minItems: z.int().min(0).max(100).optional(),
  maxItems: z.int().min(1).max(100).optional(),
  default: z.array(z.string()).optional(),
});

/** A field's name becomes a Slack block id, and must not look like one of ours. */
export const fieldName = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/,
    'must be a name of letters, digits, `_`, `.` or `-`, at most 64 long',
  )
  .refine((name) => name !== '__proto__', 'is not a name');

export const field = z.discriminatedUnion('type', [
  stringField,
  numberField,
  booleanField,
  arrayField,
]);

export type AnswerField = z.output<typeof field>;
export interface AnswerSchema {
  $schema?: string;
  type: 'object';
  title?: string;
  description?: string;
  properties: Record<string, AnswerField>;
  required?: string[];
  additionalProperties?: boolean;
}
/** What was filled in: the field's name to its value; a field left empty is absent, or null where the schema says so. */
export type FormAnswer = Record<string, string | AnyNumber | boolean | string[] | null>;
