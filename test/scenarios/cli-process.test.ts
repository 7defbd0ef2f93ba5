import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { built } from '../built.ts';
import { API_TOKEN, openDesk, question, type Desk } from './desk.ts';

/** `hitl`, as a process of its own. With `unread` nobody reads what it says, as behind a `head` that has seen enough. */
function hitl(
  args: string[],
  given: { env?: Record<string, string>; stdin?: string; unread?: boolean } = {},
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [built('src/main.ts'), ...args], {
      env: { PATH: process.env['PATH'] ?? '', ...given.env },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (said: Buffer) => {
      out += said.toString();
    });
    child.stderr.on('data', (said: Buffer) => {
      err += said.toString();
    });
    if (given.unread) child.stdout.destroy();
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(given.stdin ?? '');
  });
}

let folder: string;
let desk: Desk;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hitl-cli-'));
  desk = await openDesk();
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the hitl command, run as a process', () => {
  it('reads standard input, puts the item in, and ends at once with 0', async () => {
    const said = await hitl(['submit', '-', '--url', `http://127.0.0.1:${desk.pager.port}`], {
      env: { HITL_API_TOKEN: API_TOKEN },
      stdin: JSON.stringify(question('by-pipe')),
    });
    expect(said).toMatchObject({ code: 0, out: 'by-pipe: accepted, open (rule unsure)\n' });
    expect((await desk.card('by-pipe')).ts).toBeTruthy();
  });

  it('exits 1 where something is not good, 2 where it was called wrongly, never with a stack', async () => {
    writeFileSync(join(folder, 'bad.yaml'), 'version: 2\n');
    const [bad, missing, unreadable, unknown, start] = await Promise.all([
      hitl(['policy', 'check', join(folder, 'bad.yaml')]),
      hitl(['policy', 'explain', join(folder, 'nowhere.json')]),
      hitl(['submit', folder]),
      hitl(['frobnicate']),
      hitl(['start']),
    ]);
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(/bad\.yaml:1:/);
    expect(missing).toMatchObject({ code: 2, out: '' });
    expect(missing.err).toBe(`hitl: ${join(folder, 'nowhere.json')}: there is no such file\n`);
    expect(unreadable).toMatchObject({ code: 2, err: `hitl: ${folder}: it is a folder\n` });
    expect(unknown.code).toBe(2);
    expect(start.code).toBe(1);
    expect(start.err).toMatch(/^hitl: cannot start: .*\n {2}- SLACK_BOT_TOKEN: not set/);
    for (const said of [bad, missing, unreadable, unknown, start])
      expect(said.out + said.err).not.toMatch(/\n\s+at /);
  });

  it('whose reader goes away ends quietly', async () => {
    expect(await hitl(['--help'], { unread: true })).toEqual({ code: 0, out: '', err: '' });
  });

  it('finds nothing wrong with the desk it was put in by, and with what was recorded', async () => {
    const verified = await hitl(['audit', 'verify'], { env: { HITL_DATA_DIR: desk.data_dir } });
    expect(verified.code).toBe(0);
    expect(verified.out).toMatch(/^good: .* 1 item, 0 decisions\nhead \d+ sha256:/);
  });
});
