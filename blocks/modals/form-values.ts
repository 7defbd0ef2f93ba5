/** Reads one input out of `view.state.values`, whatever its element; anything unexpected is an empty input. Pure. */
import { INPUT_ACTION } from './answer-form.ts';
import { numberFrom, type AnyNumber } from '../../src/domain/exact-json.ts';

type FieldValue =
  | { kind: 'none' }
  | { kind: 'one'; value: string }
  | { kind: 'many'; values: string[] };

const own = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;

/** A text, a date, a time, a person (their id), a choice (its value), or several choices. */
export function readField(values: unknown, block: string): FieldValue {
  const input = own(own(values, block), INPUT_ACTION);
  const several = own(input, 'selected_options');
  if (Array.isArray(several)) {
    const chosen = several.map((one) => own(one, 'value'));
    return { kind: 'many', values: chosen.filter((one) => typeof one === 'string') };
  }
  for (const one of [
    own(input, 'value'),
    own(input, 'selected_date'),
    own(input, 'selected_user'),
    own(own(input, 'selected_option'), 'value'),
    timeOf(own(input, 'selected_date_time')),
  ]) {
    if (typeof one === 'string') return { kind: 'one', value: one };
  }
  return { kind: 'none' };
}

/** Seconds as RFC 3339, in UTC. */
const timeOf = (seconds: unknown): string | undefined =>
  typeof seconds === 'number' && seconds >= 0 && seconds < 253_402_300_800
    ? new Date(Math.floor(seconds) * 1000).toISOString().replace('.000Z', 'Z')
    : undefined;

/** A text without the white space around it; empty where there is none. */
export function readText(values: unknown, block: string): string {
  const field = readField(values, block);
  return field.kind === 'one' ? field.value.replace(/\r\n?/g, '\n').trim() : '';
}

/** A text as the input gave it, the white space around it too; empty where there is none. */
export function rawText(values: unknown, block: string): string {
  const field = readField(values, block);
  return field.kind === 'one' ? field.value : '';
}

/**
 * A number as people type it, with a point or a comma, every digit kept; null where it is none. It is read by its value:
 * `07` is 7, `2.50` is 2.5 and `-0` is 0.
 */
export function numberOf(text: string): AnyNumber | null {
  const typed = /^([+-]?)(\d*)(?:[.,](\d*))?$/.exec(text.trim());
  const [, sign, left = '', right = ''] = typed ?? [];
  if (left === '' && right === '') return null;
  const whole = left.replace(/^0+/, '') || '0';
  const part = withoutZeros(right);
  if (whole === '0' && part === '') return 0;
  return numberFrom(`${sign === '-' ? '-' : ''}${whole}${part === '' ? '' : `.${part}`}`);
}

/** Without the zeros at its end. */
function withoutZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
