/** Reads the policy file. The only place that touches it. */
import { readFile } from 'node:fs/promises';
import { formatProblem, parsePolicy } from '../../policies/file/parse-policy.ts';
import { sha256 } from '../domain/hash.ts';
import type { Policy } from '../../policies/policy.ts';

export type LoadedPolicy =
  | { ok: true; policy: Policy; notices: string[] }
  | {
      ok: false;
      problems: string[];
      /** Tells one content from another; of a file that cannot be read, how. */
      content: string;
    };

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
    const problem = `${path}: ${why}. HITL_POLICY names the policy file.`;
    return { ok: false, problems: [problem], content: why };
  }
  const parsed = parsePolicy(text);
  if (parsed.ok) return parsed;
  const problems = parsed.problems.map((problem) => formatProblem(problem, path));
  return { ok: false, problems, content: sha256(text) };
}
