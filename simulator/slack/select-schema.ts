// Elements one chooses in: selects, menus, checkboxes, radio buttons, with their limits.
import { z } from 'zod';
import {
  actionId,
  confirm,
  conversationFilter,
  focusOnLoad,
  items,
  optionGroup,
  placeholder,
  plainOption,
  richOption,
} from './composition-schema.ts';

const asking = { action_id: actionId, confirm, focus_on_load: focusOnLoad };
const selecting = { ...asking, placeholder };
const maxSelected = z.number().int().min(1).optional();

/** Options or option groups, and not both; shared by static selects. */
const staticOptions = {
  options: items(plainOption, 100, 1).optional(),
  option_groups: items(optionGroup, 100, 1).optional(),
};

function checkStaticOptions(
  value: { options?: unknown; option_groups?: unknown },
  context: z.RefinementCtx,
): void {
  if ((value.options === undefined) === (value.option_groups === undefined)) {
    context.addIssue({
      code: 'custom',
      message:
        value.options === undefined
          ? 'missing required field: options'
          : 'only one of options and option_groups is allowed',
    });
  }
}

/** Initial options have to be among the options, exactly. */
function checkInitial(
  value: { options?: unknown[]; option_groups?: { options: unknown[] }[] },
  initial: readonly unknown[],
  context: z.RefinementCtx,
  field: string,
): void {
  const offered = new Set(
    [
      ...(value.options ?? []),
      ...(value.option_groups ?? []).flatMap((group) => group.options),
    ].map((option) => JSON.stringify(option)),
  );
  if (initial.some((option) => !offered.has(JSON.stringify(option)))) {
    context.addIssue({
      code: 'custom',
      path: [field],
      message: `invalid ${field}: must be one of the options`,
    });
  }
}

export const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...selecting,
    ...staticOptions,
    initial_option: plainOption.optional(),
  })
  .superRefine((value, context) => {
    checkStaticOptions(value, context);
    if (value.initial_option)
      checkInitial(value, [value.initial_option], context, 'initial_option');
  });

export const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...selecting,
    ...staticOptions,
    initial_options: items(plainOption, 100, 1).optional(),
    max_selected_items: maxSelected,
  })
  .superRefine((value, context) => {
    checkStaticOptions(value, context);
    if (value.initial_options)
      checkInitial(value, value.initial_options, context, 'initial_options');
  });

export const dynamicSelects = [
  z.strictObject({
    type: z.literal('users_select'),
    ...selecting,
    initial_user: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('multi_users_select'),
    ...selecting,
    initial_users: z.array(z.string()).optional(),
    max_selected_items: maxSelected,
  }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...selecting,
    initial_conversation: z.string().optional(),
    default_to_current_conversation: z.boolean().optional(),
    response_url_enabled: z.boolean().optional(),
    filter: conversationFilter,
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...selecting,
    initial_conversations: z.array(z.string()).optional(),
    default_to_current_conversation: z.boolean().optional(),
    max_selected_items: maxSelected,
    filter: conversationFilter,
  }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...selecting,
    initial_channel: z.string().optional(),
    response_url_enabled: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('multi_channels_select'),
    ...selecting,
    initial_channels: z.array(z.string()).optional(),
    max_selected_items: maxSelected,
  }),
  z.strictObject({
    type: z.literal('external_select'),
    ...selecting,
    initial_option: plainOption.optional(),
    min_query_length: z.number().int().min(0).optional(),
  }),
  z.strictObject({
    type: z.literal('multi_external_select'),
    ...selecting,
    initial_options: items(plainOption, 100, 1).optional(),
    min_query_length: z.number().int().min(0).optional(),
    max_selected_items: maxSelected,
  }),
] as const;

export const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: actionId,
  options: items(plainOption, 5, 1),
  confirm,
});

export const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...asking,
    options: items(richOption, 10, 1),
    initial_options: items(richOption, 10, 1).optional(),
  })
  .superRefine((value, context) => {
    if (value.initial_options)
      checkInitial(value, value.initial_options, context, 'initial_options');
  });

export const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...asking,
    options: items(richOption, 10, 1),
    initial_option: richOption.optional(),
  })
  .superRefine((value, context) => {
    if (value.initial_option)
      checkInitial(value, [value.initial_option], context, 'initial_option');
  });
