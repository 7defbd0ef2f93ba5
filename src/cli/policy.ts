/** `hitl policy …`: checks a policy file, and explains what it does with an item. */
import type { Command } from 'commander';
import { formatProblem, parsePolicy } from '../../policies/file/parse-policy.ts';
import { policyJsonSchema } from '../../policies/file/policy-json-schema.ts';
import type { Policy } from '../../policies/policy.ts';
import { explainItem, writtenExplanation } from './explain-item.ts';
import { diffPolicies } from './policy-diff.ts';
import { reloadPolicy } from './policy-reload.ts';
import { testPolicy } from './policy-test.ts';
import { readItems } from './read-items.ts';
import { samplingKey } from './sampling-key.ts';
import { UsageError, type ExitCode, type Finish, type Shell } from './cli-context.ts';

export function policyCommand(program: Command, shell: Shell, finish: Finish): void {
  const policy = program
    .command('policy')
    .helpCommand(false)
    .description(
      'check: is the file good; test: does it do what it should; diff: what would a change do; reload; explain: what it does with an item, and why',
    );
  policy
    .command('check')
    .argument('[file]', 'the policy (default: HITL_POLICY, else policies/default.yaml)')
    .description('every problem at once, each with its line and what would be right')
    .option('--json', 'one JSON document: {good, version, problems, notices}')
    .action(async (file: string | undefined, options: { json?: boolean }) => {
      finish(await check(shell, file ?? policyFile(shell), options.json ?? false));
    });
  policy
    .command('schema')
    .description('the JSON Schema of the policy file, for editors: policies/policy.schema.json')
    .action(() => {
      shell.out(JSON.stringify(policyJsonSchema(), null, 2));
      finish(0);
    });
  policy
    .command('test')
    .argument('[file]', 'the policy (default: HITL_POLICY, else policies/default.yaml)')
    .description('run the *.test.yaml beside it, and say which rules no test reaches')
    .option('--json', 'one JSON document')
    .action(async (file: string | undefined, options: { json?: boolean }) => {
      const path = file ?? policyFile(shell);
      finish(await testPolicy(shell, await goodPolicy(shell, path), path, options.json ?? false));
    });
  policy
    .command('diff')
    .argument('<old>', 'the policy as it is')
    .argument('<new>', 'the policy as it would be')
    .description('how many items would change route, from what to what, and each domain’s load')
    .option('--items <file>', 'items to try them on, one JSON object a line; - is standard input')
    .option('--since <moment>', 'those that came in since then: 30d, 2026-11-01')
    .option(
      '--db <file>',
      'the database for --since and for samples (default: hitl.db in HITL_DATA_DIR)',
    )
    .option(
      '--at <time>',
      'as if it were then, RFC 3339 (default: now; with --since, as they came)',
    )
    .option('--override-rate <share>', 'as if that were the rate, 0 to 1', '0')
    .option('--queue-depth <count>', 'as if that many waited', '0')
    .option('--json', 'one JSON document')
    .action(async (before: string, after: string, options: DiffFlags) => {
      const { at, overrideRate, queueDepth, ...more } = options;
      finish(
        await diffPolicies(shell, await goodPolicy(shell, before), await goodPolicy(shell, after), {
          ...more,
          ...(at === undefined ? {} : { at: timeOf(at) }),
          override_rate: numberOf('--override-rate', overrideRate, 1),
          queue_depth: numberOf('--queue-depth', queueDepth, Number.MAX_SAFE_INTEGER),
        }),
      );
    });
  policy
    .command('reload')
    .description('have the running pager read its policy again; a bad file changes nothing')
    .option('--json', 'one JSON document: {good, version, problems}')
    .action(async (options: { json?: boolean }) => {
      finish(await reloadPolicy(shell, options.json ?? false));
    });
  policy
    .command('explain')
    .argument('<item>', 'a file with one JSON item; - is standard input')
    .description('each rule tried, its condition with the values put in, and why it matched or not')
    .option('--policy <file>', 'the policy (default: HITL_POLICY, else policies/default.yaml)')
    .option('--db <file>', 'whose samples it takes (default: hitl.db in HITL_DATA_DIR)')
    .option('--at <time>', 'as if it were then, RFC 3339 (default: now)')
    .option('--override-rate <share>', 'as if that were the rate, 0 to 1', '0')
    .option('--queue-depth <count>', 'as if that many waited', '0')
    .option('--json', 'one JSON document')
    .action(async (file: string, options: ExplainOptions) => {
      finish(await explain(shell, file, options));
    });
}

const policyFile = (shell: Shell): string =>
  shell.env.HITL_POLICY?.trim() || 'policies/default.yaml';

async function check(shell: Shell, file: string, json: boolean): Promise<ExitCode> {
  const parsed = parsePolicy(await shell.read(file));
  if (json) {
    const found = parsed.ok
      ? { good: true, version: parsed.policy.version, problems: [], notices: parsed.notices }
      : { good: false, version: null, problems: parsed.problems, notices: [] };
    shell.out(JSON.stringify({ policy: file, ...found }, null, 2));
    return parsed.ok ? 0 : 1;
  }
  if (!parsed.ok) {
    for (const problem of parsed.problems) shell.out(formatProblem(problem, file));
    const count = parsed.problems.length;
    shell.out(`${count} ${count === 1 ? 'problem' : 'problems'}: this policy would not be used`);
    return 1;
  }
  const { policy, notices } = parsed;
  for (const notice of notices) shell.out(`${file}: note: ${notice}`);
  const rules = `${policy.rules.length} rules, ${Object.keys(policy.domains).length} domains`;
  shell.out(`${file} is good: ${rules}, version ${policy.version}`);
  return 0;
}

interface DiffFlags {
  items?: string;
  since?: string;
  db?: string;
  at?: string;
  overrideRate: string;
  queueDepth: string;
  json?: boolean;
}

interface ExplainOptions {
  policy?: string;
  db?: string;
  at?: string;
  overrideRate: string;
  queueDepth: string;
  json?: boolean;
}

async function explain(shell: Shell, file: string, options: ExplainOptions): Promise<ExitCode> {
  const policy = await goodPolicy(shell, options.policy ?? policyFile(shell));
  const [item, ...more] = readItems(await shell.read(file));
  if (item === undefined || 'problem' in item)
    throw new UsageError(`${file} ${item?.problem ?? 'is empty'}`);
  if (more.length > 0) throw new UsageError(`${file} has several items: give one`);
  const sampling = await samplingKey(shell, [policy], options.db);
  const explained = explainItem(policy, item.value, {
    now: options.at === undefined ? shell.clock.now() : timeOf(options.at),
    override_rate: numberOf('--override-rate', options.overrideRate, 1),
    queue_depth: numberOf('--queue-depth', options.queueDepth, Number.MAX_SAFE_INTEGER),
    sampling_key: sampling.key,
  });
  if (sampling.note !== null) shell.err(sampling.note);
  if (options.json) shell.out(JSON.stringify(explained, null, 2));
  else for (const line of writtenExplanation(explained, policy)) shell.out(line);
  return explained.valid ? 0 : 1;
}

async function goodPolicy(shell: Shell, file: string): Promise<Policy> {
  const parsed = parsePolicy(await shell.read(file));
  if (parsed.ok) return parsed.policy;
  const [first] = parsed.problems;
  const more = parsed.problems.length > 1 ? ` (and ${parsed.problems.length - 1} more)` : '';
  throw new UsageError(
    `${first ? formatProblem(first, file) : file}${more}: mend it first; \`hitl policy check\` lists all`,
  );
}

function timeOf(written: string): number {
  const time = /^\d{4}-\d\d-\d\dT/.test(written) ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(time))
    throw new UsageError(`--at ${written} is not a time like 2026-11-23T09:00:00Z`);
  return time;
}

function numberOf(name: string, written: string, most: number): number {
  const number = written.trim() === '' ? Number.NaN : Number(written);
  if (!(number >= 0 && number <= most))
    throw new UsageError(
      `${name} ${written} is not a number${most === 1 ? ' from 0 to 1' : ', 0 or more'}`,
    );
  return number;
}
