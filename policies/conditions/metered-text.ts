/**
 * The text of a condition with calls of the meter put into its loops and patterns (`condition-meter.ts` answers them). It
 * is written from the tree that was checked, so what it means stays the same. Pure.
 */
import { serialize, type ASTNode } from '@marcbachmann/cel-js';

/** What the meter adds to the names of functions, and its own functions: `metered` is where they are known. */
export const METERED = '__metered';
export const STEP = `step${METERED}`;
export const STEP_OR_FAIL = `stepOrFail${METERED}`;
export const COUNTED = `counted${METERED}`;

/** Methods that go over their whole text or list. */
const LINEAR = ['contains', 'indexOf', 'split', 'join', 'lowerAscii', 'upperAscii', 'trim', 'size'];

/** The condition's text with its meter in it; `metered` is false where nothing in it needs one. */
export function meteredText(root: ASTNode): { text: string; metered: boolean } {
  let metered = false;
  const write = (node: ASTNode, loops: number): ASTNode => {
    const inside = (one: ASTNode): ASTNode => write(one, loops);
    switch (node.op) {
      case 'value':
        return typeof node.args === 'number' ? plain('id', exactNumber(node.args)) : node;
      case 'id':
        return node;
      case '.':
      case '.?':
        return plain(node.op, [inside(node.args[0]), node.args[1]]);
      case 'call': {
        const [name, args] = node.args;
        if (name === 'has') return node;
        const counts = name === 'size' && loops > 0;
        return plain('call', [
          name,
          args.map((one) => (counts ? counted(inside(one)) : inside(one))),
        ]);
      }
      case 'rcall': {
        const [name, of, args] = node.args;
        if (isLoop(name, args)) {
          metered = true;
          return plain('rcall', [
            name,
            inside(of),
            loopBody(name, args, (one) => write(one, loops + 1)),
          ]);
        }
        if (name === 'matches' || name === 'lastIndexOf') {
          metered = true;
          return plain('rcall', [name + METERED, inside(of), args.map(inside)]);
        }
        const receiver = inside(of);
        const counts = loops > 0 && LINEAR.includes(name);
        return plain('rcall', [name, counts ? counted(receiver) : receiver, args.map(inside)]);
      }
      case 'in': {
        const [value, list] = node.args;
        const within = inside(list);
        return plain('in', [inside(value), loops > 0 ? counted(within) : within]);
      }
      case 'list':
        return plain('list', node.args.map(inside));
      case 'map':
        return plain(
          'map',
          node.args.map(([key, value]) => [inside(key), inside(value)]),
        );
      case '!_':
      case '-_':
        return plain(node.op, inside(node.args));
      default:
        return plain(node.op, node.args.map(inside));
    }
  };
  const text = serialize(write(root, 0));
  return { text, metered };
}

type Loop = 'all' | 'exists' | 'exists_one' | 'filter' | 'map';
const LOOPS: readonly string[] = ['all', 'exists', 'exists_one', 'filter', 'map'] satisfies Loop[];

const isLoop = (name: string, args: readonly ASTNode[]): boolean =>
  LOOPS.includes(name) && args.length > 1;

/** `all` and `exists` go on after an error, so they are ended by their own answer; the others end at an error. */
function loopBody(name: string, args: ASTNode[], write: (node: ASTNode) => ASTNode): ASTNode[] {
  const [variable, first, second] = args;
  if (variable === undefined || first === undefined) return args;
  const step = (by: string): ASTNode => {
    const [nodes, wholes] = weightOf([first, ...(second ? [second] : [])]);
    return plain('call', [by, [literal(nodes), literal(wholes)]]);
  };
  const guarded = (by: string, end: boolean): ASTNode =>
    plain('?:', [step(by), write(first), plain('value', end)]);
  if (name === 'all') return [variable, guarded(STEP, false)];
  if (name === 'exists') return [variable, guarded(STEP, true)];
  if (name !== 'map') return [variable, guarded(STEP_OR_FAIL, false)];
  return second === undefined
    ? [variable, step(STEP_OR_FAIL), write(first)]
    : [variable, guarded(STEP_OR_FAIL, false), write(second)];
}

/** How many nodes a turn of a loop evaluates, and how many of them compare or join what may be the whole item. */
function weightOf(nodes: readonly ASTNode[]): [nodes: bigint, wholes: bigint] {
  let count = 0n;
  let wholes = 0n;
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (typeof value !== 'object' || value === null || !('op' in value)) return;
    const node = value as ASTNode;
    count += 1n;
    if (node.op === '==' || node.op === '!=' || node.op === '+') {
      if (node.args.every((one) => one.op !== 'value')) wholes += 1n;
    }
    visit(node.args);
  };
  visit(nodes);
  return [count, wholes];
}

const counted = (node: ASTNode): ASTNode =>
  node.op === 'list' ? node : plain('call', [COUNTED, [node]]);
const literal = (value: bigint): ASTNode => plain('value', value);

/** Only `op` and `args` of a node are written as text. */
const plain = (op: ASTNode['op'], args: unknown): ASTNode => ({ op, args }) as ASTNode;

/** `serialize` rounds to nine decimals; a name is written as it stands. */
const exactNumber = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value);
