/**
 * What types cannot say of a condition, checked when it is loaded: comparisons that can never hold, `has()` of what is
 * always there, whole numbers that lose their remainder, patterns that are none. Pure.
 */
import type { ASTNode } from '@marcbachmann/cel-js';
import { linearPattern } from '../../src/domain/linear-pattern.ts';
import { KINDS } from '../../src/domain/item.ts';
import { didYouMean } from '../../src/domain/closest-name.ts';
import { pathOf } from './condition-path.ts';
import type { ConditionFault } from './condition-fault.ts';
import { recordFields } from './item-view.ts';
import { WEEKDAYS } from '../../src/domain/weekdays.ts';
import { VARIABLES, type Variable } from './condition-scope.ts';

/** Fields that take one of a few words. */
const CLOSED: Record<string, readonly string[]> = { 'item.kind': KINDS, weekday: WEEKDAYS };

/** The faults of a condition that type-checks, and the variables it reads. */
export function checkedTests(root: ASTNode): {
  faults: ConditionFault[];
  reads: ReadonlySet<Variable>;
} {
  const faults: ConditionFault[] = [];
  const reads = new Set<Variable>();
  walk(root, (node) => {
    if (node.op === 'id' && Object.hasOwn(VARIABLES, node.args)) reads.add(node.args as Variable);
    const fault = faultOf(node);
    if (fault) faults.push({ start: node.start, end: node.end, ...fault });
  });
  return { faults, reads };
}

type Words = Pick<ConditionFault, 'problem' | 'suggestion'>;
/** With a place of its own, where that is nearer than the test. */
type Fault = Words & Partial<ConditionFault>;

function faultOf(node: ASTNode): Fault | null {
  switch (node.op) {
    case '==':
    case '!=':
      return impossible(node.args[0], [node.args[1]]) ?? impossible(node.args[1], [node.args[0]]);
    case 'in':
      return node.args[1].op === 'list' ? impossible(node.args[0], node.args[1].args) : null;
    case '/':
      if (!isWhole(node.args[0]) || !isWhole(node.args[1])) return null;
      return {
        problem: 'divides whole numbers, which drops the remainder',
        suggestion: 'write one with a point, like 2.0',
      };
    case 'call':
      return node.args[0] === 'has' ? needlessHas(node.args[1][0]) : null;
    case 'rcall':
      return node.args[0] === 'matches' ? badPattern(node.args[2][0]) : shadowing(node.args);
    default:
      return null;
  }
}

/** `item.tags.exists(item, …)`: inside, `item` would be something else. */
function shadowing([macro, , [name, ...rest]]: [string, ASTNode, ASTNode[]]): Words | null {
  if (!['all', 'exists', 'exists_one', 'filter', 'map'].includes(macro) || rest.length === 0) {
    return null;
  }
  if (name?.op !== 'id' || !Object.hasOwn(VARIABLES, name.args)) return null;
  return {
    problem: `\`${name.args}\` is taken: inside \`${macro}\` it would hide the real one`,
    suggestion: 'use another name, like x',
  };
}

function impossible(field: ASTNode, values: readonly ASTNode[]): Words | null {
  const words = CLOSED[pathOf(field)?.join('.') ?? ''];
  if (words === undefined) return null;
  for (const value of values) {
    if (value.op !== 'value' || typeof value.args !== 'string' || words.includes(value.args)) {
      continue;
    }
    return {
      problem: `\`${pathOf(field)?.join('.')}\` is never '${value.args}'`,
      suggestion: didYouMean(value.args, words),
    };
  }
  return null;
}

function isWhole(node: ASTNode): boolean {
  switch (node.op) {
    case 'value':
      return typeof node.args === 'bigint';
    case 'call':
      return node.args[0] === 'size' || node.args[0] === 'int';
    case 'rcall':
      return node.args[0] === 'size';
    case '+':
    case '-':
    case '*':
    case '/':
      return isWhole(node.args[0]) && isWhole(node.args[1]);
    default:
      return false;
  }
}

function needlessHas(argument: ASTNode | undefined): Words | null {
  const path = argument && pathOf(argument);
  if (!path) return null;
  let type: string | undefined = Object.hasOwn(VARIABLES, path[0] ?? '')
    ? VARIABLES[path[0] as Variable]
    : undefined;
  for (const [at, field] of path.entries()) {
    if (at === 0) continue;
    const fields: Record<string, string> | null = type === undefined ? null : recordFields(type);
    if (fields === null) return null;
    if (!Object.hasOwn(fields, field)) {
      return {
        problem: `\`${path.slice(0, at).join('.')}\` has no field \`${field}\``,
        suggestion: didYouMean(field, Object.keys(fields)),
      };
    }
    type = fields[field];
  }
  return {
    problem: `\`${path.join('.')}\` is always there: what the producer left out has its neutral value`,
    suggestion:
      "compare it with that: 0.0 for confidence, 10.0 for impact, else '' or an empty list",
  };
}

/** Patterns are RE2's, and part of the policy: one that an item writes could be any size. */
function badPattern(pattern: ASTNode | undefined): Fault | null {
  if (pattern === undefined) return null;
  const { start, end } = pattern;
  if (pattern.op !== 'value' || typeof pattern.args !== 'string') {
    return {
      start,
      end,
      problem: 'the pattern of `matches` has to be written out',
      suggestion: 'write one text in quotes, or use contains()',
    };
  }
  const read = linearPattern(pattern.args);
  if (read.ok) return null;
  const { problem, ...at } = read.fault;
  return {
    ...placeInLiteral(pattern, pattern.args.slice(at.start, at.end)),
    problem: `not a valid RE2 pattern: ${problem}`,
  };
}

/** Where a part of a text stands in the quotes it was written in; the whole where escapes hide it. */
function placeInLiteral(node: ASTNode, part: string): Pick<ConditionFault, 'start' | 'end'> {
  const written = node.input.slice(node.start, node.end);
  for (const form of [part, part.replaceAll('\\', '\\\\')]) {
    const at = form === '' ? -1 : written.indexOf(form);
    if (at >= 0) return { start: node.start + at, end: node.start + at + form.length };
  }
  return { start: node.start, end: node.end };
}

function walk(node: ASTNode, visit: (node: ASTNode) => void): void {
  visit(node);
  const isNode = (value: unknown): value is ASTNode =>
    typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
  const into = (value: unknown): void => {
    if (isNode(value)) walk(value, visit);
    else if (Array.isArray(value)) value.forEach(into);
  };
  into(node.args);
}
