// What a page may send, checked field by field before anything is done with it.
import { z } from 'zod';
import { MISHAPS, TROUBLES } from '../protocol.ts';
import type { Deed } from '../protocol.ts';

const id = z.string().min(1).max(255);
const option = z.object({
  text: z.object({ type: z.enum(['plain_text', 'mrkdwn']), text: z.string() }),
  value: z.string().optional(),
});
const held = {
  value: z.string().nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).optional(),
  selected_user: id.nullish(),
  selected_users: z.array(id).optional(),
  selected_channel: id.nullish(),
  selected_channels: z.array(id).optional(),
  selected_conversation: id.nullish(),
  selected_conversations: z.array(id).optional(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_date_time: z.number().int().nullish(),
  rich_text_value: z.json().optional(),
  files: z.array(z.json()).optional(),
};
const values = z.record(id, z.record(id, z.object({ type: id, ...held })));
const as = id;
const DAY_MS = 86_400_000;

export const deedSchema = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('press'),
    as,
    at: z.union([
      z.object({ channel: id, ts: id, version: z.string().max(40) }),
      z.object({ view: id }),
    ]),
    act: z.object({ block_id: id, action_id: id, type: id, ...held }),
    values: values.optional(),
  }),
  z.object({ do: z.literal('submit'), as, view: id, values }),
  z.object({ do: z.literal('close'), as, view: id, all: z.boolean() }),
  z.object({
    do: z.literal('command'),
    as,
    channel: id,
    text: z.string().min(2).max(4_000).startsWith('/', 'a command starts with /'),
  }),
  z.object({
    do: z.literal('say'),
    as,
    channel: id,
    thread_ts: id.optional(),
    text: z.string().min(1, 'say something').max(12_000),
  }),
  z.object({
    do: z.literal('shortcut'),
    as,
    callback_id: id,
    on: z.object({ channel: id, ts: id }).optional(),
  }),
  z.object({ do: z.literal('open_home'), as }),
  z.object({
    do: z.literal('move_clock'),
    ms: z
      .number()
      .int()
      .min(1_000)
      .max(31 * DAY_MS),
  }),
  z.object({ do: z.literal('trouble'), trouble: z.enum(TROUBLES), on: z.boolean() }),
  z.object({ do: z.literal('mishap'), mishap: z.enum(MISHAPS) }),
  z.object({ do: z.literal('put_item'), item: z.json() }),
  z.object({ do: z.literal('next_item') }),
]) satisfies z.ZodType<Deed>;
