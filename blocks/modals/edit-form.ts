/**
 * What an edit starts from, and its inputs: a text as one text, a flat object as one typed input for each field, anything
 * nested as JSON. Pure.
 */
import type { InputBlock, InputBlockElement } from '@slack/types';
import { isExactNumber, type ExactNumber } from '../../src/domain/exact-json.ts';
import type { Item } from '../../src/domain/item.ts';
import { INPUT_ACTION, fieldLabel, no, numeral, yes } from './answer-form.ts';
import { editableOf } from '../cards/editable.ts';
import { editableJson, isScalar } from '../text/json-text.ts';
import { editableText, hidesCharacters } from '../../src/domain/text-units.ts';
import { withPlaceholders, type HiddenValues } from '../../src/domain/placeholders.ts';
import { plain } from '../text/rich-text.ts';

/** What a Slack input takes. */
export const INPUT_MAX = 3000;
/** More fields than this are quicker to edit as one text. */
const MOST_FIELDS = 10;
const ONE_LINE_MAX = 100;

/** A field as the form asks for it; `hidden`: what it holds is not shown, and stays unless something else is written. */
export interface EditField {
  block_id: string;
  name: string;
  start:
    | { as: 'text' | 'hidden'; value: string }
    | { as: 'number'; value: string }
    | { as: 'yes_no'; value: boolean };
}

export type EditStart =
  | { as: 'text'; text: string }
  | { as: 'json'; text: string; hint: string }
  | { as: 'fields'; fields: EditField[] };

/** What the edit of an item starts from, with a placeholder for each hidden value. Null where there is nothing to edit. */
export function editStart(item: Item): EditStart | null {
  const { shown, hidden } = withPlaceholders(item);
  const editable = editableOf(shown);
  if (!editable) return null;
  if (typeof editable.value === 'string') {
    return { as: 'text', text: editableText(editable.value) };
  }
  const fields = fieldsOf(editable.value, hidden);
  if (fields) return { as: 'fields', fields };
  const text = editableJson(editable.value);
  return {
    as: 'json',
    text,
    hint: [...hidden.keys()].some((placeholder) => text.includes(placeholder))
      ? 'Keep every field and its kind of value. Each •••• stands for one hidden value: leave it in its entry, or write a new value.'
      : 'Keep every field and its kind of value; change what is in them.',
  };
}

/** Null where a field is not one that an input can hold as it is: nested, without a type (null), or not all visible. */
function fieldsOf(value: { [key: string]: unknown }, hidden: HiddenValues): EditField[] | null {
  const entries = Object.entries(value);
  if (entries.length > MOST_FIELDS) return null;
  const fields: EditField[] = [];
  for (const [at, [name, one]] of entries.entries()) {
    const start = isScalar(one) ? startOf(one, hidden) : null;
    if (start === null) return null;
    fields.push({ block_id: `field:${at + 1}`, name, start });
  }
  return fields;
}

function startOf(
  value: string | number | boolean | null | ExactNumber,
  hidden: HiddenValues,
): EditField['start'] | null {
  if (typeof value === 'string' && hidden.has(value)) return { as: 'hidden', value };
  if (isExactNumber(value))
    return /[eE]/.test(value.value) ? null : { as: 'number', value: value.value };
  switch (typeof value) {
    case 'boolean':
      return { as: 'yes_no', value };
    case 'number': {
      const digits = numeral(value, (same) => same);
      return digits === undefined ? null : { as: 'number', value: digits };
    }
    case 'string': {
      // What an input would not show or keep of a value is written as an escape in JSON.
      const asShown = value === '' || (value === value.trim() && !hidesCharacters(value));
      return asShown && value.length <= INPUT_MAX
        ? { as: 'text', value: editableText(value) }
        : null;
    }
    default:
      return null;
  }
}

/** One input for each field, in the order of the object. */
export const editInputs = (fields: readonly EditField[]): InputBlock[] =>
  fields.map(({ block_id, name, start }) => ({
    type: 'input',
    block_id,
    label: plain(fieldLabel(name), 150),
    ...(start.as === 'hidden'
      ? { hint: plain('This value is hidden: leave it, or write a new one.', 150) }
      : {}),
    // Slack takes no empty text for a field that is not optional, and any text may be emptied.
    optional: start.as === 'text',
    element: inputOf(start),
  }));

function inputOf(start: EditField['start']): InputBlockElement {
  switch (start.as) {
    case 'yes_no':
      return {
        type: 'radio_buttons',
        action_id: INPUT_ACTION,
        options: [yes, no],
        initial_option: start.value ? yes : no,
      };
    case 'number':
      return {
        type: 'number_input',
        action_id: INPUT_ACTION,
        is_decimal_allowed: true,
        initial_value: start.value,
      };
    case 'text':
    case 'hidden':
      return {
        type: 'plain_text_input',
        action_id: INPUT_ACTION,
        multiline: start.value.length > ONE_LINE_MAX || start.value.includes('\n'),
        max_length: INPUT_MAX,
        ...(start.value === '' ? {} : { initial_value: start.value }),
      };
    default:
      return start satisfies never;
  }
}
