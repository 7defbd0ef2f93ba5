/**
 * What a person put into a form, as a verdict; or what is wrong, by block id, for Slack to show on the field. Pure; never
 * throws, whatever comes.
 */
import type { FormAnswer } from '../../src/domain/answer-fields.ts';
import { answerProblems } from '../../src/domain/answer-problems.ts';
import type { ItemRecord } from '../../src/domain/decision.ts';
import { ERROR_TAGS, type ErrorTag, type Item } from '../../src/domain/item.ts';
import type { Verdict } from '../../src/domain/lifecycle.ts';
import { INPUT_MAX } from './edit-form.ts';
import { numberOf, readField, readText } from './form-values.ts';

export type ReadForm =
  | { ok: true; verdict: Verdict }
  | { ok: false; errors: Record<string, string> };

/** One field is wrong. */
export const wrong = (block: string, problem: string): ReadForm => ({
  ok: false,
  errors: { [block]: problem },
});
export const ERASED = 'The texts of this item have been erased: it cannot be decided any more.';
export const TOO_LONG = `This is too long: at most ${INPUT_MAX} characters.`;
const MIN_REASON = 3;
export const SAY_WHY = 'Say why, in a few words.';
export const isReason = (text: string): boolean => text.replace(/\s/g, '').length >= MIN_REASON;

/** An approval with its reason. @param values `view.state.values` */
export function readApprove(values: unknown): ReadForm {
  const rationale = readText(values, 'rationale');
  if (!isReason(rationale)) return wrong('rationale', SAY_WHY);
  if (rationale.length > INPUT_MAX) return wrong('rationale', TOO_LONG);
  return { ok: true, verdict: { word: 'approve', rationale } };
}

/** An approval with a note, however short. @param values `view.state.values` */
export function readApproveNote(values: unknown): ReadForm {
  const rationale = readText(values, 'rationale');
  if (rationale === '') return wrong('rationale', 'Write a note, or press Approve on the card.');
  if (rationale.length > INPUT_MAX) return wrong('rationale', TOO_LONG);
  return { ok: true, verdict: { word: 'approve', rationale } };
}

/** A rejection: a reason of three characters or more, and one known tag or more. @param values `view.state.values` */
export function readReject(values: unknown): ReadForm {
  const rationale = readText(values, 'rationale');
  const errors: Record<string, string> = {};
  if (!isReason(rationale)) errors.rationale = SAY_WHY;
  else if (rationale.length > INPUT_MAX) errors.rationale = TOO_LONG;
  const chosen = readField(values, 'tags');
  const tags = [...new Set(chosen.kind === 'many' ? chosen.values : [])];
  if (tags.length === 0) errors.tags = 'Choose at least one.';
  else if (!tags.every(isTag)) errors.tags = 'Choose from the list.';
  return Object.keys(errors).length > 0
    ? { ok: false, errors }
    : { ok: true, verdict: { word: 'reject', rationale, error_tags: tags.filter(isTag) } };
}

const isTag = (value: string): value is ErrorTag =>
  (ERROR_TAGS as readonly string[]).includes(value);

/** An answer: the form of `answer_schema`, or a text, a prepared one where none was written. */
export function readAnswer(record: Pick<ItemRecord, 'item'>, values: unknown): ReadForm {
  const { item } = record;
  if (!item) return wrong('answer', ERASED);
  if (item.answer_schema) return readSchemaAnswer(item.answer_schema, values);
  const written = readText(values, 'answer');
  if (written.length > INPUT_MAX) return wrong('answer', TOO_LONG);
  const option = chosenOption(item, values);
  const answer = written === '' ? (option?.prefill ?? option?.label) : written;
  if (answer === undefined) {
    return wrong(
      'answer',
      item.options?.length ? 'Write an answer, or take a prepared one.' : 'Write an answer.',
    );
  }
  const choice = option ? { choice: option.id } : {};
  return {
    ok: true,
    verdict: { word: 'answer', answer, ...choice, ...optionalReason(values) },
  };
}

function chosenOption(item: Item, values: unknown) {
  const field = readField(values, 'choice');
  return field.kind === 'one' && /^\d{1,2}$/.test(field.value)
    ? item.options?.[Number(field.value) - 1]
    : undefined;
}

function readSchemaAnswer(schema: NonNullable<Item['answer_schema']>, values: unknown): ReadForm {
  const answer: FormAnswer = {};
  // A map: a field may be called `constructor`.
  const errors = new Map<string, string>();
  for (const [name, spec] of Object.entries(schema.properties)) {
    const field = readField(values, name);
    if (spec.type === 'array') {
      if (field.kind === 'many' && field.values.length > 0) answer[name] = field.values;
      continue;
    }
    if (field.kind !== 'one' || field.value === '') continue;
    if (spec.type === 'string') {
      const text = spec.enum ? field.value : field.value.trim();
      if (text !== '') answer[name] = text;
    } else if (spec.type === 'boolean') {
      if (field.value === 'true' || field.value === 'false') answer[name] = field.value === 'true';
      else errors.set(name, 'Choose yes or no.');
    } else {
      const value = spec.enum?.find((one) => String(one) === field.value) ?? numberOf(field.value);
      if (value === null) errors.set(name, 'This must be a number.');
      else answer[name] = value;
    }
  }
  for (const name of schema.required ?? [])
    if (answer[name] === undefined && schema.properties[name]?.nullable === true)
      answer[name] = null;
  for (const { field, problem } of answerProblems(schema, answer)) {
    if (!errors.has(field)) errors.set(field, sentence(problem));
  }
  if (errors.size > 0) return { ok: false, errors: Object.fromEntries(errors) };
  const reason = Object.hasOwn(schema.properties, 'rationale') ? {} : optionalReason(values);
  return { ok: true, verdict: { word: 'answer', answer, ...reason } };
}

/** "must be a number" → "This must be a number."; "choose at least 2" → "Choose at least 2." */
const sentence = (problem: string): string =>
  /^(must|is|names) /.test(problem)
    ? `This ${problem}.`
    : `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`;

/** A reason, where one was written. */
export function optionalReason(values: unknown): { rationale?: string } {
  const rationale = readText(values, 'rationale');
  return rationale === '' ? {} : { rationale };
}
