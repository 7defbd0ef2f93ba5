// Does what a person did on the page, through the words that tests use too. What cannot be done is
// answered in words; only bugs are thrown.
import type { MovableClock } from './movable-clock.ts';
import { controlsOf } from '../../slack/controls.ts';
import type { Outcome, Person, Slack, View } from '../../slack/slack.ts';
import type { FormValues } from '../blocks/types.ts';
import { missingInputs } from '../../slack/view-state.ts';
import { viewsOf } from '../../slack/workspace.ts';
import type { Answer, Deed, PressedAt } from '../protocol.ts';
import { heldValue } from './held-value.ts';
import type { Producer } from './producer.ts';
import type { TroubleMaker } from './trouble.ts';
import type { Versions } from './versions.ts';
import { advanceClock } from './advance-clock.ts';

export interface Hands {
  slack: Slack;
  /** Null: the clock cannot be moved here. */
  clock: MovableClock | null;
  versions: Versions;
  troubles: TroubleMaker;
  producer: Producer;
  /** The clock was moved on by a step: resolves when what fell due in it is done. */
  clockMoved(): Promise<unknown>;
}

type DeedOf<T extends Deed['do']> = Extract<Deed, { do: T }>;
const DONE: Answer = { ok: true };
const refuse = (error: string): Answer => ({ ok: false, error });

export async function performAction(hands: Hands, deed: Deed): Promise<Answer> {
  const { slack, troubles, producer } = hands;
  try {
    switch (deed.do) {
      case 'press':
        return await press(slack, hands.versions, deed);
      case 'submit':
        return await submit(slack, deed);
      case 'close': {
        const person = personOf(slack, deed.as);
        topView(slack, person, deed.view);
        await person.closes({ all: deed.all });
        return DONE;
      }
      case 'command':
        return answered(
          await personOf(slack, deed.as).types(deed.text, { channel: deed.channel }),
          true,
        );
      case 'say': {
        const { channel, thread_ts, text } = deed;
        await personOf(slack, deed.as).says(text, { channel, thread_ts });
        return DONE;
      }
      case 'shortcut': {
        const shortcut = personOf(slack, deed.as).shortcut(deed.callback_id);
        return answered(await (deed.on ? shortcut.on(deed.on) : shortcut));
      }
      case 'open_home':
        await personOf(slack, deed.as).opensHome();
        return DONE;
      case 'move_clock':
        if (!hands.clock) return refuse('The clock cannot be moved here.');
        await advanceClock(hands.clock, deed.ms, hands.clockMoved);
        return DONE;
      case 'trouble':
        troubles.turn(deed.trouble, deed.on);
        return DONE;
      case 'mishap':
        troubles.once(deed.mishap);
        return DONE;
      case 'put_item':
        return await producer.put(deed.item);
      case 'next_item':
        return await producer.putNext();
      default:
        return deed satisfies never;
    }
  } catch (error) {
    // What a person could not do, the simulator says by throwing.
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function personOf(slack: Slack, id: string): Person {
  const user = slack.workspace.users.get(id);
  if (!user || user.is_bot || user.deleted) throw new Error('There is no such person.');
  return slack.user(id);
}

/** The view, if it is the one on top: the only one that a person can use. */
function topView(slack: Slack, person: Person, id: string): View {
  const top = viewsOf(slack.workspace, person.id).at(-1);
  if (top?.id !== id) throw new Error('That window is closed already.');
  return top;
}

function answered(outcome: Outcome, isCommand = false): Answer {
  if (outcome.failed === undefined) return DONE;
  return refuse(
    isCommand
      ? `The app did not answer the command (${outcome.failed}).`
      : `The app did not answer (${outcome.failed}). Try once more.`,
  );
}

async function press(slack: Slack, versions: Versions, deed: DeedOf<'press'>): Promise<Answer> {
  const { act } = deed;
  const person = personOf(slack, deed.as);
  const pressing = person.presses(act, heldValue(act));
  if ('channel' in deed.at) {
    const { channel, ts, version } = deed.at;
    const seen = versions.at(channel, ts, version);
    return answered(await pressing.on(seen ?? { channel, ts }, { as_seen: true }));
  }
  const view = viewAt(slack, person, deed.at);
  if (deed.values) enter(slack, person, view, deed.values);
  return answered(await pressing.in(slack.workspace.views.get(view.id)));
}

function viewAt(slack: Slack, person: Person, at: Exclude<PressedAt, { ts: string }>): View {
  const { views, homes } = slack.workspace;
  const home = views.get(homes.get(person.id) ?? '');
  return home?.id === at.view ? home : topView(slack, person, at.view);
}

/** Puts in what the page holds; by block id, what Slack's client says where it does not take something. */
function enter(
  slack: Slack,
  person: Person,
  view: View,
  values: FormValues,
): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { block_id, element } of controlsOf(view.blocks)) {
    const held = values[block_id]?.[element.action_id];
    const value = held && heldValue(held);
    if (value === undefined) continue;
    const now = slack.workspace.views.get(view.id) ?? view;
    try {
      person.enters(now, [{ block_id, action_id: element.action_id, value }]);
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      errors[block_id] = words.replace(`${block_id}: `, '');
    }
  }
  return errors;
}

async function submit(slack: Slack, deed: DeedOf<'submit'>): Promise<Answer> {
  const person = personOf(slack, deed.as);
  const view = topView(slack, person, deed.view);
  const errors = enter(slack, person, view, deed.values);
  for (const { block_id } of missingInputs(slack.workspace.views.get(view.id) ?? view)) {
    errors[block_id] ??= 'Please complete this required field.';
  }
  if (Object.keys(errors).length > 0) return { ok: false, error: '', errors };
  const submitted = await person.submits();
  if (submitted.failed !== undefined) return refuse(submitted.failed);
  return submitted.errors ? { ok: false, error: '', errors: submitted.errors } : DONE;
}
