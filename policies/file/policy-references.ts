/**
 * What holds between the sections of the file: every name that is used is defined, every domain can be decided by
 * somebody, every rung reaches somebody, every rule can be reached. Pure.
 */
import { didYouMean } from '../../src/domain/closest-name.ts';
import { OTHERWISE } from './costs-schema.ts';
import { isMapping, type Named } from './named-section.ts';
import { NAME, readPersonRef } from '../access/person-ref.ts';
import type {
  AskRoute,
  Domain,
  Ladder,
  NotifyRef,
  PersonRef,
  Rotation,
  Route,
  Rule,
  WorkingHours,
} from '../policy.ts';
import { report, type Reading } from './section-reader.ts';
import type { YamlPath } from './yaml-source.ts';

export interface Sections {
  groups: Named<PersonRef[]>;
  rotations: Named<Rotation>;
  hours: Named<WorkingHours>;
  ladders: Named<Ladder>;
  domains: Named<Domain>;
  /** Those that could be read, each with its place in the list. */
  rules: { rule: Rule; at: number }[];
  otherwise: Route | null;
}

/** Notes every reference to something that is not there, and whatever leads nowhere. */
export function checkReferences(
  reading: Reading,
  file: Record<string, unknown>,
  sections: Sections,
): void {
  const check = checkerOf(reading, sections);
  if (sections.domains.names.size === 0) {
    const place = { ...reading.source.at(['domains']), found: '' };
    report(reading, ['domains'], place, 'are missing: an item needs one to go to');
  } else if (typeof file.default_domain === 'string') {
    check.defined('domain', sections.domains, file.default_domain, ['default_domain']);
  }
  if (sections.domains.names.size > 0 && typeof file.compliance_domain === 'string')
    check.defined('domain', sections.domains, file.compliance_domain, ['compliance_domain']);
  if (Array.isArray(file.managers)) {
    for (const [at, written] of file.managers.entries()) {
      const ref = typeof written === 'string' ? readPersonRef(written) : null;
      if (ref?.ok) check.person(ref.value, ['managers', at]);
    }
  }
  if (isMapping(file.costs) && isMapping(file.costs.expert_minute)) {
    for (const name of Object.keys(file.costs.expert_minute)) {
      if (name === OTHERWISE || !NAME.test(name)) continue;
      const path = ['costs', 'expert_minute', name];
      if (sections.groups.names.has(name)) continue;
      const place = reading.source.atKey(path);
      const suggestion = didYouMean(name, sections.groups.names);
      report(reading, path, place, `there is no group \`${name}\``, suggestion);
    }
  }
  for (const [name, people] of Object.entries(sections.groups.read)) {
    for (const [at, ref] of people.entries()) {
      const path = ['groups', name, at];
      if (ref.type === 'oncall') check.person(ref, path);
      if (ref.type !== 'group') continue;
      const place = reading.source.at(path);
      report(reading, path, place, 'is a group within a group', 'name its people here');
    }
  }
  for (const [name, ladder] of Object.entries(sections.ladders.read)) {
    const path = ['ladders', name];
    if (ladder.hours !== null) {
      check.defined('hours', sections.hours, ladder.hours, [...path, 'hours']);
    }
    for (const [at, rung] of ladder.rungs.entries()) {
      const words = 'notifies nobody';
      check.somebody(rung.notify, [...path, 'rungs', at, 'notify'], words);
    }
  }
  for (const [name, domain] of Object.entries(sections.domains.read)) {
    const path = ['domains', name];
    check.defined('ladder', sections.ladders, domain.ladder, [...path, 'ladder']);
    const words = 'leave nobody who can decide in this domain';
    check.somebody(domain.deciders, [...path, 'deciders'], words);
  }
  for (const { rule, at } of sections.rules) check.route(rule.route, ['rules', at, 'route']);
  if (sections.otherwise) check.route(sections.otherwise, ['otherwise']);
  checkRules(reading, sections.rules);
}

function checkerOf(reading: Reading, sections: Sections) {
  const { source } = reading;
  const defined = (what: string, named: Named<unknown>, name: string, path: YamlPath): boolean => {
    if (named.names.has(name)) return true;
    report(
      reading,
      path,
      source.at(path),
      `there ${what === 'hours' ? 'are no hours' : `is no ${what}`} \`${name}\``,
      didYouMean(name, named.names),
    );
    return false;
  };
  const person = (ref: NotifyRef, path: YamlPath): boolean => {
    if (ref.type === 'group') return defined('group', sections.groups, ref.name, path);
    return ref.type !== 'oncall' || defined('rotation', sections.rotations, ref.name, path);
  };
  /** A group that is broken or unknown has its own problem, and counts as somebody. */
  const isNobody = (ref: NotifyRef): boolean =>
    ref.type === 'group' && sections.groups.read[ref.name]?.length === 0;
  const somebody = (refs: readonly NotifyRef[], path: YamlPath, words: string): void => {
    for (const [at, ref] of refs.entries()) person(ref, [...path, at]);
    if (refs.every(isNobody)) report(reading, path, source.at(path), words, 'name somebody');
  };
  const route = (of: Route, path: YamlPath): void => {
    if (of.type !== 'ask') return;
    const ask = [...path, 'ask'];
    if (of.domain !== null) defined('domain', sections.domains, of.domain, [...ask, 'domain']);
    const known = (written: string | null, at: YamlPath): void => {
      const by = written === null ? null : readPersonRef(written);
      if (!by?.ok || !person(by.value, at) || !isNobody(by.value)) return;
      report(reading, at, source.at(at), 'is nobody: the group is empty', 'name somebody');
    };
    known(of.by, [...ask, 'by']);
    for (const [at, stage] of of.stages.entries()) known(stage.by, [...ask, 'stages', at, 'by']);
    const most = peopleAsked(sections, of);
    if (most === null || of.quorum <= most) return;
    const at = [...ask, 'quorum'];
    const words = `can never be reached: ${most === 1 ? 'one person is' : `${most} people are`} asked`;
    report(reading, at, source.at(at), words, 'name more people, or ask for fewer');
  };
  return { defined, person, somebody, route };
}

/** How many people a route asks; null where a user group has a say, or where it is not known whom. */
function peopleAsked(sections: Sections, route: AskRoute): number | null {
  const by = route.by === null ? null : readPersonRef(route.by);
  const domain = route.domain === null ? undefined : sections.domains.read[route.domain];
  const refs = by?.ok ? [by.value] : (domain?.deciders ?? []);
  const people = refs.flatMap((ref) =>
    ref.type === 'group' ? (sections.groups.read[ref.name] ?? []) : [ref],
  );
  return people.length === 0 || people.some((ref) => ref.type !== 'user')
    ? null
    : new Set(people.map((ref) => (ref.type === 'user' ? ref.id : ''))).size;
}

function checkRules(reading: Reading, rules: Sections['rules']): void {
  const seen = new Map<string, number>();
  let takesAll: Rule | null = null;
  for (const { rule, at } of rules) {
    const path = ['rules', at, 'id'];
    const place = reading.source.at(path);
    const first = seen.get(rule.id);
    if (first !== undefined) {
      const line = reading.source.at(['rules', first, 'id']).line;
      report(reading, path, place, 'is the id of two rules', `the other is in line ${line}`);
    }
    if (rule.id === 'otherwise') {
      report(reading, path, place, 'is what the case is called in which no rule matched');
    }
    if (takesAll) {
      const words = `is never reached: rule \`${takesAll.id}\` before it takes every item`;
      report(reading, path, place, words, 'move it up, or say it under `otherwise`');
    }
    seen.set(rule.id, first ?? at);
    if (rule.condition.always && (rule.sample ?? 1) >= 1) takesAll ??= rule;
  }
}
