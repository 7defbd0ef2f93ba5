/**
 * `npm run demo`: a simulated Slack and the pager beside it, a story told in the terminal, and then a running
 * installation to try. `--play` ends after the story. Arguments, signals and exit codes only.
 */
import { fstatSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAgent } from './agent.ts';
import { stayUp } from './live.ts';
import { lateFee, voucher } from './sample-items.ts';
import { startDemo, type Demo } from './start-demo.ts';
import { playStory } from './story.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import { CLOSING, INTRODUCTION, invitation } from './words.ts';

const USAGE = `npm run demo [-- --play]

  tells what the pager does, card by card, in a Slack simulated on this machine; then stays up
  --play   ends after the story: exit code 0 if all went as it should, 1 if not
`;
/** How long a person gets to read before the story goes on, in ms. */
const READING_MS = 1500;

async function main(args: string[]): Promise<number> {
  const play = args.includes('--play');
  const other = args.find((one) => one !== '--play');
  if (other !== undefined) {
    const asked = other === '--help' || other === '-h';
    (asked ? process.stdout : process.stderr).write(asked ? USAGE : `unknown: ${other}\n${USAGE}`);
    return asked ? 0 : 2;
  }
  const { signal, told } = interruption();
  let demo: Demo | null = null;
  const terminal = createTerminal({
    write: (text) => void process.stdout.write(text),
    width: process.stdout.isTTY ? process.stdout.columns : undefined,
    colour: process.stdout.isTTY && !process.env['NO_COLOR'],
    nameOf: (id) => demo?.slack.nameOf(id) ?? id,
  });
  try {
    terminal.prose(INTRODUCTION);
    demo = await Promise.race([startDemo({ past: !play }), told.then(() => null)]);
    // Half started there is nothing to lose; the data folder goes with the process.
    if (!demo) process.exit(0);
    if (!play) {
      // Whoever opens the page finds something to decide.
      await demo.producer.put(voucher);
      await demo.producer.putNext();
      terminal.prose(`Watch it in a browser as well, and decide: ${demo.page}`);
    }
    await Promise.race([told, tell(demo, terminal, signal, play)]);
    return 0;
  } catch (error) {
    if (signal.aborted) return 0;
    terminal.bad(error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    terminal.mute();
    await demo?.stop();
  }
}

async function tell(
  demo: Demo,
  terminal: Terminal,
  signal: AbortSignal,
  play: boolean,
): Promise<void> {
  const { slack, port, token } = demo;
  const agent = createAgent(port, token);
  const watched = process.stdout.isTTY && !play;
  const pause = async () => {
    if (watched) await sleep(READING_MS, undefined, { signal }).catch(() => {});
  };
  await playStory({ slack, agent, terminal, pause, signal });
  terminal.heading('That is all there is to it');
  terminal.prose(CLOSING);
  if (play || signal.aborted) return;
  await demo.producer.put(lateFee);
  const input = takesCommands() ? process.stdin : null;
  for (const { text, copy } of invitation({ ...demo, typed: input !== null })) {
    if (copy) terminal.verbatim(text);
    else terminal.prose(text);
  }
  await stayUp({ slack, agent, terminal, signal, input });
}

/** One Ctrl-C arrives twice under npm, which passes on what the terminal has told everybody already. In ms. */
const SAME_PRESS_MS = 300;

/** The first signal asks for a clean end, a second one takes it at once. */
function interruption(): { signal: AbortSignal; told: Promise<void> } {
  const controller = new AbortController();
  const told = new Promise<void>((resolve) => {
    let first: number | null = null;
    const stop = () => {
      if (first !== null && performance.now() - first > SAME_PRESS_MS) process.exit(130);
      first ??= performance.now();
      controller.abort();
      resolve();
    };
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
    // Whoever read this has gone (`| head`): there is nobody to tell anything to.
    process.stdout.on('error', () => {
      controller.abort();
      resolve();
    });
  });
  return { signal: controller.signal, told };
}

/** Whether someone types, or a program writes: not where stdin is closed or /dev/null. */
function takesCommands(): boolean {
  if (process.stdin.isTTY) return true;
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isSocket() || stat.isFile();
  } catch {
    return false;
  }
}

process.exitCode = await main(process.argv.slice(2));
