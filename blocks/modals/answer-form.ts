/** `answer_schema` as a Slack form: one input block for each field, the field's name being its block id. Pure. */
import type { InputBlock, InputBlockElement, PlainTextOption } from '@slack/types';
import type { AnswerField, AnswerSchema } from '../../src/domain/answer-fields.ts';
import { answerProblems } from '../../src/domain/answer-problems.ts';
import { labelsWithin } from '../text/numbered.ts';
import { label, plain } from '../text/rich-text.ts';

/** The action id of every input. */
export const INPUT_ACTION = 'value';
/** A text that may be longer than this gets several lines. */
const ONE_LINE_MAX = 150;
const MOST_BOXES = 10;

/** The form's inputs, in the schema's order. */
export function answerForm(schema: AnswerSchema): InputBlock[] {
  return Object.entries(schema.properties).map(([name, spec]) => ({
    type: 'input',
    block_id: name,
    label: plain(spec.title ?? fieldLabel(name), 150),
    ...(spec.description === undefined ? {} : { hint: plain(spec.description, 1000) }),
    optional: spec.nullable === true || !(schema.required ?? []).includes(name),
    element: inputOf(name, spec),
  }));
}

/** A field's name as a label: `order_id` → "Order id", `unitPrice` → "Unit price". */
export function fieldLabel(name: string): string {
  const words = name
    .replace(/[_.-]+/g, ' ')
    .replace(
      /(\p{Ll})(\p{Lu})(?=\p{Ll})/gu,
      (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
    )
    .trim();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param names what the choices are called, where that is something else */
function optionsOf(
  values: readonly string[],
  names: readonly string[] = values,
): PlainTextOption[] {
  const labels = labelsWithin(names, 75);
  return values.map((value, at) => ({ text: labels[at] ?? plain(value, 75), value }));
}

/** One of several: as a menu. */
function choiceInput(options: PlainTextOption[], value: string | undefined): InputBlockElement {
  return {
    type: 'static_select',
    action_id: INPUT_ACTION,
    options,
    ...initial(
      'initial_option',
      options.find((one) => one.value === value),
    ),
  };
}

/** The field's default, where it is a right answer; Slack refuses a form whose default is not. */
function defaultOf<T extends AnswerField>(name: string, spec: T): T['default'] | undefined {
  if (spec.default === undefined) return undefined;
  const alone: AnswerSchema = { type: 'object', properties: { [name]: spec } };
  return answerProblems(alone, { [name]: spec.default }).length === 0 ? spec.default : undefined;
}

/** `initial_…` only where there is something in it. */
const initial = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });

function inputOf(name: string, spec: AnswerField): InputBlockElement {
  switch (spec.type) {
    case 'string':
      return stringInput(name, spec);
    case 'number':
    case 'integer':
      return numberInput(name, spec);
    case 'boolean': {
      const options = spec.const === undefined ? [yes, no] : [spec.const ? yes : no];
      const value = defaultOf(name, spec);
      return {
        type: 'radio_buttons',
        action_id: INPUT_ACTION,
        options,
        ...initial('initial_option', value === undefined ? undefined : value ? yes : no),
      };
    }
    case 'array': {
      const options = optionsOf(spec.items.enum, spec.items.enumNames);
      const chosen = options.filter((one) => defaultOf(name, spec)?.includes(one.value ?? ''));
      const start = initial('initial_options', chosen.length > 0 ? chosen : undefined);
      return options.length <= MOST_BOXES
        ? { type: 'checkboxes', action_id: INPUT_ACTION, options, ...start }
        : { type: 'multi_static_select', action_id: INPUT_ACTION, options, ...start };
    }
    default:
      return spec satisfies never;
  }
}

export const yes: PlainTextOption = { text: label('Yes'), value: 'true' };
export const no: PlainTextOption = { text: label('No'), value: 'false' };

function stringInput(
  name: string,
  spec: Extract<AnswerField, { type: 'string' }>,
): InputBlockElement {
  const value = defaultOf(name, spec);
  if (spec.enum) return choiceInput(optionsOf(spec.enum, spec.enumNames), value);
  const text = initial('initial_value', value === '' ? undefined : value);
  switch (spec.format) {
    case 'date':
      return { type: 'datepicker', action_id: INPUT_ACTION, ...initial('initial_date', value) };
    case 'date-time':
      return {
        type: 'datetimepicker',
        action_id: INPUT_ACTION,
        ...initial('initial_date_time', secondsOf(value)),
      };
    case 'email':
      return { type: 'email_text_input', action_id: INPUT_ACTION, ...text };
    case 'uri':
    case 'url':
      return { type: 'url_text_input', action_id: INPUT_ACTION, ...text };
    case 'uuid':
    case undefined:
      // The lengths are checked when it is read: Slack counts UTF-16 units where the schema counts characters.
      return {
        type: 'plain_text_input',
        action_id: INPUT_ACTION,
        multiline: isLong(spec),
        ...text,
      };
    default:
      return spec.format satisfies never;
  }
}

/** Ten digits, as Slack has it. */
function secondsOf(time: string | undefined): number | undefined {
  const seconds = Math.floor(Date.parse(time ?? '') / 1000);
  return seconds >= 1e9 && seconds < 1e10 ? seconds : undefined;
}

const isLong = ({
  maxLength,
  pattern,
  format,
}: Extract<AnswerField, { type: 'string' }>): boolean =>
  format === undefined && (maxLength ?? (pattern === undefined ? Infinity : 0)) > ONE_LINE_MAX;

function numberInput(
  name: string,
  spec: Extract<AnswerField, { type: 'number' | 'integer' }>,
): InputBlockElement {
  const start = defaultOf(name, spec);
  if (spec.enum)
    return choiceInput(
      optionsOf(spec.enum.map(String), spec.enumNames),
      start === undefined ? undefined : String(start),
    );
  const whole = spec.type === 'integer';
  // What lies just beyond an exclusive bound is refused when it is read.
  const least = numeral(
    bound(Math.max, spec.minimum, spec.exclusiveMinimum),
    whole ? Math.ceil : (value) => value,
  );
  const most = numeral(
    bound(Math.min, spec.maximum, spec.exclusiveMaximum),
    whole ? Math.floor : (value) => value,
  );
  const possible = least === undefined || most === undefined || Number(least) <= Number(most);
  return {
    type: 'number_input',
    action_id: INPUT_ACTION,
    is_decimal_allowed: !whole,
    ...(possible ? { ...initial('min_value', least), ...initial('max_value', most) } : {}),
    ...initial(
      'initial_value',
      numeral(start, (value) => value),
    ),
  };
}

/** The narrower of two bounds. */
const bound = (
  narrower: (...bounds: number[]) => number,
  ...bounds: (number | undefined)[]
): number | undefined => {
  const set = bounds.filter((one) => one !== undefined);
  return set.length === 0 ? undefined : narrower(...set);
};

/** Digits as Slack reads them; undefined where the number needs an exponent. */
export function numeral(
  value: number | undefined,
  round: (value: number) => number,
): string | undefined {
  if (value === undefined || !Number.isFinite(value)) return undefined;
  const digits = String(round(value) + 0);
  return digits.includes('e') ? undefined : digits;
}
