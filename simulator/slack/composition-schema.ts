// Block Kit's small objects (texts, options, confirmations) with Slack's limits, in Slack's words.
import { z } from 'zod';

/** A string of `min`..`max` characters; messages are the ones Slack answers with. */
export function chars(max: number, min = 0): z.ZodString {
  return z
    .string()
    .min(min, `must be more than ${min - 1} characters`)
    .max(max, `must be less than ${max + 1} characters`);
}

export function items<T extends z.ZodType>(item: T, max: number, min = 0): z.ZodArray<T> {
  return z
    .array(item)
    .min(min, `no fewer than ${min} items allowed`)
    .max(max, `no more than ${max} items allowed`);
}

const TEXT_MAX = 3_000;

export function plainText(max = TEXT_MAX, min = 1) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: chars(max, min),
    emoji: z.boolean().optional(),
  });
}

export function mrkdwn(max = TEXT_MAX, min = 1) {
  return z.strictObject({
    type: z.literal('mrkdwn'),
    text: chars(max, min),
    verbatim: z.boolean().optional(),
  });
}

export function anyText(max = TEXT_MAX, min = 1) {
  return z.discriminatedUnion('type', [plainText(max, min), mrkdwn(max, min)]);
}

export const blockId = chars(255).optional();
export const actionId = chars(255, 1).optional();
export const style = z.enum(['primary', 'danger']).optional();

export const confirm = z
  .strictObject({
    title: plainText(100).optional(),
    text: anyText(300),
    confirm: plainText(30).optional(),
    deny: plainText(30).optional(),
    style,
  })
  .optional();

const optionFields = {
  value: chars(75).optional(),
  description: plainText(75).optional(),
};

/** An option of a select or overflow menu: plain text only. */
export const plainOption = z.strictObject({
  text: plainText(75),
  ...optionFields,
  url: chars(3_000).optional(),
});

/** An option of radio buttons or checkboxes: mrkdwn is allowed. */
export const richOption = z.strictObject({
  text: anyText(75),
  value: chars(75).optional(),
  description: anyText(75).optional(),
});

export const optionGroup = z.strictObject({
  label: plainText(75),
  options: items(plainOption, 100, 1),
});

export const placeholder = plainText(150).optional();
export const focusOnLoad = z.boolean().optional();

export const dispatchActionConfig = z
  .strictObject({
    trigger_actions_on: items(
      z.enum(['on_enter_pressed', 'on_character_entered']),
      2,
      1,
    ).optional(),
  })
  .optional();

export const conversationFilter = z
  .strictObject({
    include: items(z.enum(['im', 'mpim', 'private', 'public']), 4, 1).optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .optional();

export const httpUrl = chars(3_000, 1).regex(/^https?:\/\//i, 'must be a valid URL');

const slackFile = z.union([
  z.strictObject({ url: z.string() }),
  z.strictObject({ id: z.string() }),
]);

/** Either `image_url` or `slack_file`, never both. */
export const imageSource = {
  image_url: httpUrl.optional(),
  slack_file: slackFile.optional(),
};

export function checkImageSource(
  value: { image_url?: unknown; slack_file?: unknown },
  context: z.RefinementCtx,
): void {
  if ((value.image_url === undefined) === (value.slack_file === undefined)) {
    context.addIssue({
      code: 'custom',
      message:
        value.image_url === undefined
          ? 'missing required field: image_url'
          : 'only one of image_url and slack_file is allowed',
    });
  }
}

export const imageElement = z
  .strictObject({ type: z.literal('image'), alt_text: chars(2_000, 1), ...imageSource })
  .superRefine(checkImageSource);
