// What the elements of a view or message hold: initial values, and what the person entered since,
// in the shape of Slack's `state.values`.
import type { Control, Json } from './controls.ts';
import { controlsOf } from './controls.ts';
import type { Block, StateValue, StateValues, View, Workspace } from './records.ts';

/** What a text input makes of a text: line breaks of its own, and no white space around what was written. */
export function inputText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.replace(/\r\n?|[\u2028\u2029]/g, '\n');
  return text.trim() === '' ? text : text.trim();
}

/** The value an element starts with; undefined for elements that hold none (buttons, menus). */
export function initialValue(element: Json & { type: string }): StateValue | undefined {
  const { type } = element;
  const initial = (field: string, nothing: unknown = null) => element[field] ?? nothing;
  switch (type) {
    case 'plain_text_input':
      return { type, value: inputText(initial('initial_value')) };
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: initial('initial_value') };
    case 'rich_text_input':
      return { type, rich_text_value: initial('initial_value', undefined) };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: initial('initial_option') };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: initial('initial_options', []) };
    case 'users_select':
      return { type, selected_user: initial('initial_user') };
    case 'multi_users_select':
      return { type, selected_users: initial('initial_users', []) };
    case 'channels_select':
      return { type, selected_channel: initial('initial_channel') };
    case 'multi_channels_select':
      return { type, selected_channels: initial('initial_channels', []) };
    case 'conversations_select':
      return { type, selected_conversation: initial('initial_conversation') };
    case 'multi_conversations_select':
      return { type, selected_conversations: initial('initial_conversations', []) };
    case 'datepicker':
      return { type, selected_date: initial('initial_date') };
    case 'timepicker':
      return { type, selected_time: initial('initial_time') };
    case 'datetimepicker':
      return { type, selected_date_time: initial('initial_date_time') };
    case 'file_input':
      return { type, files: [] };
    default:
      return undefined;
  }
}

/** `state.values`: what was entered, else what was there from the start. */
export function stateValues(blocks: readonly Block[], entered: StateValues): StateValues {
  const values: StateValues = {};
  for (const { block_id, element } of controlsOf(blocks)) {
    const start = initialValue(element);
    if (!start) continue;
    const held = entered[block_id]?.[element.action_id];
    const own = (values[block_id] ??= {});
    own[element.action_id] = held?.type === element.type ? held : start;
  }
  return values;
}

/** Whether an element holds nothing, as a required field must not. */
export function isEmpty(value: StateValue | undefined): boolean {
  if (!value) return true;
  const { type: _type, ...held } = value;
  return Object.values(held).every(
    (part) =>
      part === null ||
      part === undefined ||
      part === '' ||
      (Array.isArray(part) && part.length === 0),
  );
}

/** Inputs that have to be filled in and are not. */
export function missingInputs(view: View): Control[] {
  const values = stateValues(view.blocks, view.entered);
  return controlsOf(view.blocks).filter(
    ({ block, element }) =>
      block.type === 'input' &&
      block['optional'] !== true &&
      isEmpty(values[block.block_id]?.[element.action_id]),
  );
}

/** A view as Slack shows it to the app, in answers and payloads. */
export function viewOutput(workspace: Workspace, view: View): Json {
  return {
    id: view.id,
    team_id: workspace.team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.private_metadata,
    callback_id: view.callback_id,
    state: { values: stateValues(view.blocks, view.entered) },
    hash: view.hash,
    title: view.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: view.clear_on_close,
    notify_on_close: view.notify_on_close,
    close: view.close ?? null,
    submit: view.submit ?? null,
    previous_view_id: view.previous_view_id,
    root_view_id: view.root_view_id,
    app_id: workspace.app.id,
    external_id: view.external_id,
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.app.bot_id,
  };
}
