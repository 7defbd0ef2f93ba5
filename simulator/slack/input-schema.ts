// Elements one types or picks a time in, with their limits.
import { z } from 'zod';
import {
  actionId,
  chars,
  confirm,
  dispatchActionConfig,
  focusOnLoad,
  placeholder,
} from './composition-schema.ts';
import { richText } from './rich-text-schema.ts';

const asking = { action_id: actionId, confirm, focus_on_load: focusOnLoad };
const selecting = { ...asking, placeholder };

export const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...selecting,
  initial_date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date in the format YYYY-MM-DD')
    .optional(),
});

export const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...selecting,
  initial_time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time in the format HH:mm')
    .optional(),
  timezone: z.string().optional(),
});

export const datetimepicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...asking,
  initial_date_time: z
    .number()
    .int()
    .min(1_000_000_000, 'must be a UNIX timestamp of 10 digits')
    .max(9_999_999_999, 'must be a UNIX timestamp of 10 digits')
    .optional(),
});

export const richTextInput = z.strictObject({
  type: z.literal('rich_text_input'),
  action_id: actionId,
  initial_value: richText.optional(),
  dispatch_action_config: dispatchActionConfig,
  focus_on_load: focusOnLoad,
  placeholder,
  min_lines: z.number().int().optional(),
  max_lines: z.number().int().optional(),
});

const typing = {
  action_id: actionId,
  placeholder,
  focus_on_load: focusOnLoad,
  dispatch_action_config: dispatchActionConfig,
};

export const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    ...typing,
    initial_value: chars(3_000).optional(),
    multiline: z.boolean().optional(),
    min_length: z.number().int().min(0).max(3_000, 'must be less than 3001').optional(),
    max_length: z
      .number()
      .int()
      .min(1, 'must be more than 0')
      .max(3_000, 'must be less than 3001')
      .optional(),
  })
  .superRefine((value, context) => {
    const { min_length: min = 0, max_length: max = 3_000, initial_value: initial } = value;
    if (min > max) {
      context.addIssue({
        code: 'custom',
        path: ['min_length'],
        message: 'must be less than max_length',
      });
    }
    if (initial !== undefined && (initial.length > max || initial.length < min)) {
      context.addIssue({
        code: 'custom',
        path: ['initial_value'],
        message: `must be between ${min} and ${max} characters`,
      });
    }
  });

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a number in a string');

export const numberInput = z.strictObject({
  type: z.literal('number_input'),
  ...typing,
  is_decimal_allowed: z.boolean(),
  initial_value: decimal.optional(),
  min_value: decimal.optional(),
  max_value: decimal.optional(),
});

export const emailInput = z.strictObject({
  type: z.literal('email_text_input'),
  ...typing,
  initial_value: z.string().optional(),
});

export const urlInput = z.strictObject({
  type: z.literal('url_text_input'),
  ...typing,
  initial_value: z.string().optional(),
});

export const fileInput = z.strictObject({
  type: z.literal('file_input'),
  action_id: actionId,
  filetypes: z.array(z.string()).optional(),
  max_files: z.number().int().min(1).max(10).optional(),
});
