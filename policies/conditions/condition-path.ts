/**
 * Plain chains of fields in a condition, `item.action.args.amount`: their names, and their values. Pure.
 */
import type { ASTNode } from '@marcbachmann/cel-js';
import { VARIABLES, type ScopeValues } from './condition-scope.ts';

/** The names of a chain that begins at a variable; null for anything else. */
export function pathOf(node: ASTNode): string[] | null {
  switch (node.op) {
    case 'id':
      return Object.hasOwn(VARIABLES, node.args) ? [node.args] : null;
    case '.': {
      const path = pathOf(node.args[0]);
      return path && [...path, node.args[1]];
    }
    case '[]': {
      const [of, key] = node.args;
      if (key.op !== 'value' || typeof key.args !== 'string') return null;
      const path = pathOf(of);
      return path && [...path, key.args];
    }
    default:
      return null;
  }
}

/** Whether something that a chain leads to is hidden: it, a part of it, or what it is a part of. */
export const isHidden = (facts: ScopeValues, path: readonly string[]): boolean =>
  path[0] === 'item' &&
  facts.hidden.some((place) =>
    place.every((step, at) => at + 1 >= path.length || step === path[at + 1]),
  );

/** The value at the end of a chain, own keys only; undefined where there is none. */
export function valueAt(facts: ScopeValues, path: readonly string[]): unknown {
  let value: unknown = facts;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
      return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}
