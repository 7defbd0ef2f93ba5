/**
 * Reads a part of the file by its schema and turns zod's issues into problems with lines. Pure.
 */
import { z } from 'zod';
import { keysAt } from '../../src/domain/schema-at.ts';
import { didYouMean } from '../../src/domain/closest-name.ts';
import { writtenPath, type PolicyProblem } from './policy-problem.ts';
import { faultOf } from './policy-schema.ts';
import type { Place, YamlPath, YamlSource } from './yaml-source.ts';

/** The file being read, and everything found wrong so far. */
export interface Reading {
  source: YamlSource;
  problems: PolicyProblem[];
}

/** Notes a problem at a place; of what is wrong there already, nothing more is said. */
export function report(
  reading: Reading,
  at: YamlPath,
  place: Place,
  problem: string,
  suggestion?: string,
): void {
  const path = writtenPath(at);
  const told = reading.problems.some(
    (one) => one.line === place.line && one.column === place.column && one.path === path,
  );
  if (!told) reading.problems.push({ ...place, path, problem, suggestion });
}

/** The value by its schema; null, and problems noted, where it is wrong. */
export function readSection<S extends z.ZodType>(
  reading: Reading,
  schema: S,
  value: unknown,
  path: YamlPath,
): z.output<S> | null {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  for (const issue of issues)
    if (!explainedByUnknownKey(issue, issues)) reportIssue(reading, schema, issue, path);
  return null;
}

/** A route whose one key is misspelt says nothing; the misspelt key is what there is to mend. */
const explainedByUnknownKey = (
  issue: z.core.$ZodIssue,
  issues: readonly z.core.$ZodIssue[],
): boolean =>
  issue.message === 'says nothing' &&
  issues.some(
    (one) => one.code === 'unrecognized_keys' && writtenPath(one.path) === writtenPath(issue.path),
  );

function reportIssue(
  reading: Reading,
  schema: z.ZodType,
  issue: z.core.$ZodIssue,
  base: YamlPath,
): void {
  const path = [...base, ...issue.path];
  const { source } = reading;
  switch (issue.code) {
    case 'unrecognized_keys':
      for (const key of issue.keys) {
        const at = [...path, key];
        report(reading, at, source.atKey(at), ...unknownKey(key, keysAt(schema, issue.path)));
      }
      return;
    case 'invalid_type': {
      const [words, suggestion] = wrongKind(issue);
      const place = source.at(path);
      report(
        reading,
        path,
        words === 'is missing' ? { ...place, found: '' } : place,
        words,
        suggestion,
      );
      return;
    }
    case 'custom': {
      const fault = faultOf(issue.params);
      const place = fault
        ? source.within(path, fault.start, fault.end - fault.start)
        : source.at(path);
      const suggestion = issue.params?.suggestion;
      const missing = issue.message === 'is missing' ? { ...place, found: '' } : place;
      report(
        reading,
        path,
        missing,
        issue.message,
        typeof suggestion === 'string' ? suggestion : undefined,
      );
      return;
    }
    default:
      report(reading, path, source.at(path), issue.message);
  }
}

function unknownKey(key: string, known: string[]): [string, string?] {
  return [
    `\`${key}\` is not a key here`,
    known.length === 0 ? 'nothing can be said here: write {}' : didYouMean(key, known),
  ];
}

function wrongKind(issue: z.core.$ZodIssueInvalidType): [string, string?] {
  if (issue.input === undefined && issue.message.includes('undefined')) {
    return ['is missing'];
  }
  const key = issue.path.at(-1);
  switch (issue.expected) {
    case 'object':
    case 'record':
      return [
        'must be a map of keys and values',
        key === 'let_through' || key === 'ask'
          ? `write ${key}: {}`
          : key === 'route' || key === 'otherwise'
            ? 'write one of {let_through: {}}, {refuse: {reason: …}}, {ask: {}}'
            : undefined,
      ];
    case 'array':
      return ['must be a list', 'put it in brackets: [ … ]'];
    default:
      return [`must be a ${issue.expected}`];
  }
}
