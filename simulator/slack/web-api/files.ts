// Uploading a file in Slack's three steps: ask for a URL, send the bytes there, complete.
import { z } from 'zod';
import type { Message } from '../message-store.ts';
import type { UploadedFile, Workspace } from '../records.ts';
import { conversationOf, randomId } from '../workspace.ts';
import type { Method } from './method.ts';
import { count, failed, json, method, optionalText, text } from './method.ts';
import { post } from './post.ts';

const getUploadUrl = method({
  scopes: ['files:write'],
  tier: 4,
  args: z.object({
    filename: text,
    length: count,
    alt_text: optionalText,
    snippet_type: optionalText,
  }),
  run(workspace, args) {
    if (args.length === undefined || args.length < 1) return failed('missing_argument');
    const file: UploadedFile = {
      id: randomId('F'),
      name: args.filename,
      title: args.filename,
      alt_text: args.alt_text,
      size: args.length,
      completed: false,
    };
    workspace.files.set(file.id, file);
    return { ok: true, upload_url: `${workspace.origin}/upload/${file.id}`, file_id: file.id };
  },
});

const filesArg = z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1);

const complete = method({
  scopes: ['files:write'],
  tier: 4,
  args: z.object({
    files: json,
    channel_id: optionalText,
    channels: optionalText,
    thread_ts: optionalText,
    initial_comment: optionalText,
  }),
  run(workspace, args) {
    const parsed = filesArg.safeParse(args.files);
    if (!parsed.success) return failed('invalid_arguments');
    const files: NonNullable<Message['files']> = [];
    const uploaded: UploadedFile[] = [];
    for (const { id, title } of parsed.data) {
      const file = workspace.files.get(id);
      if (!file?.content || file.completed) return failed('file_not_found');
      uploaded.push(file);
      files.push({ id, name: file.name, title: title ?? file.title, size: file.size });
    }
    const channelId = args.channel_id ?? args.channels?.split(',')[0];
    if (channelId !== undefined) {
      const channel = workspace.channels.get(channelId);
      if (!channel) return failed('channel_not_found');
      if (!channel.members.has(workspace.app.bot_user_id)) return failed('not_in_channel');
      if (channel.is_archived) return failed('is_archived');
      if (args.thread_ts && !conversationOf(workspace, channelId).by_ts.has(args.thread_ts)) {
        return failed('thread_not_found');
      }
      shareFiles(workspace, channelId, files, args.initial_comment ?? '', args.thread_ts);
    }
    for (const [at, file] of uploaded.entries()) {
      file.completed = true;
      file.title = files[at]?.title ?? file.title;
    }
    return { ok: true, files };
  },
});

function shareFiles(
  workspace: Workspace,
  channelId: string,
  files: NonNullable<Message['files']>,
  comment: string,
  thread_ts: string | undefined,
): void {
  const channel = workspace.channels.get(channelId);
  if (!channel) return;
  post(
    workspace,
    channel,
    workspace.app.bot_user_id,
    { text: comment, blocks: [], warnings: [] },
    { files, thread_ts },
  );
}

const info = method({
  scopes: ['files:read'],
  tier: 4,
  args: z.object({ file: text }),
  run(workspace, args) {
    const file = workspace.files.get(args.file);
    if (!file?.completed) return failed('file_not_found');
    const { id, name, title, size, processed = false } = file;
    file.processed = true;
    // What is still being worked on has no type yet.
    return { ok: true, file: { id, name, title, size, mimetype: processed ? typeOf(file) : '' } };
  },
});

const typeOf = (file: UploadedFile): string =>
  file.content?.subarray(1, 4).toString('latin1') === 'PNG' ? 'image/png' : 'text/plain';

/** The bytes of an upload; the length has to be the one that was announced. */
export function receiveUpload(
  workspace: Workspace,
  id: string,
  content: Buffer,
): { status: number; text: string } {
  const file = workspace.files.get(id);
  if (!file) return { status: 404, text: 'not found' };
  if (content.length !== file.size) {
    return { status: 400, text: `expected ${file.size} bytes, got ${content.length}` };
  }
  file.content = content;
  return { status: 200, text: `OK - ${content.length}` };
}

export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': complete,
  'files.info': info,
};
