/** Reads the policy file. The only place that touches it. */
import { readFile } from 'node:fs/promises';
import { formatProblem, parsePolicy } from '../policies/parse-policy.ts';
import type { Policy } from '../policies/policy.ts';

export type LoadedPolicy =
  | { ok: true; policy: Policy; notices: string[] }
  | { ok: false; problems: string[] };

/** Loads and checks the file whole. Each problem is a line with its place. */
export async function loadPolicy(path: string): Promise<LoadedPolicy> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const why =
      error instanceof Error && 'code' in error && error.code === 'ENOENT'
        ? 'there is no such file'
        : 'it cannot be read';
    return { ok: false, problems: [`${path}: ${why}. HITL_POLICY names the policy file.`] };
  }
  const parsed = parsePolicy(text);
  if (parsed.ok) return parsed;
  return { ok: false, problems: parsed.problems.map((problem) => formatProblem(problem, path)) };
}
