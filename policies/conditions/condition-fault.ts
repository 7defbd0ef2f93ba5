/**
 * What CEL says of a wrong condition, in the words of somebody who writes policies. Pure.
 */
import { ParseError, TypeError as CelTypeError } from '@marcbachmann/cel-js';
import { didYouMean } from '../../src/domain/closest-name.ts';
import { RECORD_FIELDS } from './item-view.ts';
import { oneLine, TEXT_MAX } from './shown-value.ts';
import { VARIABLES } from './condition-scope.ts';

/** A fault with the place in the condition's text. */
export interface ConditionFault {
  start: number;
  end: number;
  problem: string;
  suggestion?: string;
}

/** The fault that an error of the parser or the type checker tells of. */
export function conditionFault(error: unknown, source: string): ConditionFault {
  if (!(error instanceof ParseError) && !(error instanceof CelTypeError)) {
    const words = error instanceof Error ? error.message : String(error);
    return { start: 0, end: source.length, problem: `cannot be read: ${words.slice(0, 200)}` };
  }
  const start = Math.min(error.range?.start ?? 0, source.length);
  const end = Math.max(start, Math.min(error.range?.end ?? source.length, source.length));
  const text = source.slice(start, end);
  const at = { start, end };
  switch (error.code) {
    case 'unknown_variable':
      return {
        ...at,
        problem: `\`${oneLine(text, TEXT_MAX)}\` is not known to conditions`,
        suggestion: unknownName(text, source),
      };
    case 'no_such_key': {
      const key = error.summary.replace('No such key: ', '');
      return { ...at, ...unknownField(key, text) };
    }
    case 'no_such_overload':
      return { ...at, ...wrongTypes(error.summary) };
    case 'no_matching_overload':
      return { ...at, ...wrongCall(error.summary, text) };
    default:
      if (source.trim() === '') {
        return { ...at, problem: 'is empty', suggestion: 'for every item, write "true"' };
      }
      return {
        ...at,
        problem: `is not a condition: ${syntaxProblem(error.summary)}`,
        suggestion: syntaxHint(source, start),
      };
  }
}

function unknownName(name: string, source: string): string {
  if (Object.hasOwn(RECORD_FIELDS.Item, name)) return `write \`item.${name}\``;
  if (/^['"“”‘’]/.test(name) || source.includes('“')) return 'put texts in straight quotes';
  return didYouMean(name, Object.keys(VARIABLES));
}

function unknownField(key: string, text: string): { problem: string; suggestion: string } {
  const parent = text
    .slice(0, Math.max(0, text.lastIndexOf(key)))
    .split(/[.["'\s]+/)
    .findLast((part) => part !== '');
  const [record, fields] =
    Object.entries(RECORD_FIELDS).find(([name]) => name.toLowerCase() === parent?.toLowerCase()) ??
    nearestRecord(key);
  return {
    problem: `has no field \`${key}\``,
    suggestion:
      record === null ? 'see the fields of an item' : didYouMean(key, Object.keys(fields)),
  };
}

/** Inside a macro the record's name is not in the text: every field of every list's records is looked through. */
function nearestRecord(key: string): [string | null, Record<string, string>] {
  const all = Object.values(RECORD_FIELDS).flatMap((fields) => Object.keys(fields));
  const names = Object.fromEntries([...new Set(all)].map((name) => [name, '']));
  return didYouMean(key, Object.keys(names)).startsWith('did') ? ['any', names] : [null, {}];
}

const WORDS: Record<string, string> = {
  double: 'a number',
  int: 'a whole number',
  string: 'a text',
  bool: 'true or false',
  'list<string>': 'a list of texts',
  'list<int>': 'a list of whole numbers',
  'list<double>': 'a list of numbers',
};
const words = (type: string): string =>
  WORDS[type] ?? (type.startsWith('list') ? 'a list' : type.startsWith('map') ? 'a map' : type);

const BINARY = new Set(['==', '!=', '<=', '>=', '<', '>', 'in', '+', '-', '*', '/', '%']);

function wrongTypes(summary: string): { problem: string; suggestion?: string } {
  const [, overload = ''] = summary.split('overload: ', 2);
  const parts = overload.split(' ');
  const at = parts.findIndex((part) => BINARY.has(part));
  const op = parts[at];
  if (op === undefined) {
    const type = overload.slice(1);
    return {
      problem: /^[!-]./.test(overload)
        ? `\`${overload.charAt(0)}\` does not go with ${words(type)}`
        : summary,
    };
  }
  const left = parts.slice(0, at).join(' ');
  const right = parts.slice(at + 1).join(' ');
  const problem = `\`${op}\` does not go between ${words(left)} and ${words(right)}`;
  if (op === 'in' && left === 'double' && right === 'list<int>') {
    return { problem, suggestion: 'write the numbers with a point: [7.0, 8.0]' };
  }
  if (op !== 'in' && left.startsWith('list') && right === 'string') {
    return { problem, suggestion: "is it in the list? 'refund' in item.tags" };
  }
  if (left === 'string' && right === 'string' && op === 'in') {
    return { problem, suggestion: "write item.title.contains('refund')" };
  }
  if ([left, right].includes('string') && /double|int/.test(`${left} ${right}`)) {
    return { problem, suggestion: 'a number stands without quotes, a text in quotes' };
  }
  return { problem };
}

function wrongCall(summary: string, text: string): { problem: string; suggestion?: string } {
  const [, quoted] = summary.split("for '", 2);
  const call = quoted?.endsWith("'") ? quoted.slice(0, -1) : undefined;
  const name = /(?:^|\.)(\w+)\([^()]*\)$/.exec(call ?? '')?.[1] ?? '';
  const problem = `there is no ${call === undefined ? 'such function' : `\`${call}\``}`;
  if (call?.startsWith('list') && name === 'contains') {
    return { problem, suggestion: "write 'refund' in item.tags" };
  }
  if (/^(len|length|count)$/.test(name)) return { problem, suggestion: 'write size(…)' };
  if (/^(lower|toLower|toLowerCase)$/.test(name)) {
    return { problem, suggestion: 'write lowerAscii()' };
  }
  const known = ['size', 'has', 'contains', 'startsWith', 'endsWith', 'matches', 'exists', 'all'];
  const suggestion = didYouMean(name, [...known, 'exists_one', 'filter', 'map', 'lowerAscii']);
  return { problem, suggestion: text === '' ? undefined : suggestion };
}

const CLOSING: Record<string, string> = { RPAREN: '( ', RBRACKET: '[ ', RBRACE: '{ ' };

function syntaxProblem(summary: string): string {
  const unclosed = CLOSING[/^Expected (\w+), got EOF/.exec(summary)?.[1] ?? ''];
  if (unclosed !== undefined) return `a ${unclosed}is not closed`;
  if (/token: EOF/.test(summary)) return 'it ends too soon';
  if (summary.startsWith('Exceeded max')) return 'it is too long or nested too deep';
  return summary.slice(0, 160);
}

function syntaxHint(source: string, start: number): string | undefined {
  const [, percent] = /(?<![0-9.])([0-9.]+) *%(?! *[\w.(])/.exec(source) ?? [];
  if (percent !== undefined) return `a share is a number: ${Number(percent) / 100}`;
  const word = /\b(and|or|not)\b/.exec(
    source.replace(/'[^']*'|"[^"]*"/g, (quoted) => ' '.repeat(quoted.length)),
  );
  if (word?.[1] === 'and') return 'write && for and';
  if (word?.[1] === 'or') return 'write || for or';
  if (word?.[1] === 'not') return 'write ! for not';
  if (source[start] === '=' && source[start - 1] !== '=') return 'to compare, write ==';
  return undefined;
}
