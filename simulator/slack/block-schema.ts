// All 20 block types, one schema each, with Slack's limits and where each may stand.
import { z } from 'zod';
import {
  anyText,
  blockId,
  chars,
  checkImageSource,
  httpUrl,
  imageElement,
  imageSource,
  items,
  mrkdwn,
  plainText,
} from './composition-schema.ts';
import {
  actionsElement,
  button,
  contextActionsElement,
  inputElement,
  sectionAccessoryTypes,
} from './element-schema.ts';
import { richText } from './rich-text-schema.ts';

const block = { block_id: blockId };

const actions = z.strictObject({
  type: z.literal('actions'),
  ...block,
  elements: items(actionsElement, 25, 1),
});

const alert = z.strictObject({
  type: z.literal('alert'),
  ...block,
  text: anyText(),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});

const card = z
  .strictObject({
    type: z.literal('card'),
    ...block,
    hero_image: imageElement.optional(),
    icon: imageElement.optional(),
    slack_icon: z.looseObject({}).optional(),
    title: mrkdwn(150).optional(),
    subtitle: mrkdwn(150).optional(),
    body: mrkdwn(200).optional(),
    subtext: mrkdwn(200).optional(),
    actions: items(button, 3, 1).optional(),
  })
  .superRefine((value, context) => {
    if (!value.hero_image && !value.title && !value.actions && !value.body) {
      context.addIssue({
        code: 'custom',
        message: 'at least one of hero_image, title, actions or body is required',
      });
    }
  });

const carousel = z.strictObject({
  type: z.literal('carousel'),
  ...block,
  elements: items(card, 10, 1),
});

const context = z.strictObject({
  type: z.literal('context'),
  ...block,
  elements: items(z.discriminatedUnion('type', [imageElement, plainText(), mrkdwn()]), 10, 1),
});

const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  ...block,
  elements: items(contextActionsElement, 5, 1),
});

const rawText = z.strictObject({ type: z.literal('raw_text'), text: z.string() });
const rawNumber = z.strictObject({
  type: z.literal('raw_number'),
  value: z.number(),
  text: z.string(),
});
const cell = z.discriminatedUnion('type', [rawText, rawNumber, richText]);

const dataTable = z.strictObject({
  type: z.literal('data_table'),
  ...block,
  rows: items(items(cell, 20, 1), 101, 2),
  caption: chars(3_000, 1),
  page_size: z.number().int().min(1).max(100).optional(),
  row_header_column_index: z.number().int().min(0).max(19).optional(),
});

const divider = z.strictObject({ type: z.literal('divider'), ...block });

const file = z.strictObject({
  type: z.literal('file'),
  ...block,
  source: z.literal('remote'),
  external_id: chars(255, 1),
});

const header = z.strictObject({
  type: z.literal('header'),
  ...block,
  text: plainText(150),
  level: z.number().int().min(1).max(4).optional(),
});

const image = z
  .strictObject({
    type: z.literal('image'),
    ...block,
    alt_text: chars(2_000, 1),
    title: plainText(2_000).optional(),
    ...imageSource,
  })
  .superRefine(checkImageSource);

const input = z.strictObject({
  type: z.literal('input'),
  ...block,
  label: plainText(2_000),
  hint: plainText(2_000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: inputElement,
});

const markdown = z.strictObject({ type: z.literal('markdown'), ...block, text: chars(12_000, 1) });

const section = z
  .strictObject({
    type: z.literal('section'),
    ...block,
    text: anyText().optional(),
    fields: items(anyText(2_000), 10, 1).optional(),
    accessory: z.discriminatedUnion('type', [...sectionAccessoryTypes, imageElement]).optional(),
    expand: z.boolean().optional(),
  })
  .superRefine((value, issue) => {
    if (value.text === undefined && value.fields === undefined) {
      issue.addIssue({ code: 'custom', message: 'missing required field: text or fields' });
    }
  });

const table = z.strictObject({
  type: z.literal('table'),
  ...block,
  rows: items(items(cell, 20, 1), 100, 1),
  column_settings: items(
    z
      .strictObject({
        align: z.enum(['left', 'center', 'right']).optional(),
        is_wrapped: z.boolean().optional(),
      })
      .nullable(),
    20,
  ).optional(),
});

const urlSource = z.strictObject({ type: z.literal('url'), url: httpUrl, text: z.string() });

const taskCard = z.strictObject({
  type: z.literal('task_card'),
  ...block,
  task_id: chars(255, 1),
  title: chars(3_000, 1),
  details: richText.optional(),
  output: richText.optional(),
  sources: z.array(urlSource).optional(),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']).optional(),
});

const plan = z.strictObject({
  type: z.literal('plan'),
  ...block,
  title: chars(3_000, 1),
  tasks: z.array(taskCard).optional(),
});

const video = z.strictObject({
  type: z.literal('video'),
  ...block,
  video_url: z.string().regex(/^https:\/\//, 'must be a valid https URL'),
  thumbnail_url: httpUrl,
  alt_text: chars(2_000, 1),
  title: plainText(200),
  title_url: httpUrl.optional(),
  author_name: chars(50).optional(),
  provider_name: z.string().optional(),
  provider_icon_url: httpUrl.optional(),
  description: plainText(200).optional(),
});

const container = z.strictObject({
  type: z.literal('container'),
  ...block,
  title: plainText(150).optional(),
  rich_text_title: richText.optional(),
  subtitle: anyText(150).optional(),
  child_blocks: items(
    z.discriminatedUnion('type', [
      actions,
      context,
      divider,
      file,
      header,
      image,
      input,
      richText,
      section,
      table,
      video,
    ]),
    50,
    1,
  ),
  width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
  icon: imageElement.optional(),
  is_collapsible: z.boolean().optional(),
  default_collapsed: z.boolean().optional(),
  has_header_divider: z.boolean().optional(),
});

const everywhere = [
  actions,
  alert,
  context,
  divider,
  header,
  image,
  input,
  richText,
  section,
  video,
] as const;

/** Blocks that Slack shows in messages only. */
const messageOnly = [
  card,
  carousel,
  container,
  contextActions,
  dataTable,
  file,
  markdown,
  plan,
  table,
  taskCard,
] as const;

export const messageBlocks = items(
  z.discriminatedUnion('type', [...everywhere, ...messageOnly]),
  50,
);
export const viewBlocks = items(z.discriminatedUnion('type', everywhere), 100);
