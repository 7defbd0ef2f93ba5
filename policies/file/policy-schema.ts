/**
 * The shape of the policy file, one schema a section. zod is the one source; what refers to other sections is checked
 * in `policy-references.ts`. A key that is not here is refused when the file is read. Pure.
 */
import { z } from 'zod';
import { compileCondition } from '../conditions/condition.ts';
import { costsSchema } from './costs-schema.ts';
import { limitsSchema } from './limits-schema.ts';
import type { ConditionFault } from '../conditions/condition-fault.ts';
import {
  channelId,
  clockTime,
  date,
  duration,
  leaf,
  name,
  notifyRef,
  oneOf,
  personRef,
  share,
  teamId,
  text,
  timezone,
} from './policy-leaves.ts';
import { shiftLength, userGroupId, userId, wallClock } from './rotation-leaves.ts';
import { writtenRef } from '../access/person-ref.ts';
import { PLAIN_ASK, VISIBLE_FIELDS, type Route } from '../policy.ts';
import { WEEKDAYS } from '../../src/domain/weekdays.ts';

const yesOrNo = leaf({ type: 'boolean' }, (value) =>
  typeof value === 'boolean'
    ? { ok: true, value }
    : {
        ok: false,
        problem: 'is neither true nor false',
        suggestion: 'write true, or leave it out',
      },
);

const list = <T extends z.ZodType>(of: T) => z.array(of);

/** A whole number from 1 on. */
const count = (problem: string, suggestion: string) =>
  leaf({ type: 'integer', minimum: 1 }, (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
      ? { ok: true, value }
      : { ok: false, problem, suggestion },
  );

const circuitBreakerSchema = z.strictObject({
  override_rate: share,
  window: duration,
  at_least: count('is not a number of decisions', 'like 50'),
});

export const headSchema = z.strictObject({
  version: leaf({ const: 1 }, (value) =>
    value === 1
      ? { ok: true, value }
      : { ok: false, problem: 'is not a version of this file', suggestion: 'write 1' },
  ),
  default_domain: name,
  compliance_domain: name.optional(),
  timezone: timezone.optional(),
  teams: list(teamId).optional(),
  operators_channel: channelId,
  managers: list(personRef).optional(),
  circuit_breaker: circuitBreakerSchema.optional(),
  retention: z.strictObject({ payloads: duration }).optional(),
  costs: costsSchema.optional(),
  limits: limitsSchema.optional(),
  groups: z.unknown().optional(),
  rotations: z.unknown().optional(),
  hours: z.unknown().optional(),
  ladders: z.unknown().optional(),
  domains: z.unknown().optional(),
  rules: z.unknown().optional(),
  otherwise: z.unknown().optional(),
});

/** People by name. Groups do not nest: who is in one is seen where it is written. */
export const groupSchema = list(personRef);

export const hoursSchema = z.strictObject({
  timezone: timezone.optional(),
  days: list(oneOf(WEEKDAYS)),
  from: clockTime(false),
  to: clockTime(true),
  holidays: list(date).optional(),
});

/** Its zone is the rotation's. */
const shiftHoursSchema = hoursSchema.omit({ timezone: true });

export const rotationSchema = z.strictObject({
  timezone: timezone.optional(),
  start: wallClock,
  shift: shiftLength,
  people: list(userId),
  hours: shiftHoursSchema.optional(),
  usergroup: userGroupId.optional(),
});

const rungSchema = z.strictObject({
  level: leaf({ enum: [1, 2, 3] }, (value) =>
    value === 1 || value === 2 || value === 3
      ? { ok: true, value: Number(value) }
      : {
          ok: false,
          problem: 'is not a level',
          suggestion: '1 (operational), 2 (domain expert) or 3 (governance)',
        },
  ),
  notify: list(notifyRef),
  claim_within: duration.optional(),
  decide_within: duration.optional(),
  remind_at: list(share).optional(),
});

export const ladderSchema = z.strictObject({
  hours: name.optional(),
  rungs: list(rungSchema),
  at_the_end: oneOf(['expired', 'wait']),
  fallback: oneOf(['reject', 'approve', 'none']).optional(),
});

export const domainSchema = z.strictObject({
  title: text(100),
  channel: channelId,
  guide: text(3000).optional(),
  fallback_channel: channelId.optional(),
  ladder: name,
  deciders: list(personRef),
  visible_fields: list(oneOf(VISIBLE_FIELDS)).optional(),
  open_limit: count('is not a number of cards', 'like 10; leave it out for no limit').optional(),
  circuit_breaker: circuitBreakerSchema.optional(),
});

const people = leaf({ type: 'integer', minimum: 2, maximum: 20 }, (value) => {
  const count = typeof value === 'number' && Number.isInteger(value) ? value : Number.NaN;
  if (count >= 2 && count <= 20) return { ok: true, value: count };
  return count === 1
    ? { ok: false, problem: 'is one person', suggestion: 'leave it out, or write 2 or more' }
    : { ok: false, problem: 'is not a number of people', suggestion: 'a whole number, 2 to 20' };
});

const stageSchema = z.strictObject({
  name,
  by: personRef,
  level: rungSchema.shape.level.optional(),
  decide_within: duration.optional(),
});

const askSchema = z.strictObject({
  domain: name.optional(),
  level: rungSchema.shape.level.optional(),
  decide_within: duration.optional(),
  by: personRef.optional(),
  reason: oneOf(['always']).optional(),
  quorum: people.optional(),
  stages: list(stageSchema).optional(),
  blind: yesOrNo.optional(),
  after: oneOf(['let_through']).optional(),
});

type Ask = z.output<typeof askSchema>;

/** What cannot stand together in one `ask`. */
function askProblems(
  ask: Ask,
): { at: (string | number)[]; message: string; suggestion?: string }[] {
  const { stages } = ask;
  if (stages === undefined) return [];
  const problems: ReturnType<typeof askProblems> = [];
  if (stages.length < 2)
    problems.push({
      at: ['stages'],
      message: 'are two at least',
      suggestion: stages.length === 0 ? 'leave it out' : 'for one, write its `by` beside `ask`',
    });
  for (const key of ['quorum', 'blind', 'by', 'level', 'decide_within'] as const) {
    if (ask[key] === undefined || ask[key] === false) continue;
    problems.push({
      at: [key],
      message: `cannot stand beside \`stages\`${NOT_BESIDE_STAGES[key]}`,
    });
  }
  const seen = new Set<string>();
  for (const [at, stage] of stages.entries()) {
    if (seen.has(stage.name))
      problems.push({ at: ['stages', at, 'name'], message: 'is the name of two stages' });
    seen.add(stage.name);
    const same = stages.findIndex(
      (one) => one.by.type === 'user' && writtenRef(one.by) === writtenRef(stage.by),
    );
    if (same >= 0 && same < at)
      problems.push({
        at: ['stages', at, 'by'],
        message: 'is the person of an earlier stage, who may not stand at two',
      });
  }
  return problems;
}

const NOT_BESIDE_STAGES = {
  quorum: ': one person decides each stage',
  blind: ': a later stage sees what the earlier one decided',
  by: ': each stage names its own people',
  level: ': each stage has its own',
  decide_within: ': each stage has its own',
};

const ROUTES = ['let_through', 'refuse', 'ask'] as const;

/** `{let_through: {}}`, `{refuse: {reason: …}}` or `{ask: {…}}`: one of them. `by` stays as written. */
export const routeSchema = z
  .strictObject({
    let_through: z.strictObject({}).optional(),
    refuse: z.strictObject({ reason: text(500) }).optional(),
    ask: askSchema.optional(),
  })
  .transform((route, context): Route => {
    const named = ROUTES.filter((one) => route[one] !== undefined);
    if (named.length !== 1) {
      context.addIssue({
        code: 'custom',
        message: named.length === 0 ? 'says nothing' : `says ${named.join(' and ')} at once`,
        params: { suggestion: 'write one of {let_through: {}}, {refuse: {reason: …}}, {ask: {}}' },
      });
      return z.NEVER;
    }
    if (route.let_through) return { type: 'let_through' };
    if (route.refuse) return { type: 'refuse', reason: route.refuse.reason };
    const { by, stages, ...ask } = route.ask ?? {};
    for (const { at, ...issue } of askProblems(route.ask ?? {}))
      context.addIssue({
        code: 'custom',
        path: ['ask', ...at],
        message: issue.message,
        params: { suggestion: issue.suggestion },
      });
    return {
      ...PLAIN_ASK,
      ...ask,
      by: by === undefined ? null : writtenRef(by),
      stages: (stages ?? []).map((stage) => ({
        name: stage.name,
        by: writtenRef(stage.by),
        level: stage.level ?? null,
        decide_within: stage.decide_within ?? null,
      })),
    };
  });

/** A condition that does not compile has one issue per fault, with its place in the text. */
const conditionLeaf = z
  .unknown()
  .transform((value, context) => {
    const source = value === true || value === false ? String(value) : value;
    if (typeof source !== 'string') {
      const message = value === undefined || value === null ? 'is missing' : 'must be a text';
      const suggestion = 'a condition like "item.confidence < 0.60"; for every item "true"';
      context.addIssue({ code: 'custom', message, params: { suggestion } });
      return z.NEVER;
    }
    const compiled = compileCondition(source.trim());
    if (compiled.ok) return compiled.condition;
    for (const fault of compiled.faults) {
      const { problem, suggestion } = fault;
      context.addIssue({ code: 'custom', message: problem, params: { suggestion, fault } });
    }
    return z.NEVER;
  })
  .meta({ type: ['string', 'boolean'] });

export const ruleSchema = z.strictObject({
  id: name,
  when: conditionLeaf,
  sample: share.optional(),
  route: routeSchema,
});

/** The place of a fault, where an issue carries one. */
export const faultOf = (params: unknown): ConditionFault | null =>
  typeof params === 'object' && params !== null && 'fault' in params
    ? (params.fault as ConditionFault)
    : null;
