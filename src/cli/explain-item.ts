/** What a policy does with an item, told rule by rule: as a record, and as lines for a terminal. Pure. */
import { clocksOf, planLadder, type PlannedLadder } from '../../policies/schedule/ladder.ts';
import { explain, type Evaluation, type TriedRule } from '../../policies/routing/evaluate.ts';
import { writtenRef } from '../../policies/access/person-ref.ts';
import type { Policy } from '../../policies/policy.ts';
import type { EvaluationContext } from '../../policies/conditions/evaluation-context.ts';
import { deciderRefs } from '../../policies/access/who-may.ts';
import { rfc3339, type EpochMs } from '../domain/clock.ts';
import { hideIn } from '../domain/redact.ts';
import { type FieldError } from '../domain/item.ts';
import { admissionErrors, ANYWHERE, parseItem } from '../domain/parse-item.ts';

export interface Explained {
  /** null: it has none of its own. */
  item_id: string | null;
  /** Whether it is an item at all; where not, `errors` says why, and the route is that of what is none. */
  valid: boolean;
  errors: FieldError[];
  policy_version: string;
  /** What the conditions saw beside the item. */
  at: string;
  override_rate: number;
  queue_depth: number;
  tried: (TriedRule & { with_values: string })[];
  rule: string;
  route: Evaluation['route'];
  domain: string;
  channel: string;
  why: string[];
  condition_errors: Evaluation['condition_errors'];
  /** Only where somebody is asked. Times RFC 3339 UTC. */
  deadlines: {
    level: number;
    decide_by: string | null;
    remind_at: string[];
    /** The rungs after the first, each as long as it may take. */
    rungs_after: { level: number; notify: string[]; decide_within: string | null }[];
    at_the_end: PlannedLadder['at_the_end'];
    fallback: PlannedLadder['fallback'];
  } | null;
  /** Who may decide it, as the policy writes them; groups are resolved. */
  deciders: string[];
}

/** An item without id is explained as one that the queue would name. */
export function explainItem(policy: Policy, input: object, context: EvaluationContext): Explained {
  const parsed = parseItem('id' in input ? input : { ...input, id: 'no-id' }, 'exact');
  const errors = parsed.ok ? admissionErrors(parsed.item, context.now, ANYWHERE) : parsed.errors;
  const subject =
    parsed.ok && errors.length === 0
      ? { valid: true as const, item: parsed.item }
      : { valid: false as const, errors };
  const hide = (words: string) => hideIn(parsed.ok ? parsed.item : null, words);
  const found = explain(policy, subject, context);
  const { route, domain } = found;
  const ladder = route.type === 'ask' ? planLadder(policy, domain, route) : null;
  return {
    item_id: 'id' in input && typeof input.id === 'string' ? input.id.slice(0, 128) : null,
    valid: subject.valid,
    errors,
    policy_version: policy.version,
    at: rfc3339(context.now),
    override_rate: context.override_rate,
    queue_depth: context.queue_depth,
    // A policy may name the very value that an item hides.
    tried: found.tried.map((tried) => ({
      ...tried,
      condition: hide(tried.condition),
      with_values: hide(withValues(tried)),
      why: tried.why.map(hide),
    })),
    rule: found.rule,
    route,
    domain: domain.id,
    channel: domain.channel,
    why: found.why,
    condition_errors: found.condition_errors,
    deadlines: ladder && deadlinesOf(ladder, context.now),
    deciders:
      route.type === 'ask'
        ? deciderRefs(policy, { domain: domain.id, by: route.stages[0]?.by ?? route.by }, null).map(
            writtenRef,
          )
        : [],
  };
}

function deadlinesOf(ladder: PlannedLadder, from: EpochMs): NonNullable<Explained['deadlines']> {
  const [first, ...rest] = ladder.rungs;
  const { decide_by, remind_at } = clocksOf(first, ladder.hours, from);
  return {
    level: first.level,
    decide_by: decide_by === null ? null : rfc3339(decide_by),
    remind_at: remind_at.map(rfc3339),
    rungs_after: rest.map(({ level, notify, decide_within }) => ({
      level,
      notify: notify.map(writtenRef),
      decide_within: decide_within === null ? null : minutes(decide_within),
    })),
    at_the_end: ladder.at_the_end,
    fallback: ladder.fallback,
  };
}

/** The condition with the values in the places of what it reads; texts in quotes stay as they are. */
function withValues(tried: Pick<TriedRule, 'condition' | 'values'>): string {
  const values = new Map(tried.values.map(({ name, value }) => [name, value]));
  // Quoted texts first, so that nothing is put into them; then the longest chain of names.
  return tried.condition.replace(
    /'(?:\\[^]|[^'\\])*'?|"(?:\\[^]|[^"\\])*"?|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/g,
    (part) => {
      for (let name = part; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
        const value = values.get(name);
        if (value !== undefined) return value + part.slice(name.length);
      }
      return part;
    },
  );
}

const RESULT: Record<TriedRule['result'], string> = {
  matched: 'MATCHED',
  did_not_match: 'no',
  not_sampled: 'no, it takes a sample',
  failed: 'FAILED, so it is asked',
};

/** For people; every line fits what a terminal shows. */
export function writtenExplanation(explained: Explained, policy: Policy): string[] {
  const reads = [
    ...(policy.reads.has('override_rate') ? [`override_rate ${explained.override_rate}`] : []),
    ...(policy.reads.has('queue_depth') ? [`queue_depth ${explained.queue_depth}`] : []),
  ];
  const lines = [
    `item ${explained.item_id ?? 'without id'} at ${[explained.at, ...reads].join(', ')}`,
    ...explained.errors.map(({ field, problem }) => `  not an item: ${field} ${problem}`),
    '',
  ];
  for (const tried of explained.tried) {
    lines.push(`${tried.rule}: ${RESULT[tried.result]}`, `    ${tried.condition}`);
    if (tried.with_values !== tried.condition) lines.push(`    ${tried.with_values}`);
    lines.push(...tried.why.map((why) => `    ${why}`));
  }
  if (explained.rule === 'otherwise') lines.push('otherwise: no rule matched');
  return [...lines, '', ...routeLines(explained)];
}

function routeLines(explained: Explained): string[] {
  const { route, deadlines } = explained;
  switch (route.type) {
    case 'let_through':
      return [`=> ${explained.rule}: let through (auto_approved); nobody is asked`];
    case 'refuse':
      return [`=> ${explained.rule}: refused (auto_rejected): ${route.reason}`];
    case 'ask': {
      const level = deadlines === null ? '' : `, level ${deadlines.level}`;
      return [
        `=> ${explained.rule}: ask ${explained.domain} in ${explained.channel}${level}`,
        ...(route.after === 'let_through'
          ? ['   let through at once (auto_approved); it is asked behind that, as a check']
          : []),
        ...(route.stages.length > 0
          ? [
              `   in stages: ${route.stages.map(({ name, by }) => `${name} (${by})`).join(', then ')}`,
            ]
          : []),
        ...(route.quorum > 1 ? [`   ${route.quorum} different people must agree`] : []),
        ...(route.blind ? ['   blind: they answer before they see what the AI proposes'] : []),
        `   may decide: ${explained.deciders.join(', ') || 'nobody'}`,
        ...(route.reason === 'always' ? ['   an approval needs a reason too'] : []),
        ...(deadlines === null ? [] : deadlineLines(deadlines, Date.parse(explained.at))),
      ];
    }
    default:
      return route satisfies never;
  }
}

function deadlineLines(deadlines: NonNullable<Explained['deadlines']>, from: EpochMs): string[] {
  const { decide_by, remind_at, rungs_after, at_the_end, fallback } = deadlines;
  if (decide_by === null) return ['   no time limit'];
  const advice = fallback === null ? '' : `, and the producer is advised to ${fallback}`;
  const end = at_the_end === 'wait' ? 'it goes on waiting, overdue' : `it ends as expired${advice}`;
  const due = `   due ${decide_by}, ${minutes(Date.parse(decide_by) - from)} from then`;
  const reminders = remind_at.map((time) => `   reminder ${time}`);
  if (rungs_after.length === 0) return [`${due}; after that ${end}`, ...reminders];
  return [
    due,
    ...reminders,
    ...rungs_after.map(
      (rung) =>
        `   then level ${rung.level}: ${rung.notify.join(', ')}, ${rung.decide_within ?? 'no time limit'}`,
    ),
    `   after that ${end}`,
  ];
}

const minutes = (ms: number): string => {
  const whole = Math.round(ms / 60_000);
  return whole < 120 ? `${whole} min` : `${Math.round(whole / 6) / 10} h`;
};
