// What the ack of a slash command shows: a private note, or a message for the channel.
import type { Json } from './controls.ts';
import { isJson } from './controls.ts';
import type { Channel, Workspace } from './records.ts';
import { checkContent } from './web-api/message-content.ts';
import { post, postEphemeral } from './web-api/post.ts';
import { addProblem } from './workspace.ts';

/** The ack of a slash command may carry what is shown to the person, or to the channel. */
export function showCommandAnswer(
  workspace: Workspace,
  channel: Channel,
  user: string,
  response: unknown,
): void {
  const answer: Json =
    typeof response === 'string' ? { text: response } : isJson(response) ? response : {};
  const { text, blocks, response_type } = answer;
  if (!text && !blocks) return;
  const checked = checkContent(
    workspace,
    { text: typeof text === 'string' ? text : undefined, blocks },
    'cut',
  );
  if (!checked.ok) {
    const error = checked.result.ok ? '' : JSON.stringify(checked.result);
    addProblem(workspace, 'bad_command_answer', error);
    return;
  }
  if (response_type === 'in_channel') {
    post(workspace, channel, workspace.app.bot_user_id, checked.content);
  } else {
    postEphemeral(workspace, channel, user, checked.content);
  }
}
