/** Small policies as text, for tests: a whole one that is right, and ways to change one thing in it. */
import { expect } from 'vitest';
import type { Item } from '../../src/domain/item.ts';
import { formatProblem, parsePolicy } from '../../policies/file/parse-policy.ts';
import type { Policy } from '../../policies/policy.ts';
import type { EvaluationContext } from '../../policies/conditions/evaluation-context.ts';
import { edited } from '../edited.ts';

export const SMALL = `version: 1
default_domain: support
timezone: Europe/Berlin
operators_channel: C0OPS
managers: [U0BOSS, "usergroup:S0MANAGERS"]
groups:
  experts: [U0ALICE, U0BOB, "usergroup:S0EXPERTS"]
  nobody: []
hours:
  office: {days: [mon, tue, wed, thu, fri], from: "09:00", to: "18:00", holidays: ["2026-12-25"]}
ladders:
  standard: {rungs: [{level: 1, notify: [channel], decide_within: 30m}], at_the_end: expired}
  daytime: {hours: office, rungs: [{level: 2, notify: [channel], decide_within: 4h, remind_at: [50%, 75%]}], at_the_end: expired, fallback: reject}
  open: {rungs: [{level: 3, notify: [channel]}], at_the_end: wait}
domains:
  support: {title: Support, channel: C0SUPPORT, ladder: standard, deciders: ["group:experts"]}
  billing: {title: Billing, channel: C0BILLING, ladder: daytime, deciders: [U0CAROL, "usergroup:S0BILLING"]}
  data-ops: {title: Data, channel: C0DATA, ladder: open, deciders: ["usergroup:S0DATA"]}
rules: []
otherwise: {ask: {}}
`;

/** The small policy with one text put in place of another; fails where there is nothing to replace. */
export function changed(from: string, to: string): string {
  if (!SMALL.includes(from)) throw new Error(`the small policy has no ${from}`);
  return edited(SMALL, [from, to]);
}

/** The small policy with these rules, each a line of YAML. */
export const withRules = (...rules: string[]): string =>
  rules.length === 0
    ? SMALL
    : changed('rules: []', ['rules:', ...rules.map((rule) => `  - ${rule}`)].join('\n'));

/** One rule `r` that lets through whatever the condition holds for. */
export const lettingThrough = (when: string): string =>
  withRules(`{id: r, when: ${JSON.stringify(when)}, route: {let_through: {}}}`);

/** Reads a policy that must be right. */
export function read(text: string): Policy {
  const parsed = parsePolicy(text);
  if (parsed.ok) return parsed.policy;
  throw new Error(parsed.problems.map((one) => formatProblem(one, 'policy.yaml')).join('\n'));
}

/** A refund, sure and harmless, with some fields changed; a field that is `undefined` is left out. */
export const refund = (fields: Partial<Item> = {}): Item => ({
  id: 'order-4711',
  kind: 'approval',
  title: 'Refund 240 EUR to customer 88?',
  action: { name: 'refund', args: { amount: 240, iban: 'DE02' } },
  confidence: 0.9,
  impact: 3,
  ...fields,
});

/** A Friday, 11:00 in Berlin. */
export const FRIDAY: EvaluationContext = {
  now: Date.parse('2026-11-20T10:00:00Z'),
  override_rate: 0,
  queue_depth: 0,
  sampling_key: 'of this test',
};

/** Every problem of a text, as an operator reads it; what is said to be found must stand at the place that is named. */
export function told(text: string): string[] {
  const parsed = parsePolicy(text);
  if (parsed.ok) return [];
  return parsed.problems.map((problem) => {
    const line = text.split('\n')[problem.line - 1] ?? '';
    const found = problem.found.replace(/…$/, '').slice(0, line.length - problem.column + 1);
    expect(line.slice(problem.column - 1, problem.column - 1 + found.length)).toBe(found);
    return formatProblem(problem, 'p.yaml');
  });
}
