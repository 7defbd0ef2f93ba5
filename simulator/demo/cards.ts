/** Which messages of the simulated Slack are cards, whose, and whether they wait. Reads only. */
import { controlsOf } from '../slack/controls.ts';
import type { Message, Slack } from '../slack/slack.ts';

/** The id of the item whose card this message is; null for any other message. */
export function itemOf(message: Message): string | null {
  const actions = controlsOf(message.blocks).find(({ block_id }) => block_id.startsWith('item:'));
  const value = actions?.element['value'];
  return typeof value === 'string' ? value : null;
}

/** Whether anything can still be decided on it. */
export const isOpen = (card: Message): boolean =>
  controlsOf(card.blocks).some(({ element }) => element.action_id !== 'item_details');

/** Every card, oldest first. */
export const cardsIn = (slack: Slack): Message[] =>
  [...slack.workspace.conversations.keys()]
    .flatMap((channel) => slack.messages(channel))
    .filter((message) => itemOf(message) !== null)
    .toSorted((a, b) => Number(a.ts) - Number(b.ts));

/** The card of that item, as it is now. */
export const cardOf = (slack: Slack, item_id: string): Message | undefined =>
  cardsIn(slack).find((card) => itemOf(card) === item_id);
