/**
 * Tests of a policy: items of which only what matters is written, and what must come of each. Reads the file, runs it,
 * and says which rules no test reaches. Pure.
 */
import { z } from 'zod';
import type { EpochMs } from '../../src/domain/clock.ts';
import { type FieldError } from '../../src/domain/item.ts';
import {
  admissionErrors,
  ANYWHERE,
  parseItem,
  type ParsedItem,
} from '../../src/domain/parse-item.ts';
import { writtenDuration } from '../file/duration.ts';
import { evaluate } from './evaluate.ts';
import { planLadder } from '../schedule/ladder.ts';
import { isMapping } from '../file/named-section.ts';
import { duration, leaf, name, oneOf, text } from '../file/policy-leaves.ts';
import type { PolicyProblem } from '../file/policy-problem.ts';
import type { Policy } from '../policy.ts';
import { isSampled } from './sampling.ts';
import { readSection, report, type Reading } from '../file/section-reader.ts';
import { readYaml } from '../file/yaml-source.ts';

const number = (from: number, to: number, what: string) =>
  leaf({ type: 'number', minimum: from, maximum: to }, (value) =>
    typeof value === 'number' && value >= from && value <= to
      ? { ok: true, value }
      : { ok: false, problem: `is not ${what}` },
  );

const time = leaf({ type: 'string' }, (value) => {
  const at =
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at)
    ? { ok: false, problem: 'is not a time', suggestion: 'like "2026-11-23T09:00:00Z"' }
    : { ok: true, value: at };
});

const expectSchema = z.strictObject({
  rule: name.optional(),
  route: oneOf(['ask', 'let_through', 'refuse']).optional(),
  domain: name.optional(),
  level: number(1, 3, 'a level, 1 to 3').optional(),
  decide_within: duration.optional(),
  quorum: number(1, 100, 'a number of people').optional(),
});

const testSchema = z.strictObject({
  name: text(200),
  item: z.unknown().optional(),
  at: time.optional(),
  override_rate: number(0, 1, 'a rate, 0.0 to 1.0').optional(),
  queue_depth: number(0, 1e9, 'a number of items').optional(),
  expect: expectSchema,
});

const fileSchema = z.strictObject({ tests: z.array(z.unknown()) });

type Expected = z.output<typeof expectSchema>;
/** What came of an item, in the words of `expect`; a duration as the file writes it. */
export type Came = Record<string, string | number>;

export interface PolicyTest {
  name: string;
  /** Where it stands in its file. */
  line: number;
  item: Record<string, unknown>;
  at: EpochMs | null;
  override_rate: number;
  queue_depth: number;
  expect: Expected;
}

export type ReadTests =
  | { ok: true; tests: PolicyTest[] }
  | { ok: false; problems: PolicyProblem[] };

/** Reads a file of tests. Never throws. */
export function readPolicyTests(written: string): ReadTests {
  const { source, problems } = readYaml(written);
  if (source === null) return { ok: false, problems };
  const reading: Reading = { source, problems };
  const file = readSection(reading, fileSchema, source.value, []);
  const tests = (file?.tests ?? []).flatMap((value, at): PolicyTest[] => {
    const path = ['tests', at];
    const test = readSection(reading, testSchema, value, path);
    if (test === null) return [];
    const item = test.item ?? {};
    if (!isMapping(item)) {
      const where = [...path, 'item'];
      report(reading, where, source.at(where), 'must be a map of the fields that matter');
      return [];
    }
    if (Object.keys(test.expect).length === 0) {
      const where = [...path, 'expect'];
      report(reading, where, source.at(where), 'expects nothing', 'like {rule: unsure}');
    }
    return [
      {
        name: test.name,
        line: source.at(path).line,
        // Plain objects, as JSON.parse makes them.
        item: JSON.parse(JSON.stringify(item)) as Record<string, unknown>,
        at: test.at ?? null,
        override_rate: test.override_rate ?? 0,
        queue_depth: test.queue_depth ?? 0,
        expect: test.expect,
      },
    ];
  });
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, tests };
}

export interface TestResult {
  name: string;
  line: number;
  passed: boolean;
  /** What was expected otherwise; empty where it passed. */
  differs: { what: string; expected: string | number; came: string | number }[];
  /** Why the rule that matched did. */
  why: string[];
  /** What makes it no item at all. */
  errors: FieldError[];
  /** The rule that took it. */
  rule: string;
}

/** Runs a test. `now`: the time where it names none. */
export function runPolicyTest(policy: Policy, test: PolicyTest, now: EpochMs): TestResult {
  const at = test.at ?? now;
  const parsed = parseItem(filledIn(test));
  const errors = parsed.ok ? admissionErrors(parsed.item, at, ANYWHERE) : parsed.errors;
  const found = evaluate(
    policy,
    parsed.ok && errors.length === 0
      ? { valid: true, item: parsed.item }
      : { valid: false, errors },
    {
      now: at,
      override_rate: test.override_rate,
      queue_depth: test.queue_depth,
      sampling_key: samplingKey(policy, parsed, test.expect.rule),
    },
  );
  const { route } = found;
  const came: Came = { rule: found.rule, route: route.type, domain: found.domain.id };
  if (route.type === 'ask') {
    const [first] = planLadder(policy, found.domain, route).rungs;
    came.level = first.level;
    came.decide_within =
      first.decide_within === null ? 'no limit' : writtenDuration(first.decide_within);
    came.quorum = route.quorum ?? 1;
  }
  const differs = Object.entries(test.expect).flatMap(([what, wanted]) => {
    const expected = what === 'decide_within' ? writtenDuration(Number(wanted)) : wanted;
    const held = came[what] ?? `nothing: the item is not asked`;
    return expected === held ? [] : [{ what, expected, came: held }];
  });
  const { name, line } = test;
  return {
    name,
    line,
    passed: differs.length === 0,
    differs,
    why: found.why,
    errors,
    rule: found.rule,
  };
}

/** The rules that took no test's item, in the order of the policy; `otherwise` is one of them. */
export function unreachedRules(policy: Policy, results: readonly TestResult[]): string[] {
  const reached = new Set(results.map((one) => one.rule));
  return [...policy.rules.map((rule) => rule.id), 'otherwise'].filter((id) => !reached.has(id));
}

/**
 * The test's item with what every item must have. What it has no kind of its own for follows from what it carries.
 */
function filledIn({ name: title, item }: PolicyTest): object {
  const kind =
    item.kind ??
    (item.action !== undefined
      ? 'approval'
      : item.candidates !== undefined
        ? 'comparison'
        : 'question');
  const needed =
    kind === 'comparison'
      ? {
          candidates: [
            { id: 'a', text: 'a' },
            { id: 'b', text: 'b' },
          ],
        }
      : kind === 'review'
        ? { proposal: title }
        : kind === 'approval' && item.proposal === undefined
          ? { action: { name: 'any' } }
          : {};
  return { id: 'test', title, kind, ...needed, ...item };
}

const TRIES = 100_000;

/**
 * A key under which the item falls into the sample of the rule that is expected, and into no other. Which items an
 * installation's own takes is its secret: no test can depend on that.
 */
function samplingKey(policy: Policy, parsed: ParsedItem, wanted: string | undefined): string {
  const id = parsed.ok ? parsed.item.id : '';
  const samples = policy.rules.filter((rule) => rule.sample !== null);
  const fits = (key: string): boolean =>
    samples.every((rule) => isSampled(key, rule.sample ?? 0, rule.id, id) === (rule.id === wanted));
  for (let at = 0; samples.length > 0 && at < TRIES; at += 1)
    if (fits(`test ${at}`)) return `test ${at}`;
  return '';
}

/** A failed test, for a terminal. */
export function failureLines(result: TestResult): string[] {
  return [
    ...result.differs.map(
      ({ what, expected, came }) => `    ${what}: expected ${expected}, came ${came}`,
    ),
    ...result.errors.map(({ field, problem }) => `    not an item: ${field} ${problem}`),
    ...result.why.map((why) => `    ${result.rule}: ${why}`),
  ];
}
