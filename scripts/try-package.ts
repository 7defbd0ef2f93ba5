/**
 * Tries the package as whoever installs it has it: packs it, looks at what is in it, installs it into an empty folder, and
 * runs its `hitl` there: `--help`, `policy check`, and `start` against the simulated Slack, with an item in, a decision
 * out, and a clean stop. Nothing of the sources is in its reach.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { demoWorkspace } from '../simulator/slack/seed.ts';
import { startSlack } from '../simulator/slack/slack.ts';

const ROOT = resolve(import.meta.dirname, '..');
const TOKEN = 'a-token-for-the-package';
/** What the package may hold. */
const SHIPPED =
  /^(package\.json|README\.md|LICENSE|manifest\.yml|policies\/[^/]+\.(yaml|json)|dist\/(src|handlers|blocks|policies|migrations)\/.+\.js(\.map)?)$/;
const PATIENCE_MS = 60_000;

function run(command: string, args: string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`, {
      cause: error,
    });
  return stdout;
}

/** Looks until there is something. */
async function until<T>(what: string, look: () => T | Promise<T>): Promise<NonNullable<T>> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`not within ${PATIENCE_MS} ms: ${what}`);
    await pause(50);
  }
}

async function pack(folder: string): Promise<string> {
  run('npm', ['pack', '--pack-destination', folder], ROOT);
  const { name, version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  const tarball = join(folder, `${name}-${version}.tgz`);
  const files = run('tar', ['-tzf', tarball], folder).trim().split('\n');
  const strange = files
    .map((file) => file.replace(/^package\//, ''))
    .filter((file) => !SHIPPED.test(file));
  if (strange.length > 0) throw new Error(`not to be shipped: ${strange.join(', ')}`);
  process.stdout.write(`packed: ${files.length} files\n`);
  return tarball;
}

/** Into an empty folder; returns the path of its `hitl`. */
async function install(tarball: string, folder: string): Promise<string> {
  await writeFile(join(folder, 'package.json'), '{}');
  // What it is built with was built by this project's own `npm ci` already, for this very Node.
  run('npm', ['install', '--prefer-offline', '--ignore-scripts', '--omit=dev', tarball], folder);
  const native = 'node_modules/better-sqlite3';
  const versionOf = async (root: string) =>
    (
      JSON.parse(await readFile(join(root, native, 'package.json'), 'utf8')) as {
        version: string;
      }
    ).version;
  if ((await versionOf(ROOT)) === (await versionOf(folder)))
    await cp(join(ROOT, native, 'build'), join(folder, native, 'build'), { recursive: true });
  else run('npm', ['rebuild', 'better-sqlite3'], folder);
  return join(folder, 'node_modules/.bin/hitl');
}

async function decide(hitl: string, folder: string): Promise<void> {
  const slack = await startSlack({ seed: demoWorkspace });
  let pager: ChildProcess | undefined;
  try {
    pager = spawn(hitl, ['start'], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'] ?? '',
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_API_URL: slack.apiUrl,
        HITL_POLICY: join(folder, 'node_modules/hitl-pager/policies/default.yaml'),
        HITL_DATA_DIR: join(folder, 'data'),
        HITL_API_TOKEN: TOKEN,
        PORT: '0',
      },
    });
    let said = '';
    for (const stream of [pager.stdout, pager.stderr])
      stream?.on('data', (part: Buffer) => {
        said += part.toString();
      });
    const ended = new Promise<number | null>((done) => pager?.on('exit', done));
    const port = await until('it listens', () => {
      if (pager?.exitCode !== null) throw new Error(`hitl start ended\n${said}`);
      return /"port":(\d+)/.exec(said)?.[1];
    });
    const api = `http://127.0.0.1:${port}`;
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    await until('it is ready', async () => (await fetch(`${api}/readyz`)).ok);
    const item = {
      id: 'packed-1',
      kind: 'approval',
      domain: 'billing',
      title: 'Refund 240 EUR?',
      action: { name: 'refund', args: { amount: 240 } },
      confidence: 0.4,
      impact: 5,
    };
    const put = await fetch(`${api}/v1/items`, {
      method: 'POST',
      headers,
      body: JSON.stringify(item),
    });
    if (put.status !== 202) throw new Error(`the item was answered ${put.status}`);
    const card = await until('its card', () => slack.messages('C0BILLING')[0]);
    await slack.user('alice').clicks('Approve').on(card);
    const heard = await fetch(`${api}/v1/items/packed-1?wait=30`, { headers });
    const { result } = (await heard.json()) as { result?: { outcome?: string } };
    if (result?.outcome !== 'approved') throw new Error(`it ended as ${JSON.stringify(result)}`);
    pager.kill('SIGTERM');
    const code = await ended;
    if (code !== 0) throw new Error(`hitl start ended with ${code}\n${said}`);
    if (slack.problems.length > 0) throw new Error(JSON.stringify(slack.problems));
  } finally {
    pager?.kill('SIGKILL');
    await slack.close();
  }
}

const temp = await mkdtemp(join(tmpdir(), 'hitl-package-'));
try {
  const folder = await mkdtemp(join(temp, 'empty-'));
  const hitl = await install(await pack(temp), folder);
  if (!run(hitl, ['--help'], folder).includes('policy')) throw new Error('it has no help');
  run(hitl, ['policy', 'check', 'node_modules/hitl-pager/policies/default.yaml'], folder);
  await decide(hitl, folder);
  process.stdout.write(
    'the package works alone: installed, helped, checked, started, decided, stopped\n',
  );
} finally {
  await rm(temp, { recursive: true, force: true });
}
