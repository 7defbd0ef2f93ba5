/** Reads one input out of `view.state.values`, whatever its element; anything unexpected is an empty input. Pure. */
import { INPUT_ACTION } from './answer-form.ts';

type FieldValue =
  | { kind: 'none' }
  | { kind: 'one'; value: string }
  | { kind: 'many'; values: string[] };

const own = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;

/** A text, a date, a person (their id), a choice (its value), or several choices. */
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
  ]) {
    if (typeof one === 'string') return { kind: 'one', value: one };
  }
  return { kind: 'none' };
}

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

/** A number as people type it, with a point or a comma; null where it is none. */
export function numberOf(text: string): number | null {
  const written = text.trim().replace(',', '.');
  if (!/^[+-]?(\d+(?:\.\d*)?|\.\d+)$/.test(written)) return null;
  const value = Number(written);
  return Number.isFinite(value) ? value : null;
}
