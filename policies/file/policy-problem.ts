/**
 * What is wrong with a policy file, where, and what would be right. Pure.
 */

export interface PolicyProblem {
  /** From 1, as editors count. */
  line: number;
  column: number;
  /** `rules[3].route.ask.level`; empty: the file as a whole. */
  path: string;
  /** The offending text, shortened; empty where something is missing. */
  found: string;
  /** What is wrong, as a sentence about `path`. */
  problem: string;
  /** What would be right. */
  suggestion?: string;
}

/** One line a problem, in the form editors and terminals make clickable: `policies/default.yaml:12:7 …`. */
export function formatProblem(problem: PolicyProblem, fileName: string): string {
  const where = `${fileName}:${problem.line}:${problem.column}`;
  const subject = problem.path === '' ? '' : `${problem.path}: `;
  const found = problem.found === '' ? '' : ` (found: ${problem.found})`;
  const suggestion = problem.suggestion === undefined ? '' : `; ${problem.suggestion}`;
  return `${where} ${subject}${problem.problem}${found}${suggestion}`;
}

/** A path as one reads it: `rules[0].when`. */
export const writtenPath = (path: readonly PropertyKey[]): string =>
  path
    .map((part, at) =>
      typeof part === 'number' ? `[${part}]` : at === 0 ? String(part) : `.${String(part)}`,
    )
    .join('');
