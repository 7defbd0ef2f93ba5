/**
 * Every reason not to start: the process is really started, and says in one plain sentence what is wrong and what to do.
 */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoWorkspace } from '../../simulator/slack/seed.ts';
import { startSlack } from '../../simulator/slack/slack.ts';
import { migrate, openDatabase } from '../../src/store/database.ts';
import { lockDataDir } from '../../src/store/lock.ts';
import { built } from '../built.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';

type Slack = Awaited<ReturnType<typeof startSlack>>;

interface Case {
  env?: Record<string, string>;
  /** Node's own arguments. */
  node?: string[];
  /** The file that is started; the built product's by default. */
  main?: string;
  /** As another user, who may not write there; only root can start it so. */
  asNobody?: boolean;
}

const root = process.getuid?.() === 0;
const NOBODY = 65_534;
let folder: string;
let slack: Slack;
let disk: SmallDisk;
let taken: Server;
let unlock: () => void;

const data = (name: string): string => {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
};
const inside = (name: string, file: string, content: string | Uint8Array): string => {
  writeFileSync(join(data(name), file), content);
  return data(name);
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hitl-cannot-'));
  chmodSync(folder, 0o755);
  slack = await startSlack({ seed: demoWorkspace });
  disk = await mountSmallDisk(1);
  taken = createServer();
  await new Promise<void>((done) => void taken.listen(0, '127.0.0.1', done));
  unlock = lockDataDir(join(data('locked'), 'hitl.lock'));
});
afterAll(async () => {
  unlock();
  await new Promise<void>((done) => void taken.close(() => done()));
  await disk.close();
  await slack.close();
  rmSync(folder, { recursive: true, force: true });
});

function start({ env = {}, node = [], main = built('src/main.ts'), asNobody }: Case) {
  const child = spawn(process.execPath, [...node, main, 'start'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      HITL_DATA_DIR: data('fresh'),
      HITL_POLICY: resolve('policies/default.yaml'),
      PORT: '0',
      ...env,
    },
    ...(asNobody && root ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  return new Promise<{ code: number | null; out: string; err: string }>((done, fail) => {
    let out = '';
    let err = '';
    child.stdout.on('data', (said: Buffer) => (out += said.toString()));
    child.stderr.on('data', (said: Buffer) => (err += said.toString()));
    child.on('error', fail);
    child.on('close', (code) => done({ code, out, err }));
  });
}

/** The built product beside a better-sqlite3 that is as `change` leaves it. Resolves to its main file. */
function installed(name: string, change: (sqlite: string) => void): string {
  const packages = join(folder, name, 'node_modules');
  mkdirSync(packages, { recursive: true });
  cpSync(dirname(built('src/main.ts')), join(packages, '.hitl-tests'), { recursive: true });
  cpSync('node_modules/better-sqlite3/package.json', join(packages, 'better-sqlite3/package.json'));
  cpSync('node_modules/better-sqlite3/lib', join(packages, 'better-sqlite3/lib'), {
    recursive: true,
  });
  for (const one of ['bindings', 'file-uri-to-path'])
    symlinkSync(resolve('node_modules', one), join(packages, one));
  cpSync('package.json', join(folder, name, 'package.json'));
  change(join(packages, 'better-sqlite3'));
  return join(packages, '.hitl-tests', 'main.js');
}

/** A database of this release, with one thing about it changed. */
async function database(name: string, change: (sqlite: SQLite.Database) => void): Promise<string> {
  const path = join(data(name), 'hitl.db');
  const db = openDatabase(path);
  await migrate(db);
  await db.destroy();
  const sqlite = new SQLite(path);
  sqlite.pragma('journal_mode = DELETE');
  change(sqlite);
  sqlite.close();
  return data(name);
}

const CASES: [what: string, words: RegExp, made: () => Case | Promise<Case>][] = [
  [
    'an environment that is not complete',
    /SLACK_BOT_TOKEN: not set; .*xoxb-/,
    () => ({ env: { SLACK_BOT_TOKEN: '' } }),
  ],
  [
    'a variable that is wrong',
    /PORT: must be a number from 0 to 65535/,
    () => ({ env: { PORT: 'x' } }),
  ],
  [
    'a policy file that is not there',
    /nowhere\.yaml: there is no such file\. HITL_POLICY names the policy file/,
    () => ({ env: { HITL_POLICY: join(folder, 'nowhere.yaml') } }),
  ],
  [
    'a policy that is wrong',
    /policy\.yaml:1:\d+.*version/,
    () => ({
      env: { HITL_POLICY: join(inside('policies', 'policy.yaml', 'version: 2\n'), 'policy.yaml') },
    }),
  ],
  [
    'a folder that another pager uses',
    /another hitl process uses this data folder .*hitl\.lock is locked\): stop it first, or set HITL_DATA_DIR/,
    () => ({ env: { HITL_DATA_DIR: data('locked') } }),
  ],
  [
    'a port that is taken',
    /cannot listen on 127\.0\.0\.1:\d+: another process uses that port; end it, or set PORT/,
    () => ({ env: { PORT: String((taken.address() as AddressInfo).port) } }),
  ],
  [
    'an address of another machine',
    /cannot listen on 192\.0\.2\.1:0: this machine has no such address; set HITL_BIND/,
    () => ({ env: { HITL_BIND: '192.0.2.1' } }),
  ],
  [
    'a folder that is a file',
    /HITL_DATA_DIR \(.*\/file\) is a file, not a folder: name a folder/,
    () => ({ env: { HITL_DATA_DIR: join(inside('files', 'file', ''), 'file') } }),
  ],
  [
    'a folder below a file',
    /HITL_DATA_DIR \(.*\/file\/data\) lies below something that is a file: name a folder/,
    () => ({ env: { HITL_DATA_DIR: join(inside('files', 'file', ''), 'file', 'data') } }),
  ],
  [
    'a folder that cannot be made where it is named',
    /HITL_DATA_DIR \(.*\) or a file in it can't be opened: give it to the user that runs the pager \(chown -R USER/,
    () => {
      const closed = data('closed');
      chmodSync(closed, 0o555);
      return { env: { HITL_DATA_DIR: join(closed, 'data') }, asNobody: true };
    },
  ],
  [
    'a folder of another user',
    /HITL_DATA_DIR \(.*\) or a file in it can't be opened: give it to the user/,
    () => {
      const other = inside('other', 'hitl.db', '');
      chmodSync(other, 0o555);
      return { env: { HITL_DATA_DIR: other }, asNobody: true };
    },
  ],
  [
    'a disk that is full',
    /the disk that HITL_DATA_DIR \(.*\) is on is full: make room there/,
    () => {
      disk.fill();
      return { env: { HITL_DATA_DIR: disk.folder } };
    },
  ],
  [
    'a disk that can only be read',
    /HITL_DATA_DIR \(.*\) can only be read: mount its disk for writing/,
    () => {
      disk.empty();
      disk.readonly();
      return { env: { HITL_DATA_DIR: disk.folder } };
    },
  ],
  [
    'a file that is no database',
    /a database in HITL_DATA_DIR \(.*\) is damaged or is no database: .*put a backup in its place.*hitl\.db/,
    () => ({
      env: { HITL_DATA_DIR: inside('junk', 'hitl.db', 'no database at all '.repeat(500)) },
    }),
  ],
  [
    'a queue’s file that is no database',
    /a database in HITL_DATA_DIR .* is damaged .*queue\.db/,
    () => ({
      env: { HITL_DATA_DIR: inside('junk-queue', 'queue.db', 'no queue at all '.repeat(500)) },
    }),
  ],
  [
    'a database that is damaged within',
    /a database in HITL_DATA_DIR .* is damaged/,
    async () => ({
      env: {
        HITL_DATA_DIR: await database('damaged', (sqlite) => {
          sqlite.unsafeMode(true);
          sqlite.pragma('writable_schema = ON');
          sqlite.exec("UPDATE sqlite_master SET rootpage = 100000 WHERE type = 'table'");
        }),
      },
    }),
  ],
  [
    'a database of a newer hitl',
    /the database in HITL_DATA_DIR was written by a newer hitl: start that version/,
    async () => ({
      env: {
        HITL_DATA_DIR: await database('newer', (sqlite) => {
          sqlite.exec("INSERT INTO kysely_migration VALUES ('9999-later', '2030-01-01T00:00:00Z')");
        }),
      },
    }),
  ],
  [
    'a Redis that is not there',
    /cannot reach Redis: check REDIS_URL, and that the server runs .*ECONNREFUSED/,
    () => ({ env: { REDIS_URL: 'redis://127.0.0.1:1' } }),
  ],
  [
    'a token that Slack refuses',
    /Slack refuses the token \(invalid_auth\): check SLACK_BOT_TOKEN and SLACK_APP_TOKEN/,
    () => ({ env: { SLACK_BOT_TOKEN: 'xoxb-not-this-one' } }),
  ],
  [
    'a better-sqlite3 that was never built',
    /better-sqlite3 is not built for this Node \(v\d.*\): run `npm rebuild better-sqlite3`/,
    () => ({ main: installed('unbuilt', () => {}) }),
  ],
  [
    'a better-sqlite3 built for something else',
    /better-sqlite3 is not built for this Node \(v\d.*\): run `npm rebuild better-sqlite3`/,
    () => ({
      main: installed('foreign', (sqlite) => {
        mkdirSync(join(sqlite, 'build', 'Release'), { recursive: true });
        writeFileSync(
          join(sqlite, 'build', 'Release', 'better_sqlite3.node'),
          'for another machine',
        );
      }),
    }),
  ],
  [
    'a package that is not there',
    /the package better-sqlite3 is not there: run `npm ci`/,
    () => ({ main: installed('bare', (sqlite) => rmSync(sqlite, { recursive: true })) }),
  ],
  [
    'an older Node',
    /hitl needs Node 20\.19 or newer, and this is 18\.20\.4: install a newer one/,
    () => ({
      node: [
        '--import',
        `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'18.20.4'}})`,
      ],
    }),
  ],
];

describe('what keeps the pager from starting', () => {
  it.each(CASES)('%s', async (_what, words, made) => {
    const { code, out, err } = await start(await made());
    expect(err.replace(/\n {2}- /g, ' ')).toMatch(words);
    expect(err).toMatch(/^hitl: /);
    expect(code).toBe(1);
    // For people: no stack and no JSON.
    expect(err).not.toMatch(/\n\s+at |^\{/m);
    expect(out).not.toMatch(/"level":"?(?:fatal|60)/);
  });
});
