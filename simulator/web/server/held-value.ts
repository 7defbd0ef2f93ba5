// What an element holds in Slack's fields, as the value that someone put in. Pure.
import { isJson } from '../../slack/controls.ts';
import type { FormValue } from '../../slack/form-values.ts';
import type { Act, FormValue as Held, Option } from '../blocks/types.ts';

const nameOf = (option: Option): string => option.value ?? option.text.text;

/** Null: it was emptied. Undefined: it holds nothing, as a button. */
export function heldValue(held: Held | Act): FormValue | undefined {
  // A button's value is the app's, not the person's.
  if (held.type === 'button' || held.type.endsWith('_button')) return undefined;
  const { value, selected_option, selected_options, rich_text_value } = held;
  if (value !== undefined) return value;
  if (selected_option !== undefined) return selected_option && nameOf(selected_option);
  if (selected_options !== undefined) return someOf(selected_options.map(nameOf));
  for (const one of [
    held.selected_user,
    held.selected_channel,
    held.selected_conversation,
    held.selected_date,
    held.selected_time,
    held.selected_date_time,
  ]) {
    if (one !== undefined) return one;
  }
  for (const several of [
    held.selected_users,
    held.selected_channels,
    held.selected_conversations,
  ]) {
    if (several !== undefined) return someOf(several);
  }
  return isJson(rich_text_value) ? rich_text_value : undefined;
}

const someOf = (list: readonly string[]): FormValue => (list.length === 0 ? null : list);
