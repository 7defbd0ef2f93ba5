/** Hides what the producer calls sensitive, before anything is shown; puts it back into what was edited. Pure. */
import type { Decision } from '../decision.ts';
import type { Item } from '../item.ts';

/** Stands for a hidden value. */
export const MASK = '••••';

/** What is shown for a value that is hidden whole: four dots alone look like a value. Never for a text to edit. */
export const hiddenWords = (text: string): string => (text === MASK ? `${MASK} (hidden)` : text);

/** What the card runs on and never shows as text: hiding it would break the item, not protect anyone. */
const NOT_MASKABLE = new Set([
  'id',
  'kind',
  'answer_schema',
  'allowed',
  'sensitive',
  'thread',
  'expires_at',
  'callback',
  'run_id',
  'state',
]);
const DEEPEST = 8;

type Step = { key: string } | { at: number } | { every: true };

function stepsOf(path: string): Step[] {
  return [...path.matchAll(/\.([A-Za-z_][A-Za-z0-9_-]*)|\[(\d+|\*)\]/g)].map((part) => {
    if (part[1] !== undefined) return { key: part[1] };
    return part[2] === '*' ? { every: true } : { at: Number(part[2]) };
  });
}

/** Everything in a value hidden, its keys left. A candidate's or option's `id` stays: it is no text. */
function hidden(value: unknown, depth = 0): unknown {
  if (value === undefined) return undefined;
  if (depth > DEEPEST || value === null || typeof value !== 'object') return MASK;
  if (Array.isArray(value)) return value.map((one) => hidden(one, depth + 1));
  return mapValues(value, (one) => hidden(one, depth + 1));
}

/** Own keys only, `__proto__` among them, each under its own name. */
function mapValues(value: object, change: (one: unknown, key: string) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(one, key)]));
}

function maskedAt(value: unknown, steps: readonly Step[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return hidden(value);
  if (value === null || typeof value !== 'object') return value;
  if ('key' in step) {
    if (Array.isArray(value) || !Object.hasOwn(value, step.key)) return value;
    return mapValues(value, (one, key) => (key === step.key ? maskedAt(one, rest) : one));
  }
  if (!Array.isArray(value)) return value;
  return value.map((one, at) =>
    'every' in step || step.at === at ? maskedAt(one, rest) : (one as unknown),
  );
}

const isNumber = (value: unknown): value is number => typeof value === 'number';

/** What must keep its type whatever was hidden: ids stay, a hidden number or person is left out. */
function mended(masked: Item, item: Item): Item {
  const ids = <T extends { id: string }>(now: T[] | undefined, was: T[] | undefined) =>
    now?.map((one, at) => ({ ...one, id: was?.[at]?.id ?? one.id }));
  return {
    ...masked,
    confidence: isNumber(masked.confidence) ? masked.confidence : undefined,
    impact: isNumber(masked.impact) ? masked.impact : undefined,
    source_reliability: isNumber(masked.source_reliability) ? masked.source_reliability : undefined,
    candidates: ids(masked.candidates, item.candidates),
    options: ids(masked.options, item.options),
    ensemble: masked.ensemble?.map((one) => ({
      ...one,
      confidence: isNumber(one.confidence) ? one.confidence : undefined,
    })),
    requester: masked.requester && {
      ...masked.requester,
      slack_user: masked.requester.slack_user === MASK ? undefined : masked.requester.slack_user,
    },
  };
}

/**
 * The item with every value that `sensitive` names replaced by `••••`: a text whole, a list or an object value by value.
 * Paths are `$.action.args.iban`, `$.evidence[0].text`, `$.evidence[*].text`; one that leads nowhere changes nothing.
 */
export function maskSensitive(item: Item): Item {
  if (!item.sensitive?.length) return item;
  let masked: unknown = item;
  for (const path of item.sensitive) {
    const steps = stepsOf(path);
    const [root] = steps;
    if (root === undefined || !('key' in root) || NOT_MASKABLE.has(root.key)) continue;
    masked = maskedAt(masked, steps);
  }
  return mended(masked as Item, item);
}

/** The same for what was decided: an edit carries the item's own fields. */
export function maskDecision<D extends Pick<Decision, 'outcome' | 'action' | 'answer'>>(
  item: Item,
  decision: D,
): D {
  const editedText = decision.outcome === 'edited' && !decision.action;
  return {
    ...decision,
    action: maskPart(item, 'action', decision.action),
    answer: editedText ? maskPart(item, 'proposal', decision.answer) : decision.answer,
  };
}

/** An edited part has the item's paths: the action that was changed, or the new proposal. */
function maskPart<T>(item: Item, part: 'action' | 'proposal', value: T): T {
  let masked: unknown = { [part]: value };
  for (const path of item.sensitive ?? []) {
    const steps = stepsOf(path);
    const [root] = steps;
    if (root && 'key' in root && root.key === part) masked = maskedAt(masked, steps);
  }
  return (masked as { [key: string]: T })[part] ?? value;
}

/** The same for what an edit put in the place of the arguments or the proposal, or for what was there. */
export function maskEdited(item: Item, edited: unknown): unknown {
  return item.kind === 'approval' && item.action !== undefined
    ? maskPart(item, 'action', { args: edited }).args
    : maskPart(item, 'proposal', edited);
}

/** What a person edited on a masked form, with the hidden values back where they still stand for themselves. */
export function unmask(edited: unknown, masked: unknown, original: unknown): unknown {
  if (edited === MASK && masked === MASK) return original;
  if (Array.isArray(edited)) {
    if (!Array.isArray(masked) || !Array.isArray(original)) return edited;
    return edited.map((one, at): unknown => unmask(one, masked[at], original[at]));
  }
  if (!isObject(edited) || !isObject(masked) || !isObject(original)) return edited;
  return mapValues(edited, (one, key) =>
    Object.hasOwn(masked, key) && Object.hasOwn(original, key)
      ? unmask(one, masked[key], original[key])
      : one,
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
