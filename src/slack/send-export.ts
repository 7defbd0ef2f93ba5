/** Sends an export by direct message: made when it is sent, from what is recorded then. */
import type { WebClient } from '@slack/web-api';
import { exportComment, tooLargeToSend } from '../../blocks/messages/export-words.ts';
import { rfc3339 } from '../domain/clock.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { exportChunks } from '../export/export-chunks.ts';
import { say } from '../outbox/enqueue.ts';
import type { Effect } from '../outbox/effects.ts';
import type { World } from '../world/world.ts';
import { TOKEN_REFUSED } from './slack-error.ts';
import { passing, refusedForNow } from './undelivered.ts';
import { uploadFile } from './upload-file.ts';

type SendExport = Extract<Effect, { effect: 'export' }>;

/** It is held in memory whole; more than this is for the command line. */
const MOST_BYTES = 64 * 1024 * 1024;

export async function sendExport(
  world: World,
  web: WebClient,
  effect: SendExport,
): Promise<Delivery> {
  const { user, what, since, until } = effect;
  const tell = (words: string): Delivery => ({
    delivery: 'done',
    write: (unit) => say(world, unit, null, { to: 'user', user }, { line: 'report', words }),
  });
  const parts: Buffer[] = [];
  let bytes = 0;
  let records = 0;
  for await (const chunk of exportChunks(world.db, {
    what,
    since,
    until,
    format: 'csv',
    bom: true,
  })) {
    const part = Buffer.from(chunk.text);
    bytes += part.length;
    records += chunk.records;
    if (bytes > MOST_BYTES) return tell(tooLargeToSend({ what, since }));
    parts.push(part);
    // Between pages whoever clicks has their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (records === 0) return tell(exportComment({ what, since, until, records }));
  const day = (time: number) => rfc3339(time).slice(0, 10);
  const uploaded = await uploadFile(
    web,
    {
      filename: `${what}-${day(since)}-${day(until)}.csv`,
      title: `${what} ${day(since)} to ${day(until)}`,
      content: new Uint8Array(Buffer.concat(parts)),
    },
    { channel: user, comment: exportComment({ what, since, until, records }) },
  );
  if (uploaded.uploaded) return { delivery: 'done' };
  if (uploaded.trouble !== 'refused') return passing(uploaded);
  return TOKEN_REFUSED.has(uploaded.error)
    ? refusedForNow(uploaded.error)
    : { delivery: 'failed', error: uploaded.error };
}
