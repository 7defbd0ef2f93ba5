// Reading a block as it came: everything in it is unknown until it has been looked at. Pure.
import { isJson } from '../../slack/controls.ts';
import type { Json } from '../../slack/controls.ts';
import type { Option, TextObject } from './types.ts';

/** A string, or nothing. */
export const stringOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** The objects of a list; anything else in it is left out. */
export const listOf = (value: unknown): Json[] =>
  Array.isArray(value) ? value.filter(isJson) : [];

export const stringsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

const isTextObject = (value: unknown): value is TextObject =>
  isJson(value) &&
  typeof value['text'] === 'string' &&
  (value['type'] === 'plain_text' || value['type'] === 'mrkdwn');

/** A text object, or null. */
export const textObjectOf = (value: unknown): TextObject | null =>
  isTextObject(value) ? value : null;

const isOption = (value: unknown): value is Option =>
  isJson(value) && textObjectOf(value['text']) !== null;

export interface OptionGroup {
  label: TextObject | null;
  options: Option[];
}

/** The options of an element, in their groups; those without a group in one that has no label. */
export function optionGroupsOf(element: Json): OptionGroup[] {
  const alone = Array.isArray(element['options']) ? element['options'].filter(isOption) : [];
  const groups = listOf(element['option_groups']).map((group) => ({
    label: textObjectOf(group['label']),
    options: Array.isArray(group['options']) ? group['options'].filter(isOption) : [],
  }));
  return alone.length > 0 ? [{ label: null, options: alone }, ...groups] : groups;
}
