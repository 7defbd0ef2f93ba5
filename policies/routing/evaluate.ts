/**
 * What a policy does with an item: the first rule whose condition holds, its route, and why in plain words. Pure.
 * Whatever is not known is asked: a condition that fails, a rule for nobody, input that is no item.
 */
import { domainOf } from '../domain-of.ts';
import {
  bounded,
  explainCondition,
  hiddenReads,
  valuesOf,
} from '../conditions/explain-condition.ts';
import {
  letsThrough,
  PLAIN_ASK,
  type Domain,
  type Policy,
  type Route,
  type Rule,
} from '../policy.ts';
import type { EvaluationContext } from '../conditions/evaluation-context.ts';
import { isSampled } from './sampling.ts';
import { oneLine, TEXT_MAX } from '../conditions/shown-value.ts';
import { conditionScope, type Sight, type Subject } from '../conditions/condition-scope.ts';

export interface Evaluation {
  /** The rule's id, or `otherwise`. */
  rule: string;
  route: Route;
  /** The route's, else the item's where it is known, else the default. */
  domain: Domain;
  /** Plain words, at most 6 lines of at most 200 characters. Texts in it may be the item's: plain text, never markup. */
  why: string[];
  condition_errors: { rule: string; error: string }[];
  /** Each rule tried, in order; only from `explain`. */
  tried: TriedRule[];
}

export interface TriedRule {
  rule: string;
  condition: string;
  /** What the condition read. */
  values: { name: string; value: string }[];
  result: 'matched' | 'did_not_match' | 'not_sampled' | 'failed';
  /** Why it did or did not match, or how it failed. */
  why: string[];
}

/** What the policy does with this subject. */
export const evaluate = (
  policy: Policy,
  subject: Subject,
  context: EvaluationContext,
): Evaluation => judge(policy, subject, context, null);

/** The same, with each rule that was tried. */
export function explain(policy: Policy, subject: Subject, context: EvaluationContext): Evaluation {
  const tried: TriedRule[] = [];
  return { ...judge(policy, subject, context, tried), tried };
}

function judge(
  policy: Policy,
  subject: Subject,
  context: EvaluationContext,
  tried: TriedRule[] | null,
): Evaluation {
  const sight = conditionScope(policy.timezone, subject, context);
  const own = subject.valid ? subject.item.domain : subject.domain;
  const outcome = (
    rule: string,
    route: Route,
    why: string[],
    condition_errors: Evaluation['condition_errors'] = [],
  ): Evaluation => {
    const careful = carefulRoute(route, subject);
    return {
      rule,
      route: careful.route,
      domain: domainOf(policy, (careful.route.type === 'ask' && careful.route.domain) || own),
      why: bounded([...careful.why, ...why]),
      condition_errors,
      tried: [],
    };
  };
  for (const rule of policy.rules) {
    const result = attempt(rule, sight, subject, context.sampling_key);
    tried?.push(triedRule(rule, result, sight));
    switch (result.type) {
      case 'holds':
        return outcome(rule.id, rule.route, matchWords(rule, sight));
      case 'fails':
        return outcome(
          rule.id,
          PLAIN_ASK,
          [failureWords(rule, result.error)],
          [{ rule: rule.id, error: result.error }],
        );
      case 'does_not_hold':
      case 'not_sampled':
        break;
      default:
        return result satisfies never;
    }
  }
  return outcome('otherwise', policy.otherwise, [OTHERWISE_WORDS[policy.otherwise.type]]);
}

const OTHERWISE_WORDS: Record<Route['type'], string> = {
  ask: 'no rule matched: asked to be safe',
  refuse: 'no rule matched: refused',
  let_through: 'no rule matched: let through',
};

/** What is no item was never judged: nobody may have let it through. */
function carefulRoute(route: Route, subject: Subject): { route: Route; why: string[] } {
  if (subject.valid || !letsThrough(route)) return { route, why: [] };
  return { route: PLAIN_ASK, why: ['what is not a valid item is never let through'] };
}

type Attempt =
  | { type: 'holds' | 'does_not_hold' | 'not_sampled' }
  | { type: 'fails'; error: string };

function attempt(rule: Rule, sight: Sight, subject: Subject, sampling_key: string): Attempt {
  try {
    if (!rule.condition.holds(sight)) return { type: 'does_not_hold' };
    if (rule.sample === null) return { type: 'holds' };
    // What is no item has no id to be chosen by: no sample takes it.
    const taken = subject.valid && isSampled(sampling_key, rule.sample, rule.id, subject.item.id);
    return { type: taken ? 'holds' : 'not_sampled' };
  } catch (error) {
    // What CEL says of a value that it could not use quotes it.
    const hidden = hiddenReads(rule.condition.root, sight.facts).length > 0;
    return { type: 'fails', error: hidden ? 'it reads hidden values' : errorWords(error) };
  }
}

/** CEL draws the place under its message: the first line is the message. */
function errorWords(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return oneLine(message.split('\n')[0] ?? '', 2 * TEXT_MAX) || 'it failed';
}

const failureWords = (rule: Rule, error: string): string =>
  `the condition of rule ${rule.id} failed: asked to be safe (${error})`;

function triedRule(rule: Rule, result: Attempt, sight: Sight): TriedRule {
  const { condition } = rule;
  return {
    rule: rule.id,
    condition: condition.source,
    values: valuesOf(condition.root, sight.facts),
    result: RESULT_OF[result.type],
    why: triedWords(rule, result, sight),
  };
}

const RESULT_OF: Record<Attempt['type'], TriedRule['result']> = {
  holds: 'matched',
  does_not_hold: 'did_not_match',
  not_sampled: 'not_sampled',
  fails: 'failed',
};

function triedWords(rule: Rule, result: Attempt, sight: Sight): string[] {
  switch (result.type) {
    case 'fails':
      return [result.error];
    case 'holds':
      return matchWords(rule, sight);
    case 'does_not_hold':
      return explainCondition(rule.condition, sight, false);
    case 'not_sampled':
      return [`not among the ${percent(rule.sample)} that it takes, by the item's id`];
    default:
      return result satisfies never;
  }
}

/** Why it matched; of a sample also that it is one. */
const matchWords = (rule: Rule, sight: Sight): string[] => [
  ...(rule.sample === null ? [] : [`among the ${percent(rule.sample)} sampled, by the item's id`]),
  ...explainCondition(rule.condition, sight, true),
];

/** 0.02 → "2%", 0.0025 → "0.25%" */
const percent = (share: number | null): string => `${Number(((share ?? 1) * 100).toPrecision(6))}%`;
