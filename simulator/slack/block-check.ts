// Checks blocks as Slack does before it stores them, and fills in what Slack fills in.
import { randomBytes } from 'node:crypto';
import { messageBlocks, viewBlocks } from './block-schema.ts';
import { slackErrors } from './schema-errors.ts';
import type { Block } from './records.ts';

/** Near this many characters in all blocks of one message Slack answers `msg_blocks_too_long`. */
const ALL_BLOCKS_MAX = 13_200;
const MARKDOWN_MAX = 12_000;

type BlockCheck =
  | { ok: true; blocks: Block[] }
  | { ok: false; error: 'invalid_blocks' | 'msg_blocks_too_long'; messages: string[] };

/** Blocks for a message or a view, checked whole; errors carry the path from `at`. */
export function checkBlocks(
  value: unknown,
  surface: 'message' | 'view',
  at: readonly PropertyKey[],
): BlockCheck {
  const schema = surface === 'message' ? messageBlocks : viewBlocks;
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    return { ok: false, error: 'invalid_blocks', messages: slackErrors(parsed.error, at, value) };
  }
  const blocks = parsed.data.map(withIds);
  const messages = duplicates(blocks, at);
  if (surface === 'message') {
    const markdown = blocks
      .filter((block) => block.type === 'markdown')
      .reduce((sum, block) => sum + String(block['text']).length, 0);
    if (markdown > MARKDOWN_MAX) {
      messages.push(
        `[ERROR] all markdown blocks together must be less than ${MARKDOWN_MAX + 1} characters [json-pointer:/${at.join('/')}]`,
      );
    }
  }
  if (messages.length > 0) return { ok: false, error: 'invalid_blocks', messages };
  if (surface === 'message' && characters(blocks) > ALL_BLOCKS_MAX) {
    return { ok: false, error: 'msg_blocks_too_long', messages: [] };
  }
  return { ok: true, blocks };
}

/** The characters people read: every string under a key that holds shown text. */
function characters(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, part) => sum + characters(part), 0);
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 0;
  for (const [key, part] of Object.entries(value)) {
    if (typeof part === 'string') {
      if (key === 'text' || key === 'alt_text' || key === 'title') sum += part.length;
    } else sum += characters(part);
  }
  return sum;
}

function freshId(): string {
  return randomBytes(4).toString('base64url').slice(0, 5);
}

const NO_ACTION_ID = new Set(['image', 'plain_text', 'mrkdwn', 'card']);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withActionId(element: unknown): unknown {
  if (!isRecord(element) || NO_ACTION_ID.has(String(element['type']))) return element;
  return element['action_id'] === undefined ? { ...element, action_id: freshId() } : element;
}

function withIds(block: { type: string; block_id?: string | undefined }): Block {
  const filled: Block = { ...block, block_id: block.block_id || freshId() };
  const { elements, actions, accessory, element, child_blocks } = filled;
  if (block.type === 'carousel' && Array.isArray(elements)) {
    filled['elements'] = elements.map((card) => withIds(card));
  } else if (
    (block.type === 'actions' || block.type === 'context_actions') &&
    Array.isArray(elements)
  ) {
    filled['elements'] = elements.map(withActionId);
  }
  if (Array.isArray(actions)) filled['actions'] = actions.map(withActionId);
  if (accessory) filled['accessory'] = withActionId(accessory);
  if (element) filled['element'] = withActionId(element);
  if (Array.isArray(child_blocks))
    filled['child_blocks'] = child_blocks.map((child) => withIds(child));
  return filled;
}

function duplicates(blocks: readonly Block[], at: readonly PropertyKey[]): string[] {
  const messages: string[] = [];
  const blockIds = new Set<string>();
  blocks.forEach((block, index) => {
    const path = `/${[...at, index].join('/')}`;
    if (blockIds.has(block.block_id)) {
      messages.push(
        `[ERROR] \`block_id\` "${block.block_id}" already exists [json-pointer:${path}/block_id]`,
      );
    }
    blockIds.add(block.block_id);
    const elements = block['elements'];
    if (!Array.isArray(elements)) return;
    const actionIds = new Set<string>();
    elements.forEach((element: unknown, position) => {
      const id = isRecord(element) ? element['action_id'] : undefined;
      if (typeof id !== 'string') return;
      if (actionIds.has(id)) {
        messages.push(
          `[ERROR] \`action_id\` "${id}" already exists [json-pointer:${path}/elements/${position}/action_id]`,
        );
      }
      actionIds.add(id);
    });
  });
  return messages;
}
