/** The `hitl` command line: every command, its help, and how each way of ending becomes an exit code. */
import { Command, CommanderError } from 'commander';
import { VARIABLES } from '../config/variables.ts';
import { auditCommand } from './audit.ts';
import { dataDir } from './data-dir.ts';
import { doctorCommand } from './doctor.ts';
import { eraseCommand } from './erase.ts';
import { exportCommand } from './export.ts';
import { migrateCommand } from './migrate.ts';
import { oncallCommand } from './oncall.ts';
import { policyCommand } from './policy.ts';
import { UsageError, type ExitCode, type Finish, type Shell } from './cli-context.ts';
import { reasonsOf, unforeseen } from './reasons.ts';
import { startCommand } from './start.ts';
import { submitCommand } from './submit.ts';
import { version } from './version.ts';

/** Runs the command that `args` name (without node and script). Resolves with the exit code; never throws. */
export async function run(args: readonly string[], shell: Shell): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = hitl(shell, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError) {
      shell.err(`hitl: ${error.message}`);
      return error.code;
    }
    const reasons = reasonsOf(error, dataDir(shell.env)) ?? [unforeseen(error)];
    for (const reason of reasons) shell.err(`hitl: ${reason}`);
    return 1;
  }
}

function hitl(shell: Shell, finish: Finish): Command {
  const program = new Command('hitl')
    .description(
      'Pager duty for data: AI systems page human experts in Slack, and get a decision back.',
    )
    .version(version())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => shell.out(text.replace(/\n$/, '')),
      writeErr: (text) => shell.err(text.replace(/\n$/, '')),
    })
    .configureHelp({ helpWidth: HELP_WIDTH })
    .showHelpAfterError('`hitl --help` says what there is.')
    .addHelpText('after', () => `\n${EXAMPLES}\n\n${variables()}\n\n${EXIT_CODES}`);
  program.commandsGroup('The pager:').helpCommand('help [command]', 'more on one command');
  startCommand(program, finish);
  doctorCommand(program, shell, finish);
  migrateCommand(program, shell, finish);
  program.commandsGroup('Items:');
  submitCommand(program, shell, finish);
  program.commandsGroup('The policy:');
  policyCommand(program, shell, finish);
  program.commandsGroup('On call:');
  oncallCommand(program, shell, finish);
  program.commandsGroup('The record:');
  auditCommand(program, shell, finish);
  exportCommand(program, shell, finish);
  eraseCommand(program, shell, finish);
  return program;
}

const HELP_WIDTH = 100;

const EXAMPLES = `Examples:
  hitl doctor                              what is missing before the first start
  hitl start                               run, until told to stop
  hitl policy check                        is the policy file good
  hitl policy test                         does it do what it should
  hitl policy diff OLD NEW --since 30d     what a change would have done to the items of a month
  hitl policy explain item.json            which rule takes this item, and why
  hitl submit items.jsonl                  put items in; - reads standard input
  hitl oncall link billing-primary         who is on call, for your calendar
  hitl audit verify --expect sha256:…      has anything recorded been changed since
  hitl export decisions --since 30d        what was decided, as CSV
  hitl submit --help                       more on one command`;

const EXIT_CODES = `Exit codes:
  0 good    1 not good (refused, to mend, changed)    2 could not be run as it was called`;

/** Read by a command alone, and by no pager. */
const OF_COMMANDS: typeof VARIABLES = [
  {
    name: 'HITL_URL',
    what: 'where `hitl submit` finds a running pager, and where `hitl oncall link` says it is',
    otherwise: 'this machine, at PORT',
  },
];

function variables(): string {
  const all = [...VARIABLES, ...OF_COMMANDS];
  const width = Math.max(...all.map(({ name }) => name.length)) + 2;
  const lines = all.flatMap(({ name, what, otherwise }) => {
    const [first = '', ...rest] = wrapped(
      `${what}; ${otherwise === 'needed' ? 'needed' : `not set: ${otherwise}`}`,
      HELP_WIDTH - 2 - width,
    );
    return [
      `  ${name.padEnd(width)}${first}`,
      ...rest.map((line) => `  ${' '.repeat(width)}${line}`),
    ];
  });
  return `Environment:\n${lines.join('\n')}`;
}

/** Broken at blanks into lines of at most `width` characters, as far as words allow. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
