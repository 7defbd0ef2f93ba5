/** Items that policy lets through, and people who stop that. */
import { refund, type Desk } from './desk.ts';
import { ONE_RUNG } from './one-rung.ts';

/** One that the shipped policy lets through. */
export const sure = (id: string, more: object = {}) =>
  refund(id, { confidence: 0.97, impact: 2, ...more });
export const policy = ONE_RUNG;

export const types = (desk: Desk, user: string, line: string) =>
  desk.slack.user(user).types(line, { channel: 'general' });
export const posted = (desk: Desk, channel: string, words: string) =>
  desk.until(`${channel} reads "${words}"`, () =>
    desk.slack.messages(channel).find((one) => desk.textOf(one).includes(words)),
  );
export const rejects = async (
  desk: Desk,
  user: string,
  id: string,
  tags: string[],
  reason: string,
) => {
  const person = desk.slack.user(user);
  await person.clicks('Reject').on(await desk.card(id));
  await desk.until('the form', () => person.sees().modals.length === 1);
  person.fills({ rationale: reason, tags });
  await person.submits();
  await desk.card(id, 'Rejected');
};
