// Modals and Homes: the frame around their blocks, with Slack's limits.
import { z } from 'zod';
import { checkBlocks } from './block-check.ts';
import { chars, plainText } from './composition-schema.ts';
import { slackErrors } from './schema-errors.ts';
import type { Block, TextObject } from './records.ts';

const VIEW_MAX_BYTES = 250_000;

const frame = {
  blocks: z.unknown(),
  callback_id: chars(255).optional(),
  external_id: chars(255).optional(),
  private_metadata: chars(3_000).optional(),
};

const modal = z.strictObject({
  type: z.literal('modal'),
  title: plainText(24),
  submit: plainText(24).optional(),
  close: plainText(24).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
  ...frame,
});

const home = z.strictObject({
  type: z.literal('home'),
  title: plainText(24).optional(),
  submit: plainText(24).optional(),
  close: plainText(24).optional(),
  ...frame,
});

const view = z.discriminatedUnion('type', [modal, home]);

export interface CheckedView {
  type: 'modal' | 'home';
  title?: TextObject;
  submit?: TextObject;
  close?: TextObject;
  clear_on_close: boolean;
  notify_on_close: boolean;
  callback_id: string;
  external_id: string;
  private_metadata: string;
  blocks: Block[];
}

type ViewCheck =
  | { ok: true; view: CheckedView }
  | { ok: false; error: 'invalid_arguments' | 'view_too_large'; messages: string[] };

/** A view as `views.open` and its kin take it, checked whole. */
export function checkView(value: unknown, type: 'modal' | 'home'): ViewCheck {
  const refused = (messages: string[]): ViewCheck => ({
    ok: false,
    error: 'invalid_arguments',
    messages,
  });
  if (typeof value !== 'object' || value === null) {
    return refused(['[ERROR] must provide an object [json-pointer:/view]']);
  }
  if (Buffer.byteLength(JSON.stringify(value)) > VIEW_MAX_BYTES) {
    return { ok: false, error: 'view_too_large', messages: [] };
  }
  const parsed = view.safeParse(value);
  if (!parsed.success) return refused(slackErrors(parsed.error, ['view'], value));
  const { data } = parsed;
  if (data.type !== type) {
    return refused([`[ERROR] must be a ${type} view [json-pointer:/view/type]`]);
  }
  if (data.blocks === undefined) {
    return refused(['[ERROR] missing required field: blocks [json-pointer:/view]']);
  }
  const checked = checkBlocks(data.blocks, 'view', ['view', 'blocks']);
  if (!checked.ok) return refused(checked.messages);
  const { blocks } = checked;
  if (type === 'modal' && !data.submit && blocks.some((block) => block.type === 'input')) {
    return refused([
      '[ERROR] missing required field: submit (a view with input blocks has one) [json-pointer:/view]',
    ]);
  }
  return {
    ok: true,
    view: {
      type,
      blocks,
      title: data.title,
      submit: data.submit,
      close: data.close,
      clear_on_close: 'clear_on_close' in data ? (data.clear_on_close ?? false) : false,
      notify_on_close: 'notify_on_close' in data ? (data.notify_on_close ?? false) : false,
      callback_id: data.callback_id ?? '',
      external_id: data.external_id ?? '',
      private_metadata: data.private_metadata ?? '',
    },
  };
}
