/** `hitl policy test`: runs the tests beside a policy. */
import { basename, dirname, join } from 'node:path';
import { formatProblem } from '../../policies/file/policy-problem.ts';
import {
  failureLines,
  readPolicyTests,
  runPolicyTest,
  unreachedRules,
  type TestResult,
} from '../../policies/routing/policy-tests.ts';
import type { Policy } from '../../policies/policy.ts';
import { UsageError, type ExitCode, type Shell } from './cli-context.ts';

/** Runs every test file of that policy. 0: all passed; 1: one did not, or a file is not good; 2: there are none. */
export async function testPolicy(
  shell: Shell,
  policy: Policy,
  file: string,
  json: boolean,
): Promise<ExitCode> {
  const files = await testFiles(shell, file);
  if (files.length === 0)
    throw new UsageError(
      `${file} has no tests beside it: they stand in ${join(dirname(file), `${stem(file)}.test.yaml`)}`,
    );
  const results: (TestResult & { file: string })[] = [];
  const problems: string[] = [];
  for (const one of files) {
    const read = readPolicyTests(await shell.read(one));
    if (!read.ok) problems.push(...read.problems.map((problem) => formatProblem(problem, one)));
    else
      for (const test of read.tests)
        results.push({ file: one, ...runPolicyTest(policy, test, shell.clock.now()) });
  }
  const unreached = unreachedRules(policy, results);
  const passed = results.filter((one) => one.passed).length;
  const good = problems.length === 0 && passed === results.length;
  if (json) {
    const found = { policy: file, version: policy.version, good, passed, problems, unreached };
    shell.out(JSON.stringify({ ...found, tests: results }, null, 2));
    return good ? 0 : 1;
  }
  for (const problem of problems) shell.out(problem);
  for (const result of results.filter((one) => !one.passed)) {
    shell.out(`${result.file}:${result.line} FAILED ${result.name}`);
    for (const line of failureLines(result)) shell.out(line);
  }
  shell.out(
    `${passed} of ${results.length} ${results.length === 1 ? 'test' : 'tests'} passed (${files.join(', ')})`,
  );
  shell.out(
    unreached.length === 0
      ? 'every rule is reached by a test'
      : `no test reaches: ${unreached.join(', ')}`,
  );
  return good ? 0 : 1;
}

const stem = (file: string): string => basename(file).replace(/\.ya?ml$/, '');

/** Whatever `*.test.yaml` stands beside it, but for those of another policy in the same folder (`other.test.yaml`). */
async function testFiles(shell: Shell, file: string): Promise<string[]> {
  const folder = dirname(file);
  const names = (await shell.list(folder)).toSorted();
  const stems = names
    .filter((name) => /\.ya?ml$/.test(name) && !isTest(name))
    .map(stem)
    .filter((one) => one !== stem(file));
  return names
    .filter((name) => isTest(name) && !stems.some((one) => name.startsWith(`${one}.`)))
    .map((name) => join(folder, name));
}

const isTest = (name: string): boolean => /\.test\.ya?ml$/.test(name);
