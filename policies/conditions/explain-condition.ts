/**
 * Why a condition held, or did not, in plain words with the item's own values: "confidence 0.42, below 0.60". Pure.
 */
import type { ASTNode } from '@marcbachmann/cel-js';
import { MASK, hiddenWords, hideCredentials } from '../../src/domain/redact.ts';
import type { Condition, Part } from './condition.ts';
import { isHidden, pathOf, valueAt } from './condition-path.ts';
import { bare, oneLine, percent, shown } from './shown-value.ts';
import type { ScopeValues, Sight } from './condition-scope.ts';

const LINES_MAX = 6;
const LINE_MAX = 200;

/** At most 6 lines of at most 200 characters. */
export function bounded(lines: readonly string[]): string[] {
  const distinct = [...new Set(lines)].map((line) => oneLine(hideCredentials(line), LINE_MAX));
  if (distinct.length <= LINES_MAX) return distinct;
  return [...distinct.slice(0, LINES_MAX - 1), `and ${distinct.length - LINES_MAX + 1} more`];
}

/** What made the condition come out as `truth`: of `&&` all parts or the ones that failed, of `||` the other way round. */
export const explainCondition = (condition: Condition, sight: Sight, truth: boolean): string[] =>
  bounded(partWords(condition.part, sight, truth));

function partWords(part: Part, sight: Sight, truth: boolean): string[] {
  switch (part.type) {
    case 'all':
    case 'any': {
      const decisive = part.parts.filter((one) => truthOf(one, sight) === truth);
      return decisive.flatMap((one) => partWords(one, sight, truth));
    }
    case 'test':
      return testWords(part.node, sight.facts, truth);
    default:
      return part satisfies never;
  }
}

/** null where it cannot be said, because the part fails for this item. */
function truthOf(part: Part, sight: Sight): boolean | null {
  if (part.type === 'test') {
    try {
      return part.holds(sight);
    } catch {
      return null;
    }
  }
  const truths = part.parts.map((one) => truthOf(one, sight));
  const settles = part.type === 'any';
  if (truths.includes(settles)) return settles;
  return truths.includes(null) ? null : !settles;
}

type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';
const NEGATED: Record<Comparison, Comparison> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '==': '!=',
  '!=': '==',
};
const TURNED: Record<Comparison, Comparison> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};
const RELATION: Record<Comparison, string> = {
  '<': 'below',
  '<=': 'at or below',
  '>': 'above',
  '>=': 'at or above',
  '==': 'exactly',
  '!=': 'not',
};

function testWords(node: ASTNode, facts: ScopeValues, truth: boolean): string[] {
  // Neither the value nor what it is held against: that would give it away.
  const hidden = hiddenReads(node, facts);
  if (hidden.length > 0) return hidden.map((path) => `${labelOf(path)} is ${HIDDEN}`);
  switch (node.op) {
    case '!_':
      return testWords(node.args, facts, !truth);
    case 'value':
      return [truth ? 'this rule takes every item' : 'this rule takes no item'];
    case 'id':
      return node.args === 'valid' ? validWords(facts, truth) : [withValues(node, facts, truth)];
    case 'in':
      return [membership(node.args, facts, truth) ?? withValues(node, facts, truth)];
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '==':
    case '!=': {
      const [left, right] = node.args;
      const words =
        comparison(left, node.op, right, facts, truth) ??
        comparison(right, TURNED[node.op], left, facts, truth);
      return [words ?? withValues(node, facts, truth)];
    }
    default:
      return [withValues(node, facts, truth)];
  }
}

function validWords(facts: ScopeValues, truth: boolean): string[] {
  if (truth) return ['the input is a valid item'];
  const errors = facts.errors
    .slice(0, 3)
    .map((error) => `${bare(error.field)} ${bare(error.problem)}`);
  return ['the input is not a valid item', ...errors];
}

/** `'wire' in item.tags`, `item.action.name in ['pay', 'refund']`. */
function membership(
  [left, right]: [ASTNode, ASTNode],
  facts: ScopeValues,
  truth: boolean,
): string | null {
  const list = pathOf(right);
  if (list !== null && left.op === 'value' && typeof left.args === 'string') {
    const word = oneLine(left.args, 60);
    const name = list.join('.');
    if (name === 'item.tags') return truth ? `tagged ${word}` : `not tagged ${word}`;
    return `${labelOf(list)} ${truth ? 'has' : 'does not have'} ${word}`;
  }
  const path = pathOf(left);
  if (path === null || right.op !== 'list' || !right.args.every((one) => one.op === 'value')) {
    return null;
  }
  const says = `${labelOf(path)} is ${bare(valueAt(facts, path))}`;
  if (truth) return says;
  return `${says}, not one of ${right.args.map((one) => bare(literal(one))).join(', ')}`;
}

function comparison(
  side: ASTNode,
  written: Comparison,
  other: ASTNode,
  facts: ScopeValues,
  truth: boolean,
): string | null {
  if (other.op !== 'value') return null;
  const op = truth ? written : NEGATED[written];
  const against = typeof other.args === 'string' ? bare(other.args) : sourceOf(other);
  const counted = sizeOf(side, facts);
  if (counted !== null) return `${counted}, ${RELATION[op]} ${against}`;
  const path = pathOf(side);
  if (path === null) return null;
  const value = valueAt(facts, path);
  const name = path.join('.');
  switch (name) {
    case 'item.confidence':
      if (facts.given && facts.given.confidence === undefined) {
        return 'no confidence given (counts as 0)';
      }
      return `confidence ${twoDecimals(facts.item.confidence)}, ${RELATION[op]} ${against}`;
    case 'item.impact':
      if (facts.given && facts.given.impact === undefined) return 'no impact given (counts as 10)';
      return `impact ${facts.item.impact}, ${RELATION[op]} ${against}`;
    case 'disagreement':
      return disagreementWords(facts, op, Number(literal(other)));
    case 'override_rate':
      return `override rate ${percent(facts.override_rate)}, ${RELATION[op]} ${percent(Number(literal(other)))}`;
    case 'queue_depth':
      return `${facts.queue_depth} waiting, ${RELATION[op]} ${against}`;
    default:
      break;
  }
  if (value === undefined) return null;
  if (typeof value === 'number') {
    const relation = op === '==' ? '' : `, ${RELATION[op]} ${against}`;
    return `${labelOf(path)} ${value}${relation}`;
  }
  if (typeof value !== 'string' && typeof value !== 'boolean') return null;
  if (op === '==') {
    return value === '' ? `no ${labelOf(path)} given` : `${labelOf(path)} is ${bare(value)}`;
  }
  if (op !== '!=') return null;
  return other.args === ''
    ? `${labelOf(path)} is ${bare(value)}`
    : `${labelOf(path)} is ${bare(value)}, not ${against}`;
}

function disagreementWords(facts: ScopeValues, op: Comparison, threshold: number): string {
  const share = percent(facts.disagreement);
  if (facts.disagreement === 0) {
    const has = (facts.given?.ensemble?.length ?? 0) > 0;
    return has ? 'the ensemble agrees' : 'no ensemble to disagree';
  }
  const relation = threshold === 0 ? '' : `, ${RELATION[op]} ${percent(threshold)}`;
  return `the ensemble disagrees: ${share}${relation}`;
}

/** `size(item.tags)`, `item.tags.size()`: "3 tags". */
function sizeOf(node: ASTNode, facts: ScopeValues): string | null {
  let counted: ASTNode | undefined;
  if (node.op === 'call' && node.args[0] === 'size') counted = node.args[1][0];
  if (node.op === 'rcall' && node.args[0] === 'size') counted = node.args[1];
  const path = counted && pathOf(counted);
  if (!path) return null;
  const value = valueAt(facts, path);
  if (typeof value === 'string') return `${labelOf(path)} of ${[...value].length} characters`;
  if (Array.isArray(value)) return `${value.length} ${labelOf(path)}`;
  return null;
}

const LABELS: Record<string, string> = {
  'item.action.name': 'action',
  'item.source_reliability': 'source reliability',
  'item.run_id': 'run',
  'item.expires_at': 'end',
};

/** What a chain is called: its label, else "model version", "argument amount". */
function labelOf(path: readonly string[]): string {
  const label = LABELS[path.join('.')];
  if (label !== undefined) return label;
  if (path[1] === 'action' && path[2] === 'args') return ['argument', ...path.slice(3)].join(' ');
  const words = path[0] === 'item' ? path.slice(1) : path;
  return words.join(' ').replaceAll('_', ' ');
}

const sourceOf = (node: ASTNode): string => node.input.slice(node.start, node.end);
const literal = (node: ASTNode): unknown => (node.op === 'value' ? node.args : undefined);

/** 0.4 as 0.40, and 0.599 as it is: rounding must not make it look like the threshold. */
const twoDecimals = (value: number): string =>
  Number(value.toFixed(2)) === value ? value.toFixed(2) : String(value);

/** Anything else: the test as written, and the values of what it reads. */
function withValues(node: ASTNode, facts: ScopeValues, truth: boolean): string {
  const values = valuesOf(node, facts).map(({ name, value }) => `${name} is ${value}`);
  const test = oneLine(sourceOf(node), values.length > 0 ? 110 : 180);
  const says = `${truth ? '' : 'not: '}${test}`;
  return values.length === 0 ? says : `${says} (${values.join(', ')})`;
}

/** The values that a condition reads, by the names it reads them under. */
export function valuesOf(node: ASTNode, facts: ScopeValues): { name: string; value: string }[] {
  const found = new Map(chainsIn(node).map((path) => [path.join('.'), path]));
  return [...found].map(([name, path]) => ({ name, value: shownAt(facts, path) }));
}

const HIDDEN = hiddenWords(MASK);

/** The chains of a condition that lead to something hidden. */
export function hiddenReads(node: ASTNode, facts: ScopeValues): string[][] {
  return facts.hidden.length === 0 ? [] : chainsIn(node).filter((path) => isHidden(facts, path));
}

function shownAt(facts: ScopeValues, path: readonly string[]): string {
  if (isHidden(facts, path)) return HIDDEN;
  try {
    return hideCredentials(shown(valueAt(facts, path)));
  } catch {
    // What is worked out when it is read (disagreement) can fail, and has failed the condition then.
    return 'not to be had';
  }
}

/** Chains of fields that a condition reads; the item as a whole is none. */
function chainsIn(node: ASTNode): string[][] {
  const path = pathOf(node);
  if (path !== null) return path.length > 1 || path[0] !== 'item' ? [path] : [];
  const into = (value: unknown): string[][] =>
    Array.isArray(value) ? value.flatMap(into) : isNode(value) ? chainsIn(value) : [];
  return into(node.args);
}

const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value && 'input' in value;
