/**
 * What a change of the policy does to items: which routes change, from what to what, and what that is for each domain's
 * load. Items are put in one by one, so that any number can be compared. Pure.
 */
import { writtenDuration } from '../file/duration.ts';
import { evaluate, type Evaluation } from './evaluate.ts';
import { planLadder } from '../schedule/ladder.ts';
import type { AskRoute, Policy, Route } from '../policy.ts';
import type { EvaluationContext } from '../conditions/evaluation-context.ts';
import type { Subject } from '../conditions/condition-scope.ts';

export interface Example {
  id: string;
  title: string;
  rules: { old: string; new: string };
}

export interface RouteChange {
  /** Routes in words: "ask billing, level 1, 30m". */
  from: string;
  to: string;
  items: number;
  examples: Example[];
}

export interface DomainLoad {
  domain: string;
  asked: { old: number; new: number };
  let_through: { old: number; new: number };
  refused: { old: number; new: number };
}

export interface PolicyDifference {
  items: number;
  changed: number;
  /** Another rule took them, to the same route. */
  other_rule: number;
  /** Most items first. */
  changes: RouteChange[];
  /** In the order of the names. */
  domains: DomainLoad[];
  /** Items of which a condition failed, so that they are asked to be safe. */
  failed: { old: number; new: number };
}

const EXAMPLES_MOST = 3;

export interface Comparing {
  add(subject: Subject, context: EvaluationContext): void;
  difference(): PolicyDifference;
}

/** Compares two policies over the items that are put in. */
export function comparePolicies(before: Policy, after: Policy): Comparing {
  const changes = new Map<string, RouteChange>();
  const domains = new Map<string, DomainLoad>();
  const failed = { old: 0, new: 0 };
  let [items, changed, other_rule] = [0, 0, 0];
  const oldWords = routeWords(before);
  const newWords = routeWords(after);
  const count = (side: 'old' | 'new', found: Evaluation): void => {
    const { id } = found.domain;
    let load = domains.get(id);
    if (!load) {
      const none = () => ({ old: 0, new: 0 });
      domains.set(id, (load = { domain: id, asked: none(), let_through: none(), refused: none() }));
    }
    load[LOAD_OF[found.route.type]][side] += 1;
    if (found.condition_errors.length > 0) failed[side] += 1;
  };
  return {
    add(subject, context) {
      const old = evaluate(before, subject, context);
      const now = evaluate(after, subject, context);
      items += 1;
      count('old', old);
      count('new', now);
      const [from, to] = [oldWords(old), newWords(now)];
      if (from === to) {
        if (old.rule !== now.rule) other_rule += 1;
        return;
      }
      changed += 1;
      const key = `${from}\n${to}`;
      let change = changes.get(key);
      if (!change) changes.set(key, (change = { from, to, items: 0, examples: [] }));
      change.items += 1;
      if (change.examples.length < EXAMPLES_MOST && subject.valid)
        change.examples.push({
          id: subject.item.id,
          title: subject.item.title,
          rules: { old: old.rule, new: now.rule },
        });
    },
    difference: () => ({
      items,
      changed,
      other_rule,
      changes: [...changes.values()].toSorted(
        (a, b) => b.items - a.items || (a.from + a.to < b.from + b.to ? -1 : 1),
      ),
      domains: [...domains.values()].toSorted((a, b) => (a.domain < b.domain ? -1 : 1)),
      failed,
    }),
  };
}

const LOAD_OF = { ask: 'asked', let_through: 'let_through', refuse: 'refused' } as const;

/** A route as it comes out in a domain, with that domain's ladder; the same route is put into words once. */
function routeWords(policy: Policy): (found: Evaluation) => string {
  const known = new WeakMap<Route, Map<string, string>>();
  return (found) => {
    let ofRoute = known.get(found.route);
    if (!ofRoute) known.set(found.route, (ofRoute = new Map<string, string>()));
    let words = ofRoute.get(found.domain.id);
    if (words === undefined) ofRoute.set(found.domain.id, (words = wordsOf(policy, found)));
    return words;
  };
}

function wordsOf(policy: Policy, { route, domain }: Evaluation): string {
  switch (route.type) {
    case 'let_through':
      return 'let through';
    case 'refuse':
      return `refuse (${route.reason})`;
    case 'ask': {
      const ladder = planLadder(policy, domain, route);
      const [first] = ladder.rungs;
      const said = [
        ...(route.by === null ? [] : [`by ${route.by}`]),
        ...(route.quorum === 1 ? [] : [`quorum ${route.quorum}`]),
        ...(route.stages.length === 0
          ? []
          : [`stages ${route.stages.map(stageWords).join(', then ')}`]),
        ...(route.reason === null ? [] : [`reason ${route.reason}`]),
        ...(route.blind ? ['blind'] : []),
        ...(route.after === null ? [] : [`after ${route.after}`]),
      ];
      const within = withinWords(first.decide_within);
      return [`ask ${domain.id}`, `level ${first.level}`, within, ...said].join(', ');
    }
    default:
      return route satisfies never;
  }
}

function stageWords(stage: AskRoute['stages'][number]): string {
  const level = stage.level === null ? '' : ` level ${stage.level}`;
  const within = stage.decide_within === null ? '' : ` ${withinWords(stage.decide_within)}`;
  return `${stage.name} by ${stage.by}${level}${within}`;
}

const withinWords = (ms: number | null): string => (ms === null ? 'no limit' : writtenDuration(ms));
