// A test's words for what people do: clicks, fills, submits, types, says. Each checks that the person
// could do it with what is on their screen now, and throws with what is there instead.
import { showCommandAnswer } from './command-answer.ts';
import type { Control, Press } from './controls.ts';
import { controlsOf, describeControls, findControl, findPress, optionsOf } from './controls.ts';
import type { Ack, Delivery } from './delivery.ts';
import { homeOpened, messageEvents } from './events.ts';
import type { FormValue } from './form-values.ts';
import { enteredValue, userId } from './form-values.ts';
import type { Prepared, Surface } from './interactions.ts';
import {
  blockActions,
  globalShortcut,
  messageShortcut,
  slashCommand,
  viewClosed,
  viewSubmission,
} from './interactions.ts';
import type { Message } from './message-store.ts';
import type { Block, Ephemeral, StateValue, User, View, Workspace } from './records.ts';
import type { MessageRef, OnOptions } from './screen.ts';
import { blocksOf, screenOf } from './screen.ts';
import type { Submitted } from './submission.ts';
import { applySubmission } from './submission.ts';
import { composedMessage } from './composed-message.ts';
import { commandText } from './typed-text.ts';
import { missingInputs } from './view-state.ts';
import { post } from './web-api/post.ts';
import { closeViews } from './web-api/views.ts';
import { viewsOf } from './workspace.ts';

/** What came of a click, command or shortcut. */
export interface Outcome {
  trigger_id: string;
  /** Null where no ack came. */
  acked_in_ms: number | null;
  /** What the ack carried. */
  response: unknown;
  /** What Slack's client shows when the app did not answer. */
  failed?: string;
}

interface Pressing {
  on(message: MessageRef, options?: OnOptions): Promise<Outcome>;
  /** In a modal or Home; the person's top modal where none is named. */
  in(view?: View): Promise<Outcome>;
}

export interface Sees {
  /** Open modals, top last. */
  modals: View[];
  top?: View;
  home?: View;
  ephemerals: Ephemeral[];
}

/** A control by its exact place, as a page knows it. */
export interface Place {
  block_id: string;
  action_id: string;
}

export interface Person {
  id: string;
  name: string;
  /** Presses what stands there. `value`: what a menu, select or picker is set to (an option by its value). */
  presses(place: Place, value?: FormValue): Pressing;
  /** Puts values into controls of an open view, by their places. Throws where Slack's client would not take one. */
  enters(view: View, values: readonly (Place & { value: FormValue })[]): void;
  clicks(labelOrActionId: string): Pressing;
  chooses(option: string | readonly string[]): { from(actionIdOrPlaceholder: string): Pressing };
  sees(): Sees;
  fills(values: Record<string, FormValue>): Person;
  submits(): Promise<Submitted>;
  /** Cancel closes the top modal; `all` is the X, which closes the whole stack. */
  closes(options?: { all?: boolean }): Promise<void>;
  types(command: string, where: { channel: string }): Promise<Outcome>;
  says(text: string, where: { channel: string; thread_ts?: string }): Promise<Message>;
  /** Awaited itself it is a global shortcut; with `.on(message)` a message shortcut. */
  shortcut(callbackId: string): PromiseLike<Outcome> & {
    on(message: MessageRef): Promise<Outcome>;
  };
  opensHome(): Promise<View | undefined>;
}

function outcome(prepared: Prepared, ack: Ack): Outcome {
  if (ack.ok) {
    const { acked_in_ms, response } = ack;
    return { trigger_id: prepared.trigger_id, acked_in_ms, response };
  }
  return {
    trigger_id: prepared.trigger_id,
    acked_in_ms: null,
    response: undefined,
    failed: `operation timed out: ${ack.detail}`,
  };
}

function controlAt(blocks: readonly Block[], place: Place, where: string): Control {
  const control = controlsOf(blocks).find(
    ({ block_id, element }) => block_id === place.block_id && element.action_id === place.action_id,
  );
  if (control) return control;
  throw new Error(
    `no ${place.action_id} in ${place.block_id} of ${where}; there is: ${describeControls(blocks)}`,
  );
}

export function person(workspace: Workspace, delivery: Delivery, nameOrId: string): Person {
  const id = userId(workspace, nameOrId);
  const { channelFor, surfaceOf, viewNow } = screenOf(workspace, id);

  function me(): User {
    const user = workspace.users.get(id);
    if (!user) throw new Error(`${id} is gone`);
    return user;
  }

  function keep(view: View, press: Press, value: StateValue): View {
    const { block_id, element } = press.control;
    const next: View = {
      ...view,
      entered: {
        ...view.entered,
        [block_id]: { ...view.entered[block_id], [element.action_id]: value },
      },
    };
    workspace.views.set(view.id, next);
    return next;
  }

  async function pressed(
    surface: Surface,
    press: Press,
    value: StateValue | undefined,
  ): Promise<Outcome> {
    const shown: Surface =
      surface.kind === 'view' && value
        ? { kind: 'view', view: keep(surface.view, press, value) }
        : surface;
    const prepared = blockActions(workspace, me(), shown, press, value);
    const what = `block_actions ${press.control.element.action_id}`;
    return outcome(prepared, await delivery.send('interactive', prepared.payload, what));
  }

  function pressing(find: (surface: Surface) => Promise<Outcome>): Pressing {
    return {
      on: async (message, options = {}) => find(surfaceOf(message, options)),
      in: async (view) => find({ kind: 'view', view: viewNow(view) }),
    };
  }

  const self: Person = {
    id,
    name: me().name,
    presses(place, value) {
      return pressing(async (surface) => {
        const { blocks, where } = blocksOf(surface);
        const control = controlAt(blocks, place, where);
        const { element } = control;
        if (element.type === 'overflow') {
          const option = optionsOf(element).find((one) => one.value === value);
          if (!option) throw new Error(`no option "${String(value)}" in ${element.action_id}`);
          return pressed(surface, { control, option }, undefined);
        }
        const held = value === undefined ? undefined : enteredValue(workspace, control, value);
        return pressed(surface, { control }, held);
      });
    },
    enters(view, values) {
      let open = viewNow(view);
      const where = `"${open.title?.text ?? open.id}"`;
      for (const { value, ...place } of values) {
        const control = controlAt(open.blocks, place, where);
        open = keep(open, { control }, enteredValue(workspace, control, value));
      }
    },
    clicks(label) {
      return pressing(async (surface) => {
        const { blocks, where } = blocksOf(surface);
        const press = findPress(blocks, label, where);
        const { type } = press.control.element;
        const holds = press.option !== undefined && type !== 'overflow';
        const value = holds
          ? enteredValue(workspace, press.control, press.option?.text.text ?? '')
          : undefined;
        return pressed(surface, press, value);
      });
    },
    chooses(option) {
      return {
        from: (name) =>
          pressing(async (surface) => {
            const { blocks, where } = blocksOf(surface);
            const control = findControl(blocks, name, where);
            const { element } = control;
            if (element.type === 'overflow') {
              return pressed(surface, findPress(blocks, String(option), where), undefined);
            }
            return pressed(surface, { control }, enteredValue(workspace, control, option));
          }),
      };
    },
    sees() {
      const modals = viewsOf(workspace, id);
      const home = workspace.homes.get(id);
      return {
        modals,
        top: modals.at(-1),
        home: home ? workspace.views.get(home) : undefined,
        ephemerals: workspace.ephemerals.filter((note) => note.to === id),
      };
    },
    fills(values) {
      let view = viewNow(undefined);
      const where = `"${view.title?.text ?? view.id}"`;
      for (const [name, value] of Object.entries(values)) {
        const control = findControl(view.blocks, name, where);
        view = keep(view, { control }, enteredValue(workspace, control, value));
      }
      return self;
    },
    async submits() {
      const view = viewNow(undefined);
      if (!view.submit) throw new Error(`"${view.title?.text ?? ''}" has no submit button`);
      const missing = missingInputs(view);
      if (missing.length > 0) {
        throw new Error(
          `"${view.title?.text ?? ''}" cannot be submitted: required and empty: ${describeControls(missing.map((control) => control.block))} in ${missing.map((control) => control.block_id).join(', ')}`,
        );
      }
      const prepared = viewSubmission(workspace, me(), view);
      const what = `view_submission ${view.callback_id}`;
      const ack = await delivery.send('interactive', prepared.payload, what);
      return applySubmission(workspace, view, ack);
    },
    async closes(options = {}) {
      const open = viewsOf(workspace, id);
      const view = viewNow(undefined);
      const all = (options.all ?? false) || view.clear_on_close;
      closeViews(workspace, id, all ? 0 : open.length - 1);
      const gone = all ? open.toReversed() : [view];
      for (const each of gone) {
        if (!each.notify_on_close) continue;
        const payload = viewClosed(workspace, me(), each, all);
        // One after the other, top first, as Slack sends them.
        await delivery.send('interactive', payload, `view_closed ${each.callback_id}`);
      }
    },
    async types(line, where) {
      const channel = channelFor(where.channel);
      const [command = '', ...rest] = line.trim().split(' ');
      if (!command.startsWith('/')) throw new Error(`a command starts with /: ${line}`);
      const text = commandText(workspace, rest.join(' ').trim());
      const prepared = slashCommand(workspace, me(), channel, command, text);
      const ack = await delivery.send('slash_commands', prepared.payload, `command ${command}`);
      if (ack.ok) showCommandAnswer(workspace, channel, id, ack.response);
      return outcome(prepared, ack);
    },
    async says(text, where) {
      const channel = channelFor(where.channel);
      if (channel.is_archived) throw new Error(`${channel.name} is archived`);
      channel.members.add(id);
      const message = post(
        workspace,
        channel,
        id,
        { ...composedMessage(workspace, text), warnings: [] },
        { thread_ts: where.thread_ts },
      );
      messageEvents(workspace, delivery, channel, message);
      return message;
    },
    shortcut(callbackId) {
      const global = async (): Promise<Outcome> => {
        const prepared = globalShortcut(workspace, me(), callbackId);
        const what = `shortcut ${callbackId}`;
        return outcome(prepared, await delivery.send('interactive', prepared.payload, what));
      };
      return {
        // Sent when it is awaited, so that `.on(message)` can be said instead.
        // oxlint-disable-next-line unicorn/no-thenable
        then: (resolve, reject) => global().then(resolve, reject),
        async on(reference) {
          const surface = surfaceOf(reference, {});
          if (surface.kind !== 'message') throw new Error('a private note has no shortcuts');
          const { message, channel } = surface;
          const prepared = messageShortcut(workspace, me(), callbackId, message, channel);
          const what = `message_action ${callbackId}`;
          return outcome(prepared, await delivery.send('interactive', prepared.payload, what));
        },
      };
    },
    async opensHome() {
      homeOpened(workspace, delivery, me());
      return self.sees().home;
    },
  };
  return self;
}
