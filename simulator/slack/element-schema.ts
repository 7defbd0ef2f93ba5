// Buttons, and which elements may stand in which block.
import { z } from 'zod';
import { actionId, chars, confirm, httpUrl, plainText, style } from './composition-schema.ts';
import {
  datepicker,
  datetimepicker,
  emailInput,
  fileInput,
  numberInput,
  plainTextInput,
  richTextInput,
  timepicker,
  urlInput,
} from './input-schema.ts';
import {
  checkboxes,
  dynamicSelects,
  multiStaticSelect,
  overflow,
  radioButtons,
  staticSelect,
} from './select-schema.ts';

const actionable = { action_id: actionId };

export const button = z.strictObject({
  type: z.literal('button'),
  ...actionable,
  text: plainText(75),
  value: chars(2_000).optional(),
  url: chars(3_000)
    .regex(/^[a-z][a-z0-9+.-]*:/i, 'must be a valid URL')
    .optional(),
  style,
  confirm,
  accessibility_label: chars(75).optional(),
});

const workflowButton = z.strictObject({
  type: z.literal('workflow_button'),
  ...actionable,
  text: plainText(75),
  workflow: z.strictObject({
    trigger: z.strictObject({
      url: httpUrl,
      customizable_input_parameters: z
        .array(z.strictObject({ name: z.string(), value: z.string() }))
        .optional(),
    }),
  }),
  style,
  confirm,
  accessibility_label: chars(75).optional(),
});

const feedbackButton = z.strictObject({
  text: plainText(75),
  value: chars(2_000),
  accessibility_label: chars(75).optional(),
});

const feedbackButtons = z.strictObject({
  type: z.literal('feedback_buttons'),
  action_id: actionId,
  positive_button: feedbackButton,
  negative_button: feedbackButton,
});

const iconButton = z.strictObject({
  type: z.literal('icon_button'),
  action_id: actionId,
  icon: chars(255, 1),
  text: plainText(75),
  value: chars(2_000).optional(),
  accessibility_label: chars(75).optional(),
  visible_to_user_ids: z.array(z.string()).optional(),
  confirm,
});

export const actionsElement = z.discriminatedUnion('type', [
  button,
  staticSelect,
  multiStaticSelect,
  ...dynamicSelects,
  overflow,
  checkboxes,
  radioButtons,
  datepicker,
  timepicker,
  datetimepicker,
  workflowButton,
  richTextInput,
]);

export const sectionAccessoryTypes = [
  button,
  staticSelect,
  multiStaticSelect,
  ...dynamicSelects,
  overflow,
  checkboxes,
  radioButtons,
  datepicker,
  timepicker,
  workflowButton,
] as const;

export const inputElement = z.discriminatedUnion('type', [
  plainTextInput,
  numberInput,
  emailInput,
  urlInput,
  fileInput,
  richTextInput,
  staticSelect,
  multiStaticSelect,
  ...dynamicSelects,
  checkboxes,
  radioButtons,
  datepicker,
  timepicker,
  datetimepicker,
]);

export const contextActionsElement = z.discriminatedUnion('type', [feedbackButtons, iconButton]);
