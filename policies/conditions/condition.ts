/**
 * Conditions: CEL text to something that holds or does not hold for an item. Compiled and type-checked once, when the
 * file is loaded. Pure.
 */
import { Environment, type ASTNode } from '@marcbachmann/cel-js';
import { registerMeter, runMetered } from './condition-meter.ts';
import { checkedTests } from './condition-check.ts';
import { conditionFault, type ConditionFault } from './condition-fault.ts';
import { RECORD_CLASSES, RECORD_FIELDS, recordFields } from './item-view.ts';
import { meteredText } from './metered-text.ts';
import { VARIABLES, type Sight, type Variable } from './condition-scope.ts';

export interface Condition {
  /** As written. */
  source: string;
  /** Whether it is literally `true`. */
  always: boolean;
  /** Throws where it cannot be evaluated for this item. */
  holds(sight: Sight): boolean;
  root: ASTNode;
  /** Its tests, for words. */
  part: Part;
  reads: ReadonlySet<Variable>;
}

/** A condition taken apart at its `&&` and `||`. */
export type Part =
  | { type: 'all' | 'any'; parts: Part[] }
  | { type: 'test'; node: ASTNode; holds(sight: Sight): boolean };

export type Compiled = { ok: true; condition: Condition } | { ok: false; faults: ConditionFault[] };

const LIMITS = { maxAstNodes: 2000, maxDepth: 60, maxListElements: 500 };

const environment = conditionEnvironment();
/** Runs what `meteredText` wrote, which is some times as long and deep as what was read. */
const metered = registerMeter(
  environment.clone({
    limits: { ...LIMITS, maxAstNodes: 10 * LIMITS.maxAstNodes, maxDepth: 4 * LIMITS.maxDepth },
  }),
);

/** Records first those that others name. Every number of an item is a double, so whole literals must meet doubles. */
function conditionEnvironment(): Environment {
  const cel = new Environment({ limits: LIMITS });
  for (const [name, fields] of Object.entries(RECORD_FIELDS).reverse()) {
    const ctor = Object.entries(RECORD_CLASSES).find(([record]) => record === name)?.[1];
    if (ctor) cel.registerType(name, { ctor, fields });
  }
  type Numeric = number | bigint;
  for (const [left, right] of [
    ['double', 'int'],
    ['int', 'double'],
  ]) {
    const binary = (op: string, apply: (a: number, b: number) => number) =>
      cel.registerOperator(`${left} ${op} ${right}: double`, (a: Numeric, b: Numeric) =>
        apply(Number(a), Number(b)),
      );
    binary('+', (a, b) => a + b);
    binary('-', (a, b) => a - b);
    binary('*', (a, b) => a * b);
    binary('/', (a, b) => a / b);
  }
  cel.registerOperator('double == int', (a: Numeric, b: Numeric) => Number(a) === Number(b));
  for (const [name, type] of Object.entries(VARIABLES)) cel.registerVariable(name, type);
  return cel;
}

/** Compiles a condition; what is wrong with it comes with the place in its text. Never throws. */
export function compileCondition(source: string): Compiled {
  try {
    const program = environment.parse(source);
    const checked = program.check();
    if (!checked.valid) return { ok: false, faults: [conditionFault(checked.error, source)] };
    if (checked.type !== 'bool' && checked.type !== 'dyn') {
      const problem = `is a ${wordForType(checked.type ?? '')}, not something that holds or does not`;
      return { ok: false, faults: [{ start: 0, end: source.length, problem }] };
    }
    const { faults, reads } = checkedTests(program.ast);
    if (faults.length > 0) return { ok: false, faults };
    return {
      ok: true,
      condition: {
        source,
        always: program.ast.op === 'value' && program.ast.args === true,
        holds: holdsOf(program.ast),
        root: program.ast,
        part: partOf(program.ast),
        reads,
      },
    };
  } catch (error) {
    return { ok: false, faults: [conditionFault(error, source)] };
  }
}

const wordForType = (type: string): string =>
  type === 'double' || type === 'int'
    ? 'number'
    : type === 'string'
      ? 'text'
      : (recordFields(type) && 'record') || type;

/** Throws where the condition fails for this item, or would take too long. */
function holdsOf(node: ASTNode): (sight: Sight) => boolean {
  const { text, metered: isMetered } = meteredText(node);
  const program = metered.parse(text);
  program.check();
  return (sight) => {
    const truth = isMetered ? runMetered(program, sight) : program(sight.variables);
    if (typeof truth !== 'boolean') throw new Error('the condition gives neither true nor false');
    return truth;
  };
}

function partOf(node: ASTNode): Part {
  if (node.op === '&&' || node.op === '||') {
    const type = node.op === '&&' ? 'all' : 'any';
    const parts = node.args
      .map(partOf)
      .flatMap((part) => (part.type === type ? part.parts : [part]));
    return { type, parts };
  }
  // The tests stand outside of any macro, so that each can be run on its own.
  return { type: 'test', node, holds: holdsOf(node) };
}
