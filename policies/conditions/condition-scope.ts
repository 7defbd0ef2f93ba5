/**
 * Everything that the conditions of one evaluation can see: the item, its errors, its surroundings, the time of day.
 * What costs something is worked out when it is first read. Pure.
 */
import { Temporal } from 'temporal-polyfill';
import { hiddenValues } from '../../src/domain/redact.ts';
import type { Place } from '../../src/domain/sensitive-paths.ts';
import type { FieldError, Item } from '../../src/domain/item.ts';
import { errorViews, itemView } from './item-view.ts';
import { disagreement, neutralItem, type NeutralItem } from './neutral-item.ts';
import type { EvaluationContext } from './evaluation-context.ts';
import { WEEKDAYS, type Weekday } from '../../src/domain/weekdays.ts';

/** What is judged: an item, or what came in and is none. */
export type Subject =
  | { valid: true; item: Item }
  | { valid: false; errors: FieldError[]; domain?: string };

/** The variables of a condition and their CEL types. */
export const VARIABLES = {
  item: 'Item',
  valid: 'bool',
  errors: 'list<FieldError>',
  disagreement: 'double',
  override_rate: 'double',
  queue_depth: 'double',
  hour: 'double',
  weekday: 'string',
} as const;
export type Variable = keyof typeof VARIABLES;

/** Hour 0..23 and weekday `mon`..`sun`, in the policy's zone. */
export interface ScopeValues {
  item: NeutralItem;
  /** The item as it came, to tell what was left out; null where it is none. */
  given: Item | null;
  /** Where the values stand that the producer calls sensitive: no words about a condition may quote one. */
  hidden: readonly Place[];
  valid: boolean;
  errors: readonly FieldError[];
  disagreement: number;
  override_rate: number;
  queue_depth: number;
  hour: number;
  weekday: Weekday;
}

export interface Sight {
  facts: ScopeValues;
  /** The same, for CEL. */
  variables: { readonly [name in Variable]: unknown };
}

/** What conditions see of a subject in a policy of that zone. */
export function conditionScope(
  timezone: string,
  subject: Subject,
  context: EvaluationContext,
): Sight {
  const given = subject.valid ? subject.item : null;
  const errors = subject.valid ? [] : subject.errors;
  const item = neutralItem(given);
  if (!subject.valid) item.domain = subject.domain ?? '';
  let hidden: Place[] | undefined;
  let differs: number | undefined;
  let local: Temporal.ZonedDateTime | undefined;
  const wallClock = () =>
    (local ??= Temporal.Instant.fromEpochMilliseconds(context.now).toZonedDateTimeISO(timezone));
  const facts: ScopeValues = {
    item,
    given,
    get hidden() {
      return (hidden ??= given === null ? [] : hiddenValues(given).map(({ place }) => place));
    },
    valid: subject.valid,
    errors,
    get disagreement() {
      return (differs ??= given === null ? 0 : disagreement(given));
    },
    override_rate: context.override_rate,
    queue_depth: context.queue_depth,
    get hour() {
      return wallClock().hour;
    },
    get weekday() {
      return WEEKDAYS[wallClock().dayOfWeek - 1] ?? 'mon';
    },
  };
  const view = itemView(item);
  return {
    facts,
    variables: {
      item: view,
      valid: subject.valid,
      get errors() {
        return errorViews(errors);
      },
      get disagreement() {
        return facts.disagreement;
      },
      override_rate: context.override_rate,
      queue_depth: context.queue_depth,
      get hour() {
        return facts.hour;
      },
      get weekday() {
        return facts.weekday;
      },
    },
  };
}
