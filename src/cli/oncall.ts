/** `hitl oncall …`: the link that a calendar subscribes to. */
import type { Command } from 'commander';
import { didYouMean } from '../domain/closest-name.ts';
import { formatProblem, parsePolicy } from '../../policies/file/parse-policy.ts';
import { calendarLink } from '../http/calendar-token.ts';
import { UsageError, type ExitCode, type Finish, type Shell } from './cli-context.ts';

export function oncallCommand(program: Command, shell: Shell, finish: Finish): void {
  const oncall = program
    .command('oncall')
    .helpCommand(false)
    .description('link: the address at which a calendar subscribes to a rotation');
  oncall
    .command('link')
    .argument('<rotation>', 'its name in the policy')
    .description('whoever has the link sees who is on call; it needs SLACK_BOT_TOKEN')
    .option(
      '--url <address>',
      'where the pager is reached (default: HITL_URL, else this machine and PORT)',
    )
    .option('--policy <file>', 'the policy (default: HITL_POLICY, else policies/default.yaml)')
    .action(async (rotation: string, options: { url?: string; policy?: string }) => {
      finish(await link(shell, rotation, options));
    });
}

async function link(
  shell: Shell,
  rotation: string,
  options: { url?: string; policy?: string },
): Promise<ExitCode> {
  const get = (name: string): string | undefined => shell.env[name]?.trim() || undefined;
  const bot_token = get('SLACK_BOT_TOKEN');
  if (bot_token === undefined)
    throw new UsageError('SLACK_BOT_TOKEN is not set: the link is derived from it');
  const base = options.url ?? get('HITL_URL') ?? `http://127.0.0.1:${get('PORT') ?? '3000'}`;
  if (!isHttp(base))
    throw new UsageError(`${JSON.stringify(base)} is not an http or https address`);
  const file = options.policy ?? get('HITL_POLICY') ?? 'policies/default.yaml';
  const parsed = parsePolicy(await shell.read(file));
  if (!parsed.ok) {
    for (const problem of parsed.problems) shell.err(formatProblem(problem, file));
    return 1;
  }
  const names = Object.keys(parsed.policy.rotations);
  if (!names.includes(rotation)) {
    shell.err(`hitl: ${file} has no rotation ${rotation}: ${didYouMean(rotation, names)}`);
    return 1;
  }
  shell.out(calendarLink(base, bot_token, rotation));
  return 0;
}

function isHttp(address: string): boolean {
  try {
    return /^https?:$/.test(new URL(address).protocol);
  } catch {
    return false;
  }
}
