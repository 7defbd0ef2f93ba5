/** An edit as a verdict: of the same shape as what was proposed, and different from it; or what is wrong, and where. Pure. */
import { shapeProblems } from '../../src/domain/shape-problems.ts';
import { exactText, isAnyNumber, isExactNumber, readJson } from '../../src/domain/exact-json.ts';
import type { ItemRecord } from '../../src/domain/decision.ts';
import { canonicalJson } from '../../src/domain/hash.ts';
import { INPUT_MAX, editStart, type EditField } from './edit-form.ts';
import { editableOf } from '../cards/editable.ts';
import { numberOf, rawText, readField, readText } from './form-values.ts';
import { applyEdit } from '../../src/domain/edited-text.ts';
import { MASK } from '../../src/domain/redact.ts';
import {
  putBack,
  withPlaceholders,
  type HiddenValues,
  type Misplaced,
} from '../../src/domain/placeholders.ts';
import type { Place } from '../../src/domain/sensitive-paths.ts';
import { ERASED, TOO_LONG, optionalReason, wrong, type ReadForm } from './read-form.ts';

const UNCHANGED = 'Nothing was changed: approve instead.';

/** @param values `view.state.values` */
export function readEdit(record: Pick<ItemRecord, 'item'>, values: unknown): ReadForm {
  const { item } = record;
  if (!item) return wrong('answer', ERASED);
  const before = editableOf(item);
  const start = editStart(item);
  if (!before || !start) return wrong('answer', 'There is nothing to edit here.');
  const root = before.part === 'args' ? ['action', 'args'] : ['proposal'];
  const { hidden } = withPlaceholders(item);
  if (start.as === 'fields' && typeof before.value !== 'string')
    return readFields(before.value, start.fields, { root, hidden }, values);
  const written = readText(values, 'answer');
  if (written.length > INPUT_MAX) return wrong('answer', TOO_LONG);
  if (typeof before.value !== 'string')
    return readObject(before.value, { root, hidden }, written, values);
  if (written === '') return wrong('answer', 'Write the text as it should be.');
  if (start.as === 'text' && written === start.text.trim()) return wrong('answer', UNCHANGED);
  const back = putBack(written, before.value, root, hidden);
  if (!back.ok) return wrong('answer', misplacedWords(back.misplaced));
  const isHidden = start.as === 'text' && hidden.has(start.text);
  const edited = isHidden ? written : applyEdit(before.value, rawText(values, 'answer'));
  if (edited === before.value) return wrong('answer', UNCHANGED);
  return { ok: true, verdict: { word: 'edit', edited, ...optionalReason(values) } };
}

type Arguments = { [key: string]: unknown };

/** What of the edited part is hidden, and where the part stands in the item. */
interface Hidden {
  root: Place;
  hidden: HiddenValues;
}

function readFields(
  before: Arguments,
  fields: readonly EditField[],
  { root, hidden }: Hidden,
  values: unknown,
): ReadForm {
  const errors: Record<string, string> = {};
  const typed = fields.map(({ name, block_id }) => [name, readText(values, block_id)]);
  const back = putBack(Object.fromEntries(typed), before, root, hidden);
  const edited = Object.fromEntries(
    fields.map((field): [string, unknown] => {
      const read = readOne(field, before[field.name], values);
      if ('problem' in read) errors[field.block_id] = read.problem;
      return [field.name, 'problem' in read ? null : read.value];
    }),
  );
  for (const { place, problem } of back.ok ? [] : back.misplaced) {
    const field = fields.find(({ name }) => name === place[0]);
    if (field) errors[field.block_id] = `${problem}.`;
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  if (canonicalJson(edited) === canonicalJson(before))
    return wrong(fields[0]?.block_id ?? 'answer', UNCHANGED);
  return { ok: true, verdict: { word: 'edit', edited, ...optionalReason(values) } };
}

type ReadOne = { value: unknown } | { problem: string };

/** One field, as the kind of value that it was. */
function readOne({ block_id, start }: EditField, was: unknown, values: unknown): ReadOne {
  const field = readField(values, block_id);
  const raw = field.kind === 'one' ? field.value : '';
  const written = raw.replace(/\r\n?/g, '\n').trim();
  if (written.length > INPUT_MAX) return { problem: TOO_LONG };
  if (start.as === 'hidden' && (written === start.value || written === MASK)) return { value: was };
  if (isAnyNumber(was)) {
    if (written === exactText(was)) return { value: was };
    const value = numberOf(written);
    return value === null ? { problem: 'This must be a number.' } : { value };
  }
  if (typeof was === 'boolean') {
    const word = written.toLowerCase();
    if (word === 'true' || word === 'yes') return { value: true };
    return word === 'false' || word === 'no'
      ? { value: false }
      : { problem: 'This must be yes or no.' };
  }
  if (start.as === 'hidden')
    return written === '' ? { problem: 'Write a value.' } : { value: written };
  // Nothing says of an argument that it must hold something: only a person can tell.
  if (typeof was !== 'string' || written === '') return { value: written };
  return { value: was === '' ? written : applyEdit(was, raw) };
}

function readObject(
  before: Arguments,
  { root, hidden }: Hidden,
  written: string,
  values: unknown,
): ReadForm {
  const read = readJson(written, 'This');
  if (!read.ok)
    return wrong(
      'answer',
      read.not_json === undefined
        ? `${fieldWords(read.problem.field)} ${read.problem.problem}.`
        : `This ${read.problem.problem}.`,
    );
  const parsed = read.value;
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed) || isAnyNumber(parsed))
    return wrong('answer', 'This must stay an object: { … }.');
  const back = putBack(parsed, before, root, hidden);
  if (!back.ok) return wrong('answer', misplacedWords(back.misplaced));
  const edited = back.value as Arguments;
  const problems = shapeProblems(before, edited);
  const [first] = problems;
  if (first) {
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    return wrong('answer', `${fieldWords(first.path)} ${shapeWords(first.problem)}${more}.`);
  }
  const was = canonicalJson(before);
  if (canonicalJson(edited) === was) return wrong('answer', UNCHANGED);
  if (holdsTooLarge(edited, was)) return wrong('answer', 'A number in it is too large.');
  return { ok: true, verdict: { word: 'edit', edited, ...optionalReason(values) } };
}

/** "payees › entry 2 › iban: “•••• 1-x4kq” stands for …", and how many more. */
function misplacedWords(all: readonly Misplaced[]): string {
  const [first] = all;
  if (first === undefined) return UNCHANGED;
  const more = all.length > 1 ? ` (and ${all.length - 1} more)` : '';
  const where = first.place.map((step) => (typeof step === 'number' ? `entry ${step + 1}` : step));
  const field = where.join(' › ').slice(0, 200);
  const says = first.problem.startsWith('is ') ? `${field} ` : field === '' ? '' : `${field}: `;
  return `${says}${first.problem}${more}.`;
}

/** `$.customer.address[1].zip` → "customer › address › entry 2 › zip", as people find it in what they edited. */
const fieldWords = (path: string): string =>
  path
    .replace(/\[(\d+)\]/g, (_, at: string) => `.entry ${Number(at) + 1}`)
    .replace(/^\$\.?/, '')
    .replaceAll('.', ' › ')
    .slice(0, 200);

/** "must be a number, is a string" → "must be a number": what they wrote they see. */
const shapeWords = (problem: string): string =>
  problem
    .replace(/, is a \w+$/, '')
    .replace(/a string$/, 'a text')
    .replace(/a boolean$/, 'true or false')
    .replace(/ a object$/, ' an object');

/** `1e999` is a slip, unless it was proposed. */
function holdsTooLarge(value: unknown, was: string): boolean {
  if (isExactNumber(value))
    return !Number.isFinite(Number(value.value)) && !was.includes(value.value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((held) => holdsTooLarge(held, was));
}
