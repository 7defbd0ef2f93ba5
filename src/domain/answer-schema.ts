/**
 * `answer_schema`: the JSON Schema of an answer, held to what a Slack form can ask: one flat object of strings, numbers,
 * integers, booleans, choices, dates, times, e-mail addresses, URLs and UUIDs. What MCP, zod and pydantic write is read as
 * what it means. Pure. Drawing the form is the blocks' part.
 */
import { z } from 'zod';
import { field, fieldName, words, type AnswerField } from './answer-fields.ts';
import { fieldProblem } from './answer-problems.ts';
import { plainSchema } from './answer-dialects.ts';

/** The form of an answer: one field or up to 40 of them. */
const formSchema = z
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

/** Read into the words of `answer-fields`; what no form can ask is refused, with its place. */
export const answerSchema = z.preprocess((given, context) => {
  const { schema, problems } = plainSchema(given);
  for (const { path, message } of problems)
    context.addIssue({ code: 'custom', path, message, input: given });
  return problems.length > 0 ? z.NEVER : schema;
}, formSchema);

const NAMES = 'must have as many enumNames as choices';
const namesOther = ({ enum: choices, enumNames }: { enum?: unknown[]; enumNames?: string[] }) =>
  enumNames !== undefined && enumNames.length !== choices?.length;

/** Why nobody could ever fill this field in as it is asked, or null. */
function contradiction(spec: AnswerField): string | null {
  switch (spec.type) {
    case 'string':
      if ((spec.minLength ?? 0) > (spec.maxLength ?? Infinity))
        return 'has a minLength above its maxLength: no text fits';
      if (namesOther(spec)) return NAMES;
      break;
    case 'number':
    case 'integer': {
      const [least, most] = [
        Math.max(spec.minimum ?? -Infinity, spec.exclusiveMinimum ?? -Infinity),
        Math.min(spec.maximum ?? Infinity, spec.exclusiveMaximum ?? Infinity),
      ];
      if (least > most) return 'has a minimum above its maximum: no number fits';
      if (spec.enum?.every((one) => fieldProblem(spec, one) !== null))
        return 'has no choice that fits its minimum and maximum';
      if (namesOther(spec)) return NAMES;
      if (spec.type === 'integer' && Math.ceil(least) > Math.floor(most))
        return 'has no whole number between its minimum and its maximum';
      break;
    }
    case 'boolean':
      return null;
    case 'array':
      if ((spec.minItems ?? 0) > Math.min(spec.maxItems ?? Infinity, spec.items.enum.length))
        return 'has a minItems above its maxItems, or above its number of choices';
      if (namesOther(spec.items)) return NAMES;
      break;
    default:
      return spec satisfies never;
  }
  return spec.type === 'string' && spec.enum?.every((choice) => fieldProblem(spec, choice) !== null)
    ? 'has no choice that fits its format, pattern and length'
    : null;
}
