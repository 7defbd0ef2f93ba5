// What a person can put into an input, checked the way Slack's own client checks it before it lets go.
import type { Control, Json } from './controls.ts';
import { findOption, isJson } from './controls.ts';
import type { StateValue, Workspace } from './records.ts';
import { inputText } from './view-state.ts';

export type FormValue = string | number | boolean | readonly string[] | Json | null;

const NOTHING: Record<string, Json> = {
  multi_static_select: { selected_options: [] },
  checkboxes: { selected_options: [] },
  multi_users_select: { selected_users: [] },
  multi_channels_select: { selected_channels: [] },
  multi_conversations_select: { selected_conversations: [] },
};

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function refuse(control: Control, why: string): never {
  throw new Error(`${control.block_id}: ${why}`);
}

/** A person by name or id. */
export function userId(workspace: Workspace, nameOrId: string): string {
  const name = nameOrId.replace(/^@/, '');
  if (workspace.users.has(name)) return name;
  for (const user of workspace.users.values()) if (user.name === name) return user.id;
  throw new Error(
    `there is no user "${nameOrId}"; there are: ${[...workspace.users.values()].map((user) => user.name).join(', ')}`,
  );
}

/** A channel by name or id. */
export function channelId(workspace: Workspace, nameOrId: string): string {
  if (workspace.channels.has(nameOrId)) return nameOrId;
  const name = nameOrId.replace(/^#/, '');
  for (const channel of workspace.channels.values()) {
    if (channel.name === name && channel.im_user === undefined) return channel.id;
  }
  throw new Error(
    `there is no channel "${nameOrId}"; there are: ${[...workspace.channels.values()].map((channel) => channel.name).join(', ')}`,
  );
}

function typedText(control: Control, value: string): string {
  const { element } = control;
  const min = numberOf(element['min_length']) ?? 0;
  const max = numberOf(element['max_length']) ?? 3_000;
  if (value.length > max) refuse(control, `${value.length} characters, at most ${max} fit`);
  if (value !== '' && value.length < min) {
    refuse(control, `${value.length} characters, at least ${min} are needed`);
  }
  return value;
}

function typedNumber(control: Control, value: string): string {
  const { element } = control;
  if (!/^-?\d+(\.\d+)?$/.test(value)) refuse(control, `"${value}" is not a number`);
  if (element['is_decimal_allowed'] !== true && !/^-?\d+$/.test(value)) {
    refuse(control, `"${value}" is not a whole number`);
  }
  const { min_value: min, max_value: max } = element;
  if (typeof min === 'string' && Number(value) < Number(min)) {
    refuse(control, `${value} is below ${min}`);
  }
  if (typeof max === 'string' && Number(value) > Number(max)) {
    refuse(control, `${value} is above ${max}`);
  }
  return value;
}

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

/** Something, `@`, and something with a dot in it. */
function isAddress(text: string): boolean {
  const [name = '', host = '', ...more] = text.split('@');
  if (/\s/.test(text) || name === '' || more.length > 0) return false;
  return host.slice(1, -1).includes('.');
}

function richText(value: FormValue): unknown {
  if (isJson(value)) return value;
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: String(value) }] }],
  };
}

/** The state an element is in after someone enters `value`; throws where Slack's client would refuse. */
export function enteredValue(workspace: Workspace, control: Control, value: FormValue): StateValue {
  const { element } = control;
  const { type } = element;
  const text = String(value);
  const list = Array.isArray(value) ? value.map(String) : [text];
  if (value === null || value === '') return { type, ...(NOTHING[type] ?? cleared(type)) };
  switch (type) {
    case 'plain_text_input':
      return { type, value: inputText(typedText(control, text)) };
    case 'number_input':
      return { type, value: typedNumber(control, text) };
    case 'email_text_input':
      if (!isAddress(text)) refuse(control, `"${text}" is not an email address`);
      return { type, value: text };
    case 'url_text_input':
      if (!/^https?:\/\/[^\s.]+\.\S+$/i.test(text)) refuse(control, `"${text}" is not a URL`);
      return { type, value: text };
    case 'rich_text_input':
      return { type, rich_text_value: richText(value) };
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: findOption(element, text) };
    case 'multi_static_select':
    case 'checkboxes':
      checkCount(control, list);
      return { type, selected_options: list.map((name) => findOption(element, name)) };
    case 'users_select':
      return { type, selected_user: userId(workspace, text) };
    case 'multi_users_select':
      checkCount(control, list);
      return { type, selected_users: list.map((name) => userId(workspace, name)) };
    case 'channels_select':
      return { type, selected_channel: channelId(workspace, text) };
    case 'conversations_select':
      return { type, selected_conversation: channelId(workspace, text) };
    case 'multi_channels_select':
      checkCount(control, list);
      return { type, selected_channels: list.map((name) => channelId(workspace, name)) };
    case 'multi_conversations_select':
      checkCount(control, list);
      return { type, selected_conversations: list.map((name) => channelId(workspace, name)) };
    case 'datepicker':
      if (!isDate(text)) refuse(control, `"${text}" is not a date (YYYY-MM-DD)`);
      return { type, selected_date: text };
    case 'timepicker':
      if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text))
        refuse(control, `"${text}" is not a time (HH:mm)`);
      return { type, selected_time: text };
    case 'datetimepicker':
      if (!/^\d{10}$/.test(text)) refuse(control, `"${text}" is not a time in Unix seconds`);
      return { type, selected_date_time: Number(text) };
    default:
      return refuse(control, `a ${type} cannot be filled in here`);
  }
}

function checkCount(control: Control, list: readonly string[]): void {
  const max = numberOf(control.element['max_selected_items']);
  if (max !== undefined && list.length > max) {
    refuse(control, `${list.length} chosen, at most ${max} allowed`);
  }
}

function cleared(type: string): Json {
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
      return { selected_option: null };
    case 'users_select':
      return { selected_user: null };
    case 'channels_select':
      return { selected_channel: null };
    case 'conversations_select':
      return { selected_conversation: null };
    case 'datepicker':
      return { selected_date: null };
    case 'timepicker':
      return { selected_time: null };
    case 'datetimepicker':
      return { selected_date_time: null };
    default:
      return { value: null };
  }
}
