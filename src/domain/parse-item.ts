/** Reads an item of what came in: its shape, its numbers, its size; and whether it may be accepted now. Pure. */
import { canonicalJson } from './hash.ts';
import { withoutAbsent } from './absent-fields.ts';
import { changedNumber, isExactNumber } from './exact-json.ts';
import { asMeasures, WRITE_AS_TEXT, type FieldError } from './measures.ts';
import { keepingProblem, nestingProblem, withoutControls } from './keepable-json.ts';
import type { EpochMs } from './clock.ts';

import { fieldErrors, MOST_ERRORS } from './field-errors.ts';
import { ITEM_MAX_BYTES, itemSchema, type Item } from './item.ts';

const bytes = (written: string): number => new TextEncoder().encode(written).length;

/** `written` is the item's canonical JSON: what is stored, digested, and held against a replay. */
export type ParsedItem =
  | { ok: true; item: Item; written: string }
  | { ok: false; errors: FieldError[] };

/**
 * Reads what came in as an item. Never throws. Whether it may be accepted now is `admissionErrors`' to say.
 * @param reading `exact`: `readJson` read it of its text. Else it was parsed elsewhere, and a number that others become
 * too is refused.
 */
export function parseItem(read: unknown, reading: 'exact' | 'parsed' = 'parsed'): ParsedItem {
  if (typeof read !== 'object' || read === null || Array.isArray(read) || isExactNumber(read)) {
    return { ok: false, errors: [{ field: 'item', problem: 'must be a JSON object' }] };
  }
  const deep = nestingProblem(read);
  if (deep !== null) return { ok: false, errors: [{ field: 'item', problem: deep }] };
  const { value: input, errors: unmeasured } = asMeasures(
    withoutAbsent(itemSchema, read) as object,
  );
  const changed = reading === 'exact' ? null : changedNumber(input);
  if (changed !== null) unmeasured.push({ field: changed || '""', problem: WRITE_AS_TEXT });
  const written = canonicalJson(input);
  // A UTF-16 unit is at most 3 bytes: most items are known to fit without encoding them.
  if (written.length * 3 > ITEM_MAX_BYTES && bytes(written) > ITEM_MAX_BYTES) {
    return { ok: false, errors: [{ field: 'item', problem: 'is larger than 256 KiB' }] };
  }
  const unkept = keepingProblem(written);
  const parsed = itemSchema.safeParse(input);
  if (parsed.success && unkept === null && unmeasured.length === 0)
    return { ok: true, item: parsed.data, written };
  const errors = parsed.success
    ? []
    : fieldErrors(parsed.error.issues, input, { schema: itemSchema, noun: 'item' });
  const all = [...(unkept ? [unkept] : []), ...unmeasured, ...errors];
  return {
    ok: false,
    errors: all.slice(0, MOST_ERRORS).map(({ field, problem }) => ({
      field: withoutControls(field),
      problem: withoutControls(problem),
    })),
  };
}

/** Where results may go in this installation: what is wrong with an address or a queue, in words for the producer, or null. */
export interface Reachable {
  callbackProblem(url: string): string | null;
  replyProblem(queue: string): string | null;
}

/** Any address and queue, as far as can be known outside an installation. */
export const ANYWHERE: Reachable = { callbackProblem: () => null, replyProblem: () => null };

/**
 * Why an item of the right shape cannot be accepted at `now`. Not asked of one that was accepted before: a replay is
 * answered whatever has changed since.
 * @param here what this installation allows
 */
export function admissionErrors(item: Item, now: EpochMs, here: Reachable): FieldError[] {
  const errors: FieldError[] = [];
  if (item.expires_at !== undefined && Date.parse(item.expires_at) <= now) {
    errors.push({ field: 'expires_at', problem: 'has passed already' });
  }
  const callback = item.callback && here.callbackProblem(item.callback.url);
  if (callback) errors.push({ field: 'callback.url', problem: callback });
  const queue = item.reply_to === undefined ? null : here.replyProblem(item.reply_to);
  if (queue !== null) errors.push({ field: 'reply_to', problem: queue });
  return errors;
}
