/** `/hitl …`: acked first, answered privately. */
import type { App, RespondFn } from '@slack/bolt';
import { helpText } from '../blocks/help.ts';
import { withinLimits } from '../blocks/limits.ts';
import type { Message } from '../blocks/message.ts';
import { askForm } from './ask-expert.ts';
import type { Desk } from './desk.ts';
import { openModal } from './open-modal.ts';
import { readCommand, type Command } from './payload.ts';
import { showQueue } from './hitl-queue.ts';
import { showWhy } from './hitl-why.ts';

export function onHitlCommand(app: App, desk: Desk): void {
  app.command('/hitl', async ({ ack, body, respond }) => {
    await ack();
    const command = readCommand(body);
    if (!command) return;
    const [word = '', ...rest] = command.text.split(/\s+/);
    try {
      await run(desk, command, word.toLowerCase(), rest.join(' '), respond);
    } catch (error) {
      desk.world.log.error({ err: error, word }, 'a command failed');
      await respond({
        response_type: 'ephemeral',
        text: 'That failed on my side. Please try once more; if it fails again, tell whoever runs me.',
      });
    }
  });
}

async function run(
  desk: Desk,
  command: Command,
  word: string,
  rest: string,
  respond: RespondFn,
): Promise<unknown> {
  switch (word) {
    case 'ask':
      return openModal(
        desk,
        command.trigger_id,
        askForm(desk, rest === '' ? undefined : { question: rest }),
        {
          person: command.person,
          where: { channel: command.channel, thread_ts: null },
        },
      );
    case 'queue':
      return answer(respond, await showQueue(desk, command.person, rest));
    case 'why':
      return answer(respond, await showWhy(desk, command.person, rest));
    case '':
    case 'help':
      return answer(respond, helpText());
    default:
      return answer(respond, helpText(word));
  }
}

const answer = (respond: RespondFn, message: Message): Promise<unknown> =>
  respond({ response_type: 'ephemeral', ...withinLimits('message', message) });
