/** `hitl start`: the process. The only place where signals, exit codes and the real clock meet the pager. */
import type { Command } from 'commander';
import { systemClock } from '../domain/clock.ts';
import { createLog } from '../world/log.ts';
import { readConfig } from '../config/config.ts';
import type { Pager } from '../app/start-pager.ts';
import { reasonsOf, unforeseen } from './reasons.ts';
import type { ExitCode, Finish } from './cli-context.ts';

/** One press of Ctrl-C can come as two signals: the terminal tells npm and us, and npm tells us again. */
const SAME_PRESS_MS = 300;
/** What is in flight when the process is told to stop has this long. */
const STOP_WITHIN_MS = 10_000;

export function startCommand(program: Command, finish: Finish): void {
  program
    .command('start')
    .description('take items in, ask experts in Slack, hand results back; until it is told to stop')
    .action(async () => {
      finish(await start());
    });
}

async function start(): Promise<ExitCode> {
  const read = readConfig(process.env);
  if (!read.ok) return refuse('cannot start: the environment is not complete', read.problems);
  const { config } = read;
  const log = createLog(config.log_level);
  for (const notice of read.notices) log.warn(notice);

  let pager: Pager | null = null;
  let told: number | null = null;
  const stopped = new Promise<ExitCode>((resolve) => {
    const stop = (signal: NodeJS.Signals) => {
      const now = systemClock.now();
      if (told !== null) {
        if (now - told > SAME_PRESS_MS) process.exit(130);
        return;
      }
      told = now;
      log.info({ signal }, 'told to stop; a second signal stops at once');
      const late = setTimeout(() => {
        log.error(
          'something in flight did not end in time; whatever was not done is done at the next start',
        );
        process.exit(1);
      }, STOP_WITHIN_MS);
      void (async () => {
        try {
          await pager?.stop();
          resolve(0);
        } catch (error) {
          log.error({ err: error }, 'the stop failed');
          resolve(1);
        } finally {
          clearTimeout(late);
        }
      })();
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  });
  process.on('SIGHUP', () => {
    pager?.reload().catch((error: unknown) => log.error({ err: error }, 'the reload failed'));
  });

  try {
    // Loaded only here: every other command does without it, and answers the sooner.
    const { startPager } = await import('../app/start-pager.ts');
    pager = await startPager(config, { clock: systemClock, log });
    if (told === null) {
      await Promise.race([pager.ready, stopped]);
    } else {
      // Told to stop before there was anything to stop.
      await pager.stop();
    }
  } catch (error) {
    await pager?.stop().catch(() => {});
    return refuse('cannot start', reasonsOf(error, config.data_dir) ?? [unforeseen(error)]);
  }
  return stopped;
}

function refuse(what: string, problems: string[]): ExitCode {
  process.stderr.write(`hitl: ${what}\n${problems.map((problem) => `  - ${problem}\n`).join('')}`);
  return 1;
}
