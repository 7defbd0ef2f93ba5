/** `hitl policy reload` and SIGHUP, between two processes: `hitl start` and the command. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { built } from '../built.ts';
import { demoWorkspace } from '../../simulator/slack/seed.ts';
import { startSlack } from '../../simulator/slack/slack.ts';
import { edited } from '../edited.ts';

const yaml = readFileSync('policies/default.yaml', 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'hitl-reload-'));
const file = join(folder, 'policy.yaml');
const data = join(folder, 'data');

function hitl(args: string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [built('src/main.ts'), ...args], {
    env: { PATH: process.env['PATH'] ?? '', HITL_DATA_DIR: data, ...env },
  });
}

const reload = (...args: string[]): Promise<{ code: number | null; said: string }> =>
  new Promise((resolve, reject) => {
    const child = hitl(['policy', 'reload', ...args], {});
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (part: Buffer) => {
        said += part.toString();
      });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
  });

describe('hitl policy reload', () => {
  let slack: Awaited<ReturnType<typeof startSlack>>;
  let pager: ChildProcess;
  const reports = () =>
    slack.messages('C0OPS').filter((one) => JSON.stringify(one).includes('not reloaded'));

  beforeAll(async () => {
    slack = await startSlack({ seed: demoWorkspace, now: () => Date.now() });
    writeFileSync(file, yaml);
    pager = hitl(['start'], {
      HITL_POLICY: file,
      PORT: '0',
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
    });
    await new Promise<void>((resolve, reject) => {
      pager.stdout?.on('data', (part: Buffer) => {
        if (part.toString().includes('"msg":"ready"')) resolve();
      });
      pager.on('exit', (code) => reject(new Error(`the pager ended with ${code}`)));
    });
  });
  afterAll(async () => {
    pager.kill('SIGKILL');
    await slack.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('a good file is in force, and its version is told', async () => {
    writeFileSync(file, edited(yaml, ['item.confidence < 0.60', 'item.confidence < 0.65']));
    const { code, said } = await reload();
    expect(said).toMatch(/^reloaded: version sha256:[0-9a-f]{64} is in force\n$/);
    expect(code).toBe(0);
  });

  it('a bad one changes nothing: every problem is told, and the operators once', async () => {
    writeFileSync(
      file,
      edited(yaml, ['item.impact >= 9.0', 'item.impakt >= 9.0'], ['C0OPS', 'ops']),
    );
    for (let time = 0; time < 2; time += 1) {
      const { code, said } = await reload();
      expect(code).toBe(1);
      expect(said).toContain(`${file}:`);
      expect(said).toContain('has no field `impakt`');
      expect(said).toMatch(/\nnot reloaded: version sha256:[0-9a-f]{64} stays in force\n$/);
    }
    await expect.poll(() => reports().length).toBe(1);
    writeFileSync(file, 'version: 2\n');
    expect(await reload('--json')).toMatchObject({
      code: 1,
      said: expect.stringContaining('"good":false'),
    });
    await expect.poll(() => reports().length).toBe(2);
  });

  it('once the pager has ended, whichever way, there is nobody to tell', async () => {
    pager.removeAllListeners('exit');
    const ended = new Promise((resolve) => pager.once('exit', resolve));
    pager.kill('SIGKILL');
    await ended;
    expect(await reload()).toMatchObject({
      code: 2,
      said: expect.stringContaining('no pager runs on'),
    });
  });
});
