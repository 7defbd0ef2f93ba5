/**
 * The policy file's text to a `Policy`, or to everything that is wrong with it at once. Pure; reading the file from
 * disk, and keeping the running policy where a new one is bad, is the caller's.
 */
import type { z } from 'zod';
import { canonicalJson, sha256 } from '../../src/domain/hash.ts';
import type { limitsSchema } from './limits-schema.ts';
import { isMapping, readNamed } from './named-section.ts';
import type { PolicyProblem } from './policy-problem.ts';
import { readHours, readRotation } from './read-rotation.ts';
import { checkReferences, type Sections } from './policy-references.ts';
import { noticesOf } from './policy-notices.ts';
import {
  domainSchema,
  groupSchema,
  headSchema,
  hoursSchema,
  ladderSchema,
  routeSchema,
  ruleSchema,
} from './policy-schema.ts';
import {
  PLAIN_ASK,
  type ContextRead,
  type Domain,
  type Limits,
  type Policy,
  type Route,
  type Rule,
} from '../policy.ts';
import { readSection, report, type Reading } from './section-reader.ts';
import { readYaml } from './yaml-source.ts';

export { formatProblem } from './policy-problem.ts';
export type { PolicyProblem } from './policy-problem.ts';

/** The domain that `compliance_domain` is where the file doesn't say. */
const COMPLIANCE = 'compliance';

export type ParsedPolicy =
  | {
      ok: true;
      policy: Policy;
      /** What loads and does not run yet, one line each. */
      notices: string[];
    }
  | {
      ok: false;
      /** In the order of the file. */
      problems: PolicyProblem[];
    };

/** Reads a policy. Never throws: any text gives a policy or problems. */
export function parsePolicy(text: string): ParsedPolicy {
  const { source, problems } = readYaml(text);
  if (source === null) return { ok: false, problems: inOrder(problems) };
  const reading: Reading = { source, problems };
  const file = source.value;
  if (!isMapping(file)) {
    report(
      reading,
      [],
      source.at([]),
      'is not a policy: a map of keys is',
      'begin with version: 1',
    );
    return { ok: false, problems: inOrder(problems) };
  }
  const head = readSection(reading, headSchema, file, []);
  const sections = readSections(reading, file, {
    timezone: head?.timezone ?? 'UTC',
    circuit_breaker: head?.circuit_breaker ?? null,
  });
  checkReferences(reading, file, sections);
  const { rules, otherwise } = sections;
  if (problems.length > 0 || head === null || otherwise === null) {
    return { ok: false, problems: inOrder(problems) };
  }
  const policy: Policy = {
    version: sha256(canonicalJson(file)),
    default_domain: head.default_domain,
    compliance_domain:
      head.compliance_domain ?? (COMPLIANCE in sections.domains.read ? COMPLIANCE : null),
    timezone: head.timezone ?? 'UTC',
    teams: head.teams ?? [],
    operators_channel: head.operators_channel,
    managers: head.managers ?? [],
    retention: head.retention ?? null,
    costs: head.costs ? { ...head.costs, delay_hour: head.costs.delay_hour ?? 0 } : null,
    limits: head.limits ? limitsOf(head.limits) : null,
    groups: sections.groups.read,
    rotations: sections.rotations.read,
    domains: sections.domains.read,
    ladders: sections.ladders.read,
    hours: sections.hours.read,
    rules: rules.map((one) => one.rule),
    otherwise,
    reads: contextReads(rules.map((one) => one.rule)),
  };
  return { ok: true, policy, notices: noticesOf(policy) };
}

const limitsOf = ({ intake }: z.output<typeof limitsSchema>): Limits => ({
  intake: { each: intake.each ?? null, producers: intake.producers ?? {} },
});

/** What the head of the file says for sections that say nothing of their own. */
type General = Pick<Policy, 'timezone'> & Pick<Domain, 'circuit_breaker'>;

function readSections(reading: Reading, file: Record<string, unknown>, general: General): Sections {
  return {
    groups: readNamed(reading, file, 'groups', (value, path) =>
      readSection(reading, groupSchema, value, path),
    ),
    rotations: readNamed(reading, file, 'rotations', (value, path, id) =>
      readRotation(reading, value, path, id, general.timezone),
    ),
    hours: readNamed(reading, file, 'hours', (value, path) => {
      const hours = readSection(reading, hoursSchema, value, path);
      return hours && readHours(reading, hours, path, hours.timezone ?? general.timezone);
    }),
    ladders: readNamed(reading, file, 'ladders', (value, path, id) => {
      const ladder = readSection(reading, ladderSchema, value, path);
      if (ladder === null) return null;
      const rungs = ladder.rungs.map((rung) => ({
        level: rung.level,
        notify: rung.notify,
        claim_within: rung.claim_within ?? null,
        decide_within: rung.decide_within ?? null,
        remind_at: rung.remind_at ?? null,
      }));
      const [first, ...rest] = rungs;
      if (first === undefined) {
        const at = [...path, 'rungs'];
        report(
          reading,
          at,
          reading.source.at(at),
          'has no rung',
          'one at least: whom to ask first',
        );
        return null;
      }
      const fallback = ladder.fallback ?? 'none';
      return {
        id,
        hours: ladder.hours ?? null,
        rungs: [first, ...rest],
        at_the_end: ladder.at_the_end,
        fallback: fallback === 'none' ? null : fallback,
      };
    }),
    domains: readNamed(reading, file, 'domains', (value, path, id) => {
      const domain = readSection(reading, domainSchema, value, path);
      if (domain === null) return null;
      return {
        id,
        title: domain.title,
        channel: domain.channel,
        guide: domain.guide ?? null,
        fallback_channel: domain.fallback_channel ?? null,
        ladder: domain.ladder,
        deciders: domain.deciders,
        visible_fields: domain.visible_fields ?? null,
        open_limit: domain.open_limit ?? null,
        circuit_breaker: domain.circuit_breaker ?? general.circuit_breaker,
      };
    }),
    rules: readRules(reading, file.rules),
    otherwise: readOtherwise(reading, file),
  };
}

function readRules(reading: Reading, rules: unknown): { rule: Rule; at: number }[] {
  if (rules === undefined) return [];
  if (!Array.isArray(rules)) {
    report(
      reading,
      ['rules'],
      reading.source.at(['rules']),
      'must be a list',
      'each begins with -',
    );
    return [];
  }
  return rules.flatMap((value: unknown, at) => {
    const rule = readSection(reading, ruleSchema, value, ['rules', at]);
    return rule === null
      ? []
      : [
          {
            at,
            rule: {
              id: rule.id,
              condition: rule.when,
              sample: rule.sample ?? null,
              route: rule.route,
            },
          },
        ];
  });
}

function readOtherwise(reading: Reading, file: Record<string, unknown>): Route | null {
  if (file.otherwise === undefined) return PLAIN_ASK;
  return readSection(reading, routeSchema, file.otherwise, ['otherwise']);
}

function contextReads(rules: Rule[]): ReadonlySet<ContextRead> {
  const read = new Set(rules.flatMap((rule) => [...rule.condition.reads]));
  return new Set((['override_rate', 'queue_depth'] as const).filter((name) => read.has(name)));
}

const inOrder = (problems: PolicyProblem[]): PolicyProblem[] =>
  problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
