/**
 * What a person does with a card in the simulated Slack, whether a script or a typed line says so: the buttons they press
 * and the forms they fill in. Nothing is printed here.
 */
import { fieldLabel } from '../../blocks/modals/answer-form.ts';
import { candidateOrder } from '../../blocks/cards/candidate-order.ts';
import type { ErrorTag, Item } from '../../src/domain/item.ts';
import type { Message, Person, Slack, View } from '../slack/slack.ts';

export type Deed =
  /** Presses a button by its label or action_id, and nothing else. */
  | { does: 'press'; button: string }
  | { does: 'approve'; why?: string }
  | { does: 'reject'; why: string; tag: ErrorTag }
  /** `change`: new values of some arguments, or the whole text anew. */
  | { does: 'edit'; change: Record<string, unknown> | string; why?: string }
  | { does: 'answer'; text: string }
  /** Replies in the card's thread, mentioning the bot. */
  | { does: 'reply'; text: string };

/** How long anything that was set off may take, in ms. */
export const PATIENCE_MS = 10_000;

/**
 * Does it on that card, as the person has it before them: of an older version, what that showed. Throws where they could
 * not: the button is not there, the form does not open, or the app does not answer.
 * @returns what the form shows under its fields where it was not taken, by block id; else null, as when the pager answers
 *   with a private note instead of a form
 */
export async function does(
  slack: Slack,
  person: Person,
  deed: Deed,
  card: Message,
): Promise<Record<string, string> | null> {
  switch (deed.does) {
    case 'press':
      await press(person, deed.button, card);
      return null;
    case 'reply':
      await person.says(`<@${slack.botUserId}> ${deed.text}`, {
        channel: card.channel,
        thread_ts: card.ts,
      });
      return null;
    case 'approve': {
      const form = await pressForForm(slack, person, 'item_approve', card);
      // A form opens only where the policy wants a reason with every approval.
      return form && fillIn(person, { rationale: deed.why ?? '' });
    }
    case 'reject': {
      const form = await pressForForm(slack, person, 'item_reject', card);
      return form && fillIn(person, { rationale: deed.why, tags: [deed.tag] });
    }
    case 'answer': {
      const form = await pressForForm(slack, person, 'item_answer', card);
      return form && fillIn(person, { answer: deed.text });
    }
    case 'edit': {
      const form = await pressForForm(slack, person, 'item_edit', card);
      if (!form) return null;
      const { change, why } = deed;
      // A text, or nested arguments, are one input; flat ones have one each, called as they are.
      const one = form.blocks.some((block) => block.block_id === 'answer');
      const values =
        typeof change === 'string'
          ? { answer: change }
          : one
            ? { answer: changedJson(form, change) }
            : Object.fromEntries(
                Object.entries(change).map(([name, value]) => [fieldLabel(name), String(value)]),
              );
      return fillIn(person, { ...values, ...(why === undefined ? {} : { rationale: why }) });
    }
    default:
      return deed satisfies never;
  }
}

/** The action_id of the button that prefers that candidate: they are shown in an order of the item's own. */
export function preferButton(item: Item, candidate: string): string {
  const at = candidateOrder(item).findIndex((one) => one.id === candidate);
  if (at < 0) throw new Error(`${item.id} has no candidate ${candidate}`);
  return `item_prefer:${at + 1}`;
}

async function press(person: Person, button: string, card: Message): Promise<void> {
  const { failed } = await person.clicks(button).on(card, { as_seen: true });
  if (failed !== undefined) throw new Error(`${person.name} pressed ${button}: ${failed}`);
}

/** Presses, and waits for what comes of it: the form; or null for a private note, or a card that has changed. */
async function pressForForm(
  slack: Slack,
  person: Person,
  button: string,
  card: Message,
): Promise<View | null> {
  const notes = person.sees().ephemerals.length;
  const shown = JSON.stringify(slack.message(card.channel, card.ts)?.blocks);
  await press(person, button, card);
  const answered = () =>
    person.sees().top ??
    (person.sees().ephemerals.length > notes ||
    JSON.stringify(slack.message(card.channel, card.ts)?.blocks) !== shown
      ? 'no form'
      : undefined);
  const what = `an answer to ${person.name} pressing ${button}`;
  const answer = await slack.until(answered, { timeout_ms: PATIENCE_MS, what });
  return answer === 'no form' ? null : answer;
}

/** The JSON that the form started from, with the change in it. */
const changedJson = (form: View, change: Record<string, unknown>): string =>
  JSON.stringify({ ...(JSON.parse(startOf(form)) as object), ...change }, null, 2);

function startOf(view: View): string {
  const block = view.blocks.find((one) => one.block_id === 'answer');
  const element = block?.['element'];
  const isText = typeof element === 'object' && element !== null && 'initial_value' in element;
  return isText ? String(element.initial_value) : '{}';
}

/** Submits the open form. One that is not taken is closed, as a person does who gives up. */
async function fillIn(
  person: Person,
  values: Record<string, string | string[]>,
): Promise<Record<string, string> | null> {
  const submitted = await person.fills(values).submits();
  if (submitted.closed) return null;
  await person.closes({ all: true });
  if (submitted.failed !== undefined) throw new Error(submitted.failed);
  return submitted.errors ?? {};
}
