/**
 * Fails where a regular expression can be made to backtrack: `npm run check` runs it over the product and the simulator.
 * Every literal and every `RegExp(…)` whose text is constant is judged by recheck; one that is put together at run time
 * must be named in AT_RUN_TIME with the reason why it is harmless. Verdicts are kept in node_modules/.cache.
 *
 * tsx scripts/check-regexps.ts [FOLDER|FILE …]
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from 'recheck';
import { parseSync } from 'vite';

const PRODUCT = ['src', 'handlers', 'blocks', 'policies', 'migrations', 'simulator'];
const CACHE = 'node_modules/.cache/check-regexps.json';

/** File to what its patterns are made of. */
const AT_RUN_TIME: Record<string, string> = {
  'blocks/text/marked-text.ts':
    'fixed parts, each of one kind of character: test/src/linear-texts.test.ts holds its steps',
  'policies/file/draft-threshold.ts': 'a rule’s id, every sign of it escaped',
  'src/domain/linear-pattern.ts': 'only compiled, to see whether it is one; never run',
};

/** No time but the whole: recheck takes an attack that ran out of time for a success, and machines are busy. */
const LIMITS = {
  timeout: 60_000,
  attackTimeout: null,
  incubationTimeout: null,
  randomSeed: 1,
};

interface Found {
  file: string;
  line: number;
  source: string;
  flags: string;
}

interface Node {
  type: string;
  start: number;
  [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function* nodesUnder(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* nodesUnder(one);
  if (!isNode(value)) return;
  yield value;
  for (const one of Object.values(value)) if (typeof one === 'object') yield* nodesUnder(one);
}

/** A constant text, number or list of them; undefined where it is not. */
function constantOf(node: unknown, names: Map<string, Node>): unknown {
  if (!isNode(node)) return undefined;
  const parts = (list: unknown): unknown[] => (list as Node[]).map((one) => constantOf(one, names));
  const all = (list: unknown[]): boolean => list.every((one) => one !== undefined);
  switch (node.type) {
    case 'Literal':
      return node.regex === undefined || node.regex === null ? node.value : undefined;
    case 'Identifier':
      return constantOf(names.get(String(node.name)), names);
    case 'ArrayExpression': {
      const list = parts(node.elements);
      return all(list) ? list : undefined;
    }
    case 'BinaryExpression': {
      const [left, right] = parts([node.left, node.right]);
      return node.operator === '+' && all([left, right])
        ? [left, right].map(String).join('')
        : undefined;
    }
    case 'TaggedTemplateExpression': {
      const raw = isNode(node.tag) && isNode(node.tag.property) && node.tag.property.name === 'raw';
      return raw ? templateOf(node.quasi as Node, 'raw', names) : undefined;
    }
    case 'TemplateLiteral':
      return templateOf(node, 'cooked', names);
    case 'CallExpression': {
      const callee = node.callee as Node;
      if (!isNode(callee.property) || callee.property.name !== 'join') return undefined;
      const [list, by] = parts([callee.object, (node.arguments as Node[])[0]]);
      return Array.isArray(list) && typeof by === 'string' ? list.join(by) : undefined;
    }
    default:
      return undefined;
  }
}

function templateOf(node: Node, form: 'raw' | 'cooked', names: Map<string, Node>): unknown {
  const values = (node.expressions as Node[]).map((one) => constantOf(one, names));
  if (values.includes(undefined)) return undefined;
  const texts = node.quasis as { value: Record<string, string> }[];
  return texts.map((text, at) => `${text.value[form]}${String(values[at] ?? '')}`).join('');
}

/** The expressions of a file, and the lines where one cannot be read. */
function regexpsOf(file: string): { found: Found[]; unread: { file: string; line: number }[] } {
  const text = readFileSync(file, 'utf8');
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0]?.message}`);
  const nodes = [...nodesUnder(program)];
  const names = new Map<string, Node>();
  for (const node of nodes) {
    if (node.type === 'VariableDeclarator' && isNode(node.init)) {
      names.set(String((node.id as Node).name), node.init);
    }
  }
  const found: Found[] = [];
  const unread: { file: string; line: number }[] = [];
  for (const node of nodes) {
    const line = text.slice(0, node.start).split('\n').length;
    const regex = node.regex as { pattern: string; flags: string } | undefined;
    if (node.type === 'Literal' && regex) {
      found.push({ file, line, source: regex.pattern, flags: regex.flags });
    }
    if (node.type !== 'NewExpression' && node.type !== 'CallExpression') continue;
    if (!isNode(node.callee) || node.callee.name !== 'RegExp') continue;
    const [pattern, flags] = node.arguments as Node[];
    if (pattern?.type === 'Literal' && pattern.regex) continue;
    const source = constantOf(pattern, names);
    if (typeof source === 'string') {
      found.push({ file, line, source, flags: String(constantOf(flags, names) ?? '') });
    } else if (!Object.hasOwn(AT_RUN_TIME, file)) unread.push({ file, line });
  }
  return { found, unread };
}

function filesUnder(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('node_modules'));
}

const UNJUDGED = 'cannot be judged';

/** `safe`, or why not. */
async function judge(source: string, flags: string): Promise<string> {
  const verdict = await check(source, flags, LIMITS);
  if (verdict.status === 'safe') return 'safe';
  if (verdict.status === 'unknown') return `${UNJUDGED} (${verdict.error.kind})`;
  return `${verdict.complexity.summary}, as with ${verdict.attack.pattern}`;
}

function readCache(): Record<string, string> {
  try {
    return JSON.parse(readFileSync(CACHE, 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}

async function main(paths: readonly string[]): Promise<number> {
  const read = paths.flatMap(filesUnder).map(regexpsOf);
  const known = readCache();
  const kept: Record<string, string> = {};
  const problems = read.flatMap(({ unread }) =>
    unread.map(({ file, line }) => `${file}:${line} is put together at run time: name it here`),
  );
  const todo = read.flatMap(({ found }) => found);
  const keyOf = ({ source, flags }: Found): string => `/${source}/${flags}`;
  const verdicts = new Map<string, Promise<string>>();
  for (const one of todo) {
    const key = keyOf(one);
    if (!verdicts.has(key)) {
      verdicts.set(key, Promise.resolve(known[key] ?? judge(one.source, one.flags)));
    }
  }
  for (const one of todo) {
    const key = keyOf(one);
    const verdict = (await verdicts.get(key)) ?? 'safe';
    // What a busy machine had no time for is judged anew.
    if (!verdict.startsWith(UNJUDGED)) kept[key] = verdict;
    if (verdict !== 'safe')
      problems.push(`${one.file}:${one.line} ${key} can backtrack: ${verdict}`);
  }
  mkdirSync('node_modules/.cache', { recursive: true });
  writeFileSync(CACHE, JSON.stringify({ ...known, ...kept }));
  for (const problem of problems) console.error(problem);
  console.log(`\n${verdicts.size} regular expressions, ${problems.length} at fault`);
  return problems.length === 0 ? 0 : 1;
}

const [, , ...paths] = process.argv;
process.exitCode = await main(paths.length > 0 ? paths : PRODUCT);
