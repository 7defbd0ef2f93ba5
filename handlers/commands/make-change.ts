/** Commands that change something, and buttons of their answers: stored, acked, carried out, answered privately. */
import type { RespondFn } from '@slack/bolt';
import { withinLimits } from '../../blocks/text/limits.ts';
import { readMentionedText } from '../../blocks/text/mentioned-text.ts';
import type { Message } from '../../blocks/text/message.ts';
import { settleAct } from '../../src/items/action.ts';
import { keepChange, keptChanges, type AskedChange } from '../../src/items/asked-change.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { sendMeExport } from './hitl-export.ts';
import { cancelByClick, overrideByCommand, takeShift } from './hitl-override.ts';
import { pause, resume } from './hitl-pause.ts';
import { quietByCommand } from './hitl-quiet.ts';

/** `replace: false` beside a button's message. */
export async function makeChange(
  desk: HandlerContext,
  wanted: Omit<AskedChange, 'at'>,
  slack: { ack: () => Promise<unknown>; respond: RespondFn; replace?: false },
): Promise<void> {
  const { id, asked } = await keepChange(desk.world, wanted);
  await slack.ack();
  const message = await carryOut(desk, id, asked);
  if (message === null) return;
  let words: string | null = null;
  try {
    await slack.respond({
      response_type: 'ephemeral',
      ...(slack.replace === false ? { replace_original: false } : {}),
      ...withinLimits('message', message),
    });
  } catch (error) {
    // It is done, whatever becomes of the answer.
    desk.world.log.warn({ err: error, change: asked.change }, 'an answer goes by a note instead');
    words = message.text;
  }
  await settleAct(desk.world, id, asked, words);
}

/** Carries out what an earlier process had stored, one after the other. Where it had done it already, that is what is said. */
export async function makeKeptChanges(desk: HandlerContext): Promise<void> {
  for (const { id, asked } of await keptChanges(desk.world)) {
    const message = await carryOut(desk, id, asked);
    if (message !== null) await settleAct(desk.world, id, asked, message.text);
  }
}

/** null: it failed; its asker is told so, and it is not tried again. Or the process stops, and it stays stored. */
async function carryOut(
  desk: HandlerContext,
  id: string,
  asked: AskedChange,
): Promise<Message | null> {
  try {
    return await answerTo(desk, asked);
  } catch (error) {
    const { change, person } = asked;
    // What a stopping process could not do is done by the next.
    if (desk.stopping.aborted) return null;
    desk.world.log.error({ err: error, change, user: person.user }, 'a command failed');
    await settleAct(
      desk.world,
      id,
      asked,
      'That failed on my side. Please try once more; if it fails again, tell whoever runs me.',
    );
    return null;
  }
}

async function answerTo(desk: HandlerContext, asked: AskedChange): Promise<Message> {
  const { person, rest, at } = asked;
  switch (asked.change) {
    case 'pause':
      return pause(desk, person, rest);
    case 'resume':
      return resume(desk, person, rest);
    case 'override':
      return overrideByCommand(desk, person, rest, at);
    case 'quiet':
      return quietByCommand(desk, person, readMentionedText(rest, desk.botUserId));
    case 'export':
      return sendMeExport(desk, person, readMentionedText(rest, desk.botUserId), at);
    case 'take_shift':
      return takeShift(desk, person, rest, at);
    case 'cancel_override':
      return cancelByClick(desk, person, rest);
    default:
      return asked.change satisfies never;
  }
}
