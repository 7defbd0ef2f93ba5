/**
 * Whoever clicks while nothing can be saved is told so at once, past the outbox, which needs the disk: on the form they
 * sent, as the answer to their command, or in a private note.
 */
import { z } from 'zod';
import { notSavedNote } from '../../blocks/messages/notes.ts';
import { diskTrouble } from '../../src/domain/disk-trouble.ts';
import type { HandlerContext } from './handler-context.ts';

/** What of any payload says who acted, and where an answer goes. */
const payload = z.object({
  command: z.string().optional(),
  user_id: z.string().optional(),
  channel_id: z.string().optional(),
  user: z.object({ id: z.string() }).optional(),
  channel: z.object({ id: z.string() }).nullish(),
  container: z.object({ channel_id: z.string().optional() }).optional(),
  message: z.object({ thread_ts: z.string().optional() }).nullish(),
  type: z.string().optional(),
  view: z
    .object({ blocks: z.array(z.object({ type: z.string(), block_id: z.string().optional() })) })
    .nullish(),
  event: z
    .object({
      type: z.string(),
      user: z.string().optional(),
      channel: z.string().optional(),
      thread_ts: z.string().optional(),
    })
    .optional(),
});
type Payload = z.output<typeof payload>;

/** Tells them where `error` is the disk's; any other is thrown again. `args`: what Bolt hands a listener. */
export async function tellOfDisk(
  desk: HandlerContext,
  error: unknown,
  args: { body: unknown; ack?: unknown },
): Promise<void> {
  const trouble = diskTrouble(error);
  if (trouble === null) throw error;
  const read = payload.safeParse(args.body).data;
  if (read === undefined) throw error;
  const isMessage = read.event?.type === 'app_mention';
  // Nobody asked for anything that could be answered.
  if (read.event !== undefined && !isMessage) return;
  const words = notSavedNote(trouble, isMessage ? 'message' : 'click');
  if (await answeredByAck(read, args.ack, words)) return;
  await sendPrivately(desk, read, words);
}

/** A form keeps what was typed, and a command is answered where it was typed; neither needs another call. */
async function answeredByAck(read: Payload, ack: unknown, words: string): Promise<boolean> {
  if (typeof ack !== 'function') return false;
  const answer = answerOf(read, words);
  try {
    await (ack as (answer?: object) => Promise<unknown>)(answer);
    return answer !== undefined;
  } catch {
    // It was acked before it failed.
    return false;
  }
}

function answerOf(read: Payload, words: string): object | undefined {
  if (read.command !== undefined) return { response_type: 'ephemeral', text: words };
  const field =
    read.type === 'view_submission'
      ? read.view?.blocks.find((block) => block.type === 'input')?.block_id
      : undefined;
  return field === undefined
    ? undefined
    : { response_action: 'errors', errors: { [field]: words } };
}

async function sendPrivately(desk: HandlerContext, read: Payload, text: string): Promise<void> {
  const user = read.user?.id ?? read.user_id ?? read.event?.user;
  if (user === undefined) return;
  const channel =
    read.channel?.id ?? read.container?.channel_id ?? read.channel_id ?? read.event?.channel;
  const thread_ts = read.message?.thread_ts ?? read.event?.thread_ts;
  const beside = { text, ...(thread_ts === undefined ? {} : { thread_ts }) };
  try {
    if (channel !== undefined) {
      await desk.web.chat.postEphemeral({ channel, user, ...beside });
      return;
    }
  } catch {
    // That conversation takes none: their own does.
  }
  await desk.web.chat.postMessage({ channel: user, text });
}
