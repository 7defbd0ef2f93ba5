/** `/hitl override …`, “Take the shift now”, and taking either back. */
import { quoted } from '../../src/domain/in-sentence.ts';
import type { Message } from '../../blocks/text/message.ts';
import { notYourShiftMessage, overriddenMessage } from '../../blocks/messages/override-lines.ts';
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import { rotationNamed } from '../../policies/schedule/domain-rotations.ts';
import { readOverride } from '../../policies/schedule/read-override.ts';
import { namesById } from '../../policies/access/who-may.ts';
import { stretches } from '../../policies/schedule/rotation.ts';
import type { Person } from '../../src/access/refused.ts';
import type { EpochMs } from '../../src/domain/clock.ts';
import {
  cancelOverride,
  overrideShift,
  type Cancelled,
  type Overridden,
} from '../../src/on-call/override-shift.ts';
import { rotationNow } from '../../src/on-call/rotation-now.ts';
import { wordsFor } from '../context/ask-whether.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { lookUpPerson, type LookedUp } from '../context/look-up-person.ts';
import { namedRotations } from './named-rotations.ts';

type Asked = Omit<Parameters<typeof overrideShift>[1], 'person'>;

/** @param text what follows the word, as Slack escapes it; `at`: when it was typed */
export async function overrideByCommand(
  desk: HandlerContext,
  person: Person,
  text: string,
  at: EpochMs,
): Promise<Message> {
  const { world } = desk;
  const asker = await lookUpPerson(desk, person.user);
  const timezone = asker.found === 'yes' ? asker.timezone : world.policy().timezone;
  const read = readOverride(text, { now: at, timezone });
  if (!read.ok) return plainMessage(read.problem);
  const rotations = namedRotations(world.policy(), read.named);
  if (typeof rotations === 'string') return plainMessage(rotations);
  const [rotation, ...others] = rotations;
  if (rotation === undefined || others.length > 0) {
    const names = rotations.map((one) => quoted(one.id)).join(', ');
    return plainMessage(`There is more than one rotation there: ${names}. Name the one you mean.`);
  }
  const { starts_at, ends_at } = read;
  const slack_user = read.who ?? person.user;
  const problem = cannotTakeIt(desk, slack_user, await lookUpPerson(desk, slack_user));
  if (problem !== null) return plainMessage(problem);
  return override(desk, person, { rotation: rotation.id, slack_user, starts_at, ends_at });
}

/** Why somebody cannot be put on call, whoever asks; null where they can. */
function cannotTakeIt(desk: HandlerContext, user: string, person: LookedUp): string | null {
  switch (person.found) {
    case 'gone':
      return `<@${user}> is no longer in this workspace, so they cannot be on call.`;
    case 'bot':
      return `<@${user}> is an app: only a person can be on call.`;
    case 'unsaid':
      return 'Slack does not say now who that is. Please try once more.';
    case 'yes': {
      const { teams } = desk.world.policy();
      const ours = teams.length > 0 ? teams : [desk.world.ownTeam()];
      if (person.team !== null && !ours.includes(person.team))
        return `<@${user}> is of another workspace: they could not decide anything here.`;
      return person.guest && !namesById(desk.world.policy(), user)
        ? `<@${user}> is a guest whom the policy does not name: they could not decide anything here.`
        : null;
    }
    default:
      return person satisfies never;
  }
}

async function override(desk: HandlerContext, person: Person, asked: Asked): Promise<Message> {
  const { world } = desk;
  const done = await known(desk, () => overrideShift(world, { ...asked, person }));
  if (done.done !== 'yes') return notOverridden(desk, done, { ...asked, person });
  const rotation = rotationNamed(world.policy(), asked.rotation);
  const beyond_hours =
    rotation !== null &&
    stretches(rotation, [], asked.starts_at, asked.ends_at).some(
      (one) => one.why === 'outside_hours',
    );
  return overriddenMessage(done.override, { instead_of: done.instead_of, beyond_hours });
}

/** Looks up whoever it turns on first. */
async function known<T extends { done: string } | { done: 'unknown'; look: string[] }>(
  desk: HandlerContext,
  act: () => Promise<T>,
): Promise<T> {
  let done = await act();
  for (let looks = 0; looks < 4 && 'look' in done; looks += 1) {
    await desk.directory.look(done.look);
    done = await act();
  }
  return done;
}

function notOverridden(
  desk: HandlerContext,
  done: Exclude<Overridden, { done: 'yes' }>,
  asked: Asked & { person: Person },
): Message {
  const { person } = asked;
  if (done.done === 'unknown') return plainMessage(wordsFor(desk, { refused: 'unsure' }, person));
  if (done.done === 'refused')
    return done.refusal.refused === 'not_your_shift'
      ? notYourShiftMessage(asked)
      : plainMessage(wordsFor(desk, done.refusal, person));
  switch (done.because) {
    case 'gone':
      return plainMessage('That rotation is not there any more.');
    case 'on_call_anyway':
      return plainMessage(`<@${asked.slack_user}> is on call then anyway, so nothing was changed.`);
    default:
      return done.because satisfies never;
  }
}

function notCancelled(
  desk: HandlerContext,
  done: Exclude<Cancelled, { done: 'yes' }>,
  person: Person,
): string {
  if (done.done === 'unknown') return wordsFor(desk, { refused: 'unsure' }, person);
  if (done.done === 'refused') return wordsFor(desk, done.refusal, person);
  switch (done.because) {
    case 'gone':
      return 'That was cancelled before. Nothing more to do.';
    case 'over':
      return 'That is over already. Nothing more to do.';
    default:
      return done.because satisfies never;
  }
}

function cancelledWords(desk: HandlerContext, rotation: string): string {
  const users = desk.world.onCall(rotation).map((id) => `<@${id}>`);
  return `Cancelled. On call for ${quoted(rotation)} now: ${users.length === 0 ? 'nobody' : users.join(' and ')}.`;
}

/** “Take the shift now”: until it ends. */
export async function takeShift(
  desk: HandlerContext,
  person: Person,
  rotation_id: string,
  at: EpochMs,
): Promise<Message> {
  const rotation = rotationNamed(desk.world.policy(), rotation_id);
  if (rotation === null) return plainMessage('That rotation is not there any more.');
  const { stretch } = rotationNow(desk.world, rotation);
  return override(desk, person, {
    rotation: rotation.id,
    slack_user: person.user,
    starts_at: at,
    ends_at: stretch.until,
  });
}

export async function cancelByClick(
  desk: HandlerContext,
  person: Person,
  id: string,
): Promise<Message> {
  const done = await known(desk, () => cancelOverride(desk.world, { id, person }));
  return plainMessage(
    done.done === 'yes'
      ? cancelledWords(desk, done.override.rotation)
      : notCancelled(desk, done, person),
  );
}
