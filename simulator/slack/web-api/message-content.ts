// What a message says, checked as Slack checks it: text, blocks, metadata. Shared by posts, edits,
// ephemerals and response_url.
import { z } from 'zod';
import { checkBlocks } from '../block-check.ts';
import type { Message } from '../message-store.ts';
import type { Block, Workspace } from '../records.ts';
import type { ApiResult } from './method.ts';
import { failed, json, optionalText } from './method.ts';

/** Slack cuts a post's text here. */
const TEXT_CUT_AT = 40_000;
/** `chat.update` refuses instead of cutting. */
const UPDATE_TEXT_MAX = 4_000;
const METADATA_MAX_BYTES = 8_000;

export const contentArgs = {
  text: optionalText,
  blocks: json,
  attachments: json,
  metadata: json,
  markdown_text: optionalText,
};

export interface Content {
  text: string;
  blocks: Block[];
  attachments?: unknown[];
  metadata?: Message['metadata'];
  warnings: string[];
}

const metadataShape = z.object({
  event_type: z.string().min(1).max(255),
  event_payload: z.record(z.string(), z.json()),
});

type ContentCheck = { ok: true; content: Content } | { ok: false; result: ApiResult };

/** Content of a message, or Slack's refusal. Where nothing is said, `no_text`. */
export function checkContent(
  workspace: Workspace,
  args: {
    text?: string;
    blocks?: unknown;
    attachments?: unknown;
    metadata?: unknown;
    markdown_text?: string;
  },
  longText: 'cut' | 'refuse',
): ContentCheck {
  const refused = (error: string, messages: string[] = []): ContentCheck => ({
    ok: false,
    result: failed(error, messages.length > 0 ? { response_metadata: { messages } } : {}),
  });
  let blocks: Block[] = [];
  if (args.markdown_text !== undefined) {
    if (args.text !== undefined || args.blocks !== undefined) {
      return refused('markdown_text_conflict');
    }
    if (args.markdown_text.length > 12_000) return refused('msg_too_long');
  }
  if (args.blocks !== undefined && args.blocks !== '') {
    if (!Array.isArray(args.blocks)) return refused('invalid_blocks_format');
    const checked = checkBlocks(args.blocks, 'message', ['blocks']);
    if (!checked.ok) return refused(checked.error, checked.messages);
    blocks = checked.blocks;
    const unseen = filesIn(blocks).find((id) => workspace.files.get(id)?.processed !== true);
    if (unseen !== undefined)
      return refused('invalid_blocks', [`[ERROR] invalid slack file ${unseen}`]);
  }
  let attachments: unknown[] | undefined;
  if (args.attachments !== undefined && args.attachments !== '') {
    if (!Array.isArray(args.attachments)) return refused('invalid_attachments');
    if (args.attachments.length > 100) return refused('too_many_attachments');
    attachments = args.attachments;
  }
  let metadata: Message['metadata'];
  if (args.metadata !== undefined && args.metadata !== '') {
    if (typeof args.metadata !== 'object' || args.metadata === null) {
      return refused('invalid_metadata_format');
    }
    if (Buffer.byteLength(JSON.stringify(args.metadata)) > METADATA_MAX_BYTES) {
      return refused('metadata_too_large');
    }
    // An empty object takes metadata away on an update.
    if (Object.keys(args.metadata).length > 0) {
      const parsed = metadataShape.safeParse(args.metadata);
      if (!parsed.success) return refused('invalid_metadata_schema');
      metadata = parsed.data;
    }
  }
  let text = args.text ?? args.markdown_text ?? '';
  if (text === '' && blocks.length === 0 && !attachments?.length) return refused('no_text');
  const warnings: string[] = [];
  if (longText === 'refuse' && text.length > UPDATE_TEXT_MAX) return refused('msg_too_long');
  if (text.length > TEXT_CUT_AT) {
    text = text.slice(0, TEXT_CUT_AT);
    warnings.push('message_truncated');
  }
  return {
    ok: true,
    content: {
      text,
      blocks,
      ...(attachments?.length ? { attachments } : {}),
      ...(metadata ? { metadata } : {}),
      warnings,
    },
  };
}

/** The ids of the files that image blocks show. */
function filesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(filesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) => {
    const file = key === 'slack_file' ? z.object({ id: z.string() }).safeParse(held) : null;
    return file?.success ? [file.data.id] : filesIn(held);
  });
}
