/** `/hitl …`: what changes something is stored and then acked, all else acked first; answered privately. */
import type { App, RespondFn } from '@slack/bolt';
import { helpText } from '../../blocks/messages/help.ts';
import { withinLimits } from '../../blocks/text/limits.ts';
import { readMentionedText } from '../../blocks/text/mentioned-text.ts';
import type { Message } from '../../blocks/text/message.ts';
import { CHANGES } from '../../src/items/asked-change.ts';
import { openAsk } from './ask-expert.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { showAudit } from './hitl-audit.ts';
import { showDigest } from './hitl-digest.ts';
import { showFreezes } from './hitl-freezes.ts';
import { showOnCall } from './hitl-oncall.ts';
import { showQueue } from './hitl-queue.ts';
import { showStats } from './hitl-stats.ts';
import { showThresholds } from './hitl-thresholds.ts';
import { showWhy } from './hitl-why.ts';
import { makeChange } from './make-change.ts';
import { readCommand, type Command } from '../context/payload.ts';
import { sendNote } from '../context/send-note.ts';

/** What only shows something, or opens a form; anything else is answered with the help. */
const SHOWS = [
  'ask',
  'queue',
  'oncall',
  'why',
  'audit',
  'stats',
  'thresholds',
  'digest',
  'freezes',
  'help',
] as const;

/** Every word that `/hitl` knows. */
export const SUBCOMMANDS: readonly string[] = [...SHOWS, ...CHANGES];

export function onHitlCommand(app: App, desk: HandlerContext): void {
  app.command('/hitl', async ({ ack, body, respond }) => {
    const command = readCommand(body);
    const change = CHANGES.find((one) => one === command?.word);
    if (command && change !== undefined) {
      const { person, where, rest } = command;
      return makeChange(desk, { change, person, where, rest }, { ack, respond });
    }
    await ack();
    if (!command) return;
    try {
      await run(desk, command, respond);
    } catch (error) {
      const { word, person } = command;
      desk.world.log.error({ err: error, word, user: person.user }, 'a command failed');
      await sendNote(
        desk,
        command,
        'That failed on my side. Please try once more; if it fails again, tell whoever runs me.',
      );
    }
  });
}

async function run(desk: HandlerContext, command: Command, respond: RespondFn): Promise<unknown> {
  const { person } = command;
  const word = SHOWS.find((one) => one === command.word) ?? 'help';
  // Slack hands a command over escaped, people and channels as ids.
  const typed = readMentionedText(command.rest, desk.botUserId);
  switch (word) {
    case 'ask':
      return openAsk(desk, command, typed === '' ? {} : { question: typed });
    case 'queue':
      return answer(respond, await showQueue(desk, person, command.rest));
    case 'oncall':
      return answer(respond, await showOnCall(desk, person, command.rest));
    case 'why':
      return answer(respond, await showWhy(desk, person, typed));
    case 'audit':
      return answer(respond, await showAudit(desk, person, typed));
    case 'stats':
      return showStats(desk, command, command.rest, respond);
    case 'thresholds':
      return showThresholds(desk, person, command.rest, respond);
    case 'digest':
      return answer(respond, await showDigest(desk, person));
    case 'freezes':
      return answer(respond, await showFreezes(desk, person));
    case 'help':
      return answer(
        respond,
        ['', 'help'].includes(command.word)
          ? helpText()
          : helpText(readMentionedText(command.word, desk.botUserId)),
      );
    default:
      return word satisfies never;
  }
}

const answer = (respond: RespondFn, message: Message): Promise<unknown> =>
  respond({ response_type: 'ephemeral', ...withinLimits('message', message) });
