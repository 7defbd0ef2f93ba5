/**
 * YAML as a value that still knows where each part of it was written. Pure; knows nothing of policies.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Node,
  type YAMLError,
} from 'yaml';
import { writtenPath, type PolicyProblem } from './policy-problem.ts';

export type YamlPath = readonly PropertyKey[];
export interface Place {
  line: number;
  column: number;
  found: string;
}

export interface YamlSource {
  /** Plain data: maps are objects without prototype. */
  value: unknown;
  /** Where the value at a path is; of what is missing, where the nearest thing around it is. */
  at(path: YamlPath): Place;
  /** Where a key is. */
  atKey(path: YamlPath): Place;
  /** Where the character `offset` of a text at a path is; where the text begins, if it is folded over lines. */
  within(path: YamlPath, offset: number, length: number): Place;
}

const LARGEST = 1_000_000;
const DEEPEST = 40;

/** Reads YAML. Never throws. What can be read is given even where there are problems: null where nothing can. */
export function readYaml(text: string): { source: YamlSource | null; problems: PolicyProblem[] } {
  const whole = (problem: string): PolicyProblem => ({
    line: 1,
    column: 1,
    path: '',
    found: '',
    problem,
  });
  if (text.length > LARGEST) {
    return { source: null, problems: [whole('is larger than a megabyte: no policy is')] };
  }
  const lines = new LineCounter();
  let root: Node | null;
  const problems: PolicyProblem[] = [];
  const place = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(Math.max(0, Math.min(offset, text.length)));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  let readable = true;
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      version: '1.2',
    });
    root = document.contents;
    for (const error of faultsThatCount([...document.errors, ...document.warnings])) {
      const [start, end] = error.pos;
      const twice = error.code === 'DUPLICATE_KEY';
      if (!twice) readable = false;
      const found = text.slice(start, Math.max(end, start + 1));
      const point = error.message.startsWith('Missing closing') ? quoteBefore(text, start) : start;
      problems.push({
        ...place(point),
        path: '',
        // The parser points at a key's first character only.
        found: shorten(
          twice ? (/^[^\s:,]+/.exec(text.slice(start, start + 80))?.[0] ?? '') : found,
        ),
        ...syntaxWords(error.code, error.message),
      });
    }
  } catch (error) {
    // The parser walks by recursion, and a stack can run out.
    return { source: null, problems: [whole(`cannot be read: ${String(error).slice(0, 200)}`)] };
  }
  if (!readable) return { source: null, problems };

  const placeOf = (node: Node | null | undefined): Place => {
    const [start, end] = node?.range ?? [0, 0];
    return { ...place(start), found: shorten(text.slice(start, end)) };
  };
  const value = plain(root, [], (node, path, problem) => {
    problems.push({ ...placeOf(node), path: writtenPath(path), problem });
  });
  const source: YamlSource = {
    value,
    at(path) {
      for (let length = path.length; length > 0; length--) {
        const node = nodeAt(root, path.slice(0, length));
        if (node === null) continue;
        return length === path.length ? placeOf(node) : source.atKey(path.slice(0, length));
      }
      return { ...placeOf(root), found: '' };
    },
    atKey(path) {
      const parent = nodeAt(root, path.slice(0, -1));
      const key = path.at(-1);
      const pair = isMap(parent)
        ? parent.items.find((item) => keyOf(item.key) === String(key))
        : undefined;
      if (pair) return placeOf(pair.key as Node);
      const here = nodeAt(root, path);
      return here ? { ...placeOf(here), found: '' } : { ...placeOf(root), found: '' };
    },
    within(path, offset, length) {
      const node = nodeAt(root, path);
      const [start, end] = node?.range ?? [0, 0];
      const content = isScalar(node) && typeof node.value === 'string' ? node.value.trimEnd() : '';
      const begins = content === '' ? -1 : text.slice(start, end).indexOf(content);
      if (begins < 0) return placeOf(node);
      return {
        ...place(start + begins + offset),
        found: shorten(content.slice(offset, offset + length)),
      };
    },
  };
  return { source, problems };
}

const keyOf = (key: unknown): string => (isScalar(key) ? String(key.value) : '');

function nodeAt(root: Node | null, path: YamlPath): Node | null {
  let node: unknown = root;
  for (const part of path) {
    if (isMap(node)) {
      node = node.items.find((item) => keyOf(item.key) === String(part))?.value;
    } else if (isSeq(node) && typeof part === 'number') node = node.items[part];
    else return null;
  }
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node : null;
}

function plain(
  node: unknown,
  path: PropertyKey[],
  problem: (node: Node, path: PropertyKey[], words: string) => void,
): unknown {
  if (isScalar(node)) return node.value;
  if (isAlias(node)) {
    problem(node, path, 'is an alias, which is not supported: write the value out');
    return undefined;
  }
  if (!isMap(node) && !isSeq(node)) return null;
  if (path.length >= DEEPEST) {
    problem(node, path.slice(0, 3), 'is nested too deep');
    return undefined;
  }
  if (isSeq(node)) return node.items.map((item, at) => plain(item, [...path, at], problem));
  const record: Record<string, unknown> = Object.create(null);
  for (const pair of node.items) {
    const key = keyOf(pair.key);
    if (!Object.hasOwn(record, key)) record[key] = plain(pair.value, [...path, key], problem);
  }
  return record;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** What each stand for itself; of anything else, what follows the first is mostly its consequence. */
const INDEPENDENT = new Set(['DUPLICATE_KEY', 'TAG_RESOLVE_FAILED', 'NON_STRING_KEY']);

function faultsThatCount(errors: YAMLError[]): YAMLError[] {
  const tab = errors.find((one) => one.code === 'TAB_AS_INDENT');
  const first = tab ?? errors.find((one) => !INDEPENDENT.has(one.code));
  return errors.filter((one) => one === first || INDEPENDENT.has(one.code));
}

/** Where a text without its closing quote begins: the parser points at where it gave up. */
function quoteBefore(text: string, end: number): number {
  const line = text.lastIndexOf('\n', end - 1) + 1;
  const opened = /["'](?=[^"']*$)/.exec(text.slice(line, end));
  return opened === null ? end : line + opened.index;
}

function syntaxWords(code: string, message: string): { problem: string; suggestion?: string } {
  const first = (message.split('\n')[0] ?? '').slice(0, 200);
  switch (code) {
    case 'DUPLICATE_KEY':
      return { problem: 'is a key that stands here twice', suggestion: 'keep one of them' };
    case 'TAG_RESOLVE_FAILED':
      return {
        problem: 'begins with `!`, which is a tag in YAML',
        suggestion: 'put the text in quotes: "!valid"',
      };
    case 'TAB_AS_INDENT':
      return { problem: 'is indented with a tab', suggestion: 'YAML takes spaces only' };
    case 'MULTIPLE_DOCS':
      return { problem: 'begins a second document', suggestion: 'a policy is one document' };
    case 'NON_STRING_KEY':
      return { problem: 'is a key that is no text', suggestion: 'a key is a plain name' };
    case 'BAD_INDENT':
      return first.startsWith('Flow')
        ? { problem: 'is where a { or [ that was opened before is not closed' }
        : {
            problem: 'is indented otherwise than what it stands beside',
            suggestion: 'keys of one map begin in the same column',
          };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        problem: 'has another colon behind it, so YAML takes it for a key',
        suggestion: 'put a text with a colon in quotes',
      };
    case 'MISSING_CHAR':
      if (/closing ["']quote/.test(first))
        return { problem: 'is a quote that is never closed', suggestion: 'close it' };
      return { problem: `is not YAML: ${first}` };
    default:
      return { problem: `is not YAML: ${first}` };
  }
}
