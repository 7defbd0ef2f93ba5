/** `hitl doctor`: says of each thing the pager needs whether it is good, or what to do. Goes on past what is not. */
import type { Command } from 'commander';
import pino from 'pino';
import type { Finding } from '../domain/finding.ts';
import {
  lookAtData,
  lookAtEnvironment,
  lookAtPagerduty,
  lookAtPolicyFile,
  lookAtQueue,
} from './checks.ts';
import type { ExitCode, Finish, Shell } from './cli-context.ts';

export function doctorCommand(program: Command, shell: Shell, finish: Finish): void {
  program
    .command('doctor')
    .description(
      'look at tokens, scopes, channels, people, queue, data and clock: good, or what to do',
    )
    .option('--json', 'one JSON document: {good, findings: [{check, good, says}]}')
    .action(async (options: { json?: boolean }) => {
      finish(await doctor(shell, options.json ?? false));
    });
}

async function doctor(shell: Shell, json: boolean): Promise<ExitCode> {
  const findings: Finding[] = [];
  for await (const finding of lookAtAll(shell)) {
    findings.push(finding);
    if (!json) shell.out(`${WORD[String(finding.good)]}  ${finding.check}: ${finding.says}`);
  }
  const count = (good: boolean | null) => findings.filter((one) => one.good === good).length;
  const mend = count(false);
  if (json) shell.out(JSON.stringify({ good: mend === 0, findings }, null, 2));
  else {
    const skipped = count(null) === 0 ? '' : `, ${count(null)} not looked at`;
    shell.out(`${count(true)} passed, ${mend} failed${skipped}`);
  }
  return mend === 0 ? 0 : 1;
}

const WORD: Record<string, string> = { true: 'good', false: 'FIX ', null: '   ?' };

async function* lookAtAll(shell: Shell): AsyncGenerator<Finding> {
  const { findings, config, wrong } = lookAtEnvironment(shell.env);
  yield* findings;
  const { finding, policy } = await lookAtPolicyFile(config.policy);
  yield finding;
  yield* lookAtPagerduty(policy, config);
  const { lookAtSlack } = await import('../slack/doctor.ts');
  yield* lookAtSlack({
    slack: config.slack,
    given: {
      bot_token: !wrong.has('SLACK_BOT_TOKEN'),
      way: !wrong.has('SLACK_APP_TOKEN'),
    },
    policy,
    clock: shell.clock,
    log: pino({ level: 'silent' }),
  });
  yield await lookAtQueue(config);
  yield* lookAtData(config.data_dir);
}
