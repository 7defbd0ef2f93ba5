/** The demo as a newcomer starts it: a process of its own, read from its output and told by its input. */
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { built } from '../built.ts';
import { createAgent } from '../../simulator/demo/agent.ts';
import { startDemo } from '../../simulator/demo/start-demo.ts';
import { playStory, SCENES } from '../../simulator/demo/story.ts';
import { createTerminal } from '../../simulator/demo/terminal.ts';
import config from '../../simulator/web/vite.config.ts';

interface Running {
  process: ChildProcessWithoutNullStreams;
  /** All it has said so far. */
  said(): string;
  /** Waits until it has said those words. */
  hears(words: string): Promise<void>;
  /** Its exit code, once neither it nor anything it started holds its output any more. */
  ended: Promise<number | null>;
}

describe('npm run demo', () => {
  let temp: string;
  let running: Running;
  beforeEach(async () => {
    temp = await mkdtemp(join(tmpdir(), 'hitl-demo-test-'));
  });
  afterEach(async () => {
    if (running.process.exitCode === null) running.process.kill('SIGKILL');
    await rm(temp, { recursive: true, force: true });
  });

  const foldersLeft = async () =>
    (await readdir(temp)).filter((name) => name.startsWith('hitl-demo-'));

  function demo(...args: string[]): Running {
    const child = spawn(process.execPath, [built('simulator/demo/demo.ts'), ...args], {
      env: { PATH: process.env['PATH'], TMPDIR: temp, REDIS_URL: 'unused' },
    });
    let text = '';
    let look = () => {};
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (more: string) => {
        text += more;
        look();
      });
    }
    const ended = new Promise<number | null>((resolve) => {
      child.on('close', (code) => {
        resolve(code);
        look();
      });
    });
    return {
      process: child,
      said: () => text,
      hears: (words) =>
        new Promise((resolve, reject) => {
          look = () => {
            if (text.includes(words)) resolve();
            else if (child.exitCode !== null)
              reject(new Error(`it ended without saying "${words}":\n${text}`));
          };
          look();
        }),
      ended,
    };
  }

  it('--play tells the whole story, ends with 0, and leaves nothing behind', async () => {
    running = demo('--play');
    await running.hears('1 of 6');
    expect(await foldersLeft()).toHaveLength(1);
    expect(await running.ended).toBe(0);

    const story = running.said();
    const milestones = [
      'pager duty for data',
      '“sure”: nobody is asked',
      '"auto_approved"',
      'Is this reply about moving a license right?',
      '✅ Approved by @carol',
      '"approved"',
      'iban: ••••',
      'only Oscar sees: “Only the Billing experts can decide this',
      'amount: `240` → `180`',
      'only Bob sees: “@alice edited and approved this',
      '"edited"',
      '"DE02120300000000202051"',
      '❌ Rejected by @erin',
      '"policy_violation"',
      '💬 Answered by @carol',
      '"answered"',
      'by @bob',
      '"direct"',
      'That is all there is to it',
    ];
    let from = 0;
    for (const milestone of milestones) {
      const at = story.indexOf(milestone, from);
      expect(at, `"${milestone}" after what came before it, in:\n${story}`).toBeGreaterThan(-1);
      from = at;
    }
    expect(story, 'no colour where nobody watches').not.toContain('\u001b[');
    expect(story.split('\n').filter((line) => [...line].length > 100)).toEqual([]);
    expect(await foldersLeft()).toEqual([]);
  });

  it('stays up: the curl it prints puts an item in, a typed line answers it, Ctrl-C ends it', async () => {
    running = demo();
    await running.hears('Ctrl-C ends it');
    const [put, wait] = running.said().match(/^curl -s [^]*?'$/gm) ?? [];
    expect((await curl(put)).status).toBe(202);
    await running.hears('│ Give customer 12 a discount of 30 percent?');
    running.process.stdin.write('oscar approve\n');
    await running.hears('only oscar sees');
    running.process.stdin.write('alice edit percent=15\n');
    await running.hears('The AI receives for mine-1');
    const heard = await curl(wait);
    expect(await heard.json()).toMatchObject({
      status: 'decided',
      result: { outcome: 'edited', action: { name: 'discount', args: { percent: 15 } } },
    });

    running.process.kill('SIGINT');
    expect(await running.ended).toBe(0);
    expect(await foldersLeft()).toEqual([]);
  });

  it('an argument it does not know is a usage error', async () => {
    running = demo('--fast');
    expect(await running.ended).toBe(2);
    expect(running.said()).toContain('--play');
  });
});

describe('the page of the demo', () => {
  it('is the one that the build wrote, and before the first build the way to build it', async () => {
    const folder = config.build?.outDir ?? '';
    const page = await readFile(join(folder, 'index.html'), 'utf8').catch(() => null);
    const started = await startDemo();
    try {
      const shown = await (await fetch(started.page)).text();
      expect(shown).toContain(page ?? 'npx vite build simulator/web');
    } finally {
      await started.stop();
    }
  });
});

describe('the story', () => {
  it('fails by name on what Slack would have minded', async () => {
    const started = await startDemo();
    try {
      started.slack.workspace.problems.push({ kind: 'late_ack', message: 'after 3.2 s', at: 0 });
      let told = '';
      const story = playStory({
        slack: started.slack,
        agent: createAgent(started.port, started.token),
        terminal: createTerminal({
          write: (text) => void (told += text),
          colour: false,
          nameOf: (id) => id,
        }),
        pause: async () => {},
        signal: AbortSignal.timeout(60_000),
      });
      await expect(story).rejects.toThrow(/late_ack.*after 3\.2 s/);
      expect(told).toContain(SCENES.at(-1)?.title);
    } finally {
      await started.stop();
    }
  });
});

/** Runs a command as pasted into a shell, with `curl` being this process's own way to call HTTP. */
async function curl(pasted: string | undefined): Promise<Response> {
  const stand = `curl() { "${process.execPath}" -e 'console.log(JSON.stringify(process.argv.slice(1)))' -- "$@"; }`;
  const shell = spawnSync('sh', ['-c', `${stand}\n${pasted}`], { encoding: 'utf8' });
  const args = JSON.parse(shell.stdout) as string[];
  const after = (flag: string) => args.flatMap((arg, at) => (args[at - 1] === flag ? [arg] : []));
  const url = args.find((arg) => arg.startsWith('http')) ?? '';
  const headers = after('-H').map((line) => line.split(': ') as [string, string]);
  const [body] = after('-d');
  return fetch(url, body === undefined ? { headers } : { method: 'POST', headers, body });
}
