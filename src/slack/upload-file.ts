/**
 * Uploads a file in Slack's three steps: an address is asked for, the bytes go there, and the upload is completed, in a
 * conversation or in none (its id can then stand in a message's `slack_file` or an image block).
 */
import type { WebClient } from '@slack/web-api';
import { slackTrouble, type SlackTrouble } from './slack-error.ts';

export interface Upload {
  filename: string;
  title: string;
  content: Uint8Array<ArrayBuffer>;
  /** What a picture shows, for whoever cannot see it. */
  alt_text?: string;
}

/** Where it is shared; a person's id is their DM. */
export interface Shared {
  channel: string;
  thread_ts?: string;
  /** mrkdwn: escape what is not ours. */
  comment?: string;
}

export type Uploaded = { uploaded: true; file_id: string } | ({ uploaded: false } & SlackTrouble);

const SEND_TIMEOUT_MS = 60_000;

/**
 * @param shared null: nowhere yet; only the bot can see it
 * @returns with `unsure`, a completed upload may have been shared: Slack does not say which message a file is in
 */
export async function uploadFile(
  web: WebClient,
  upload: Upload,
  shared: Shared | null,
): Promise<Uploaded> {
  try {
    const { filename, title, content, alt_text } = upload;
    const place = await web.files.getUploadURLExternal({
      filename,
      length: content.byteLength,
      ...(alt_text === undefined ? {} : { alt_text }),
    });
    if (!place.upload_url || !place.file_id)
      throw new Error('files.getUploadURLExternal answered without upload_url or file_id');
    const sent = await send(place.upload_url, filename, content);
    if (sent !== null) return { uploaded: false, trouble: 'unsure', error: sent };
    const files: [{ id: string; title: string }] = [{ id: place.file_id, title }];
    const where = shared === null ? {} : await placeOf(web, shared);
    await web.files.completeUploadExternal({ files, ...where });
    return { uploaded: true, file_id: place.file_id };
  } catch (error) {
    return { uploaded: false, ...slackTrouble(error) };
  }
}

/** Files are shared by conversation, a person's DM by its own id. */
async function placeOf(web: WebClient, { channel, thread_ts, comment }: Shared) {
  const opened = /^[UW]/.test(channel)
    ? (await web.conversations.open({ users: channel })).channel?.id
    : channel;
  const said = {
    channel_id: opened ?? channel,
    ...(comment === undefined ? {} : { initial_comment: comment }),
  };
  return thread_ts === undefined ? said : { ...said, thread_ts };
}

/** The address is a secret of its own and takes no token. Returns what went wrong, or null. */
async function send(
  url: string,
  filename: string,
  content: Uint8Array<ArrayBuffer>,
): Promise<string | null> {
  const form = new FormData();
  form.append('file', new Blob([content]), filename);
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body: form,
      signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
    });
    await answer.body?.cancel();
    return answer.ok ? null : `the upload was answered with HTTP ${answer.status}`;
  } catch (error) {
    return `the upload failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
