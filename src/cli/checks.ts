/**
 * What of this machine `hitl doctor` looks at: the environment, the policy file, the queue, the data folder. Reads only;
 * nothing is made or changed.
 */
import { access, constants, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { lackingKeys, pagerdutyKeys } from '../../policies/file/pagerduty-keys.ts';
import type { Policy } from '../../policies/policy.ts';
import { readConfig, type Config, type Environment } from '../config/config.ts';
import { looseModes } from '../store/data-folder.ts';
import { bad, good, unknown, type Finding } from '../domain/finding.ts';
import { limitsUnder, spaceWarning, spaceWords, type Space } from '../domain/free-space.ts';
import { measureSpace } from '../app/disk-watch.ts';
import { loadPolicy } from '../app/load-policy.ts';
import { openDatabase } from '../store/database.ts';
import { pendingMigrations } from '../store/pending-migrations.ts';

export interface ReadAround {
  findings: Finding[];
  /** With stand-ins for the variables in `wrong`, so that all the rest can be looked at. */
  config: Config;
  wrong: ReadonlySet<string>;
}

/** Where a needed variable is wrong, something of its form stands in for it and is never sent. */
const STAND_INS: Environment = { SLACK_BOT_TOKEN: 'xoxb-none', SLACK_APP_TOKEN: 'xapp-none' };

/** Reads the environment as `hitl start` does; one finding a problem. */
export function lookAtEnvironment(env: Environment): ReadAround {
  const read = readConfig(env);
  if (read.ok) {
    const findings = [good('environment', 'complete')];
    for (const notice of read.notices) findings.push(good('environment', notice));
    return { findings, config: read.config, wrong: new Set() };
  }
  const wrong = new Set(read.problems.map((problem) => problem.split(':', 1)[0] ?? ''));
  const patched = { ...env };
  for (const name of wrong) patched[name] = STAND_INS[name];
  const again = readConfig(patched);
  if (!again.ok) throw new Error(`the environment cannot be read: ${again.problems.join('; ')}`);
  return {
    findings: read.problems.map((problem) => bad('environment', problem)),
    config: again.config,
    wrong,
  };
}

/** Loads the policy. */
export async function lookAtPolicyFile(
  path: string,
): Promise<{ finding: Finding; policy: Policy | null }> {
  const loaded = await loadPolicy(path);
  if (loaded.ok) {
    const { policy } = loaded;
    const says = `${path}: ${policy.rules.length} rules, ${Object.keys(policy.domains).length} domains`;
    return { finding: good('policy', says), policy };
  }
  const [first = '', ...more] = loaded.problems;
  const rest =
    more.length === 0 ? '' : ` (and ${more.length} more: \`hitl policy check\` lists them)`;
  return { finding: bad('policy', `${first}${rest}`), policy: null };
}

/** Whether each PagerDuty key that the policy names is there; nothing is sent: an event would page somebody. */
export function* lookAtPagerduty(policy: Policy | null, config: Config): Generator<Finding> {
  if (policy === null) return;
  for (const problem of lackingKeys(policy, config.pagerduty.keys)) yield bad('pagerduty', problem);
  for (const [name, where] of pagerdutyKeys(policy))
    if (config.pagerduty.keys.has(name)) yield good('pagerduty', `${name} has its key (${where})`);
}

const REDIS_WITHIN_MS = 3000;

/** Asks Redis, where one is configured. */
export async function lookAtQueue(config: Config): Promise<Finding> {
  if (config.redis_url === undefined)
    return good(
      'queue',
      `built in, at ${join(config.data_dir, 'queue.db')} (REDIS_URL is not set)`,
    );
  const { host } = new URL(config.redis_url);
  const { Redis } = await import('ioredis');
  const redis = new Redis(config.redis_url, {
    lazyConnect: true,
    connectTimeout: REDIS_WITHIN_MS,
    commandTimeout: REDIS_WITHIN_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    enableOfflineQueue: false,
  });
  let trouble = 'it cannot be reached';
  redis.on('error', (error) => {
    trouble = error.message;
  });
  try {
    await redis.connect();
    await redis.ping();
    const info = await redis.info();
    const [, version = 'of an unknown version'] = /^redis_version:(\S+)/m.exec(info) ?? [];
    const [, evicts = 'noeviction'] = /^maxmemory_policy:(\S+)/m.exec(info) ?? [];
    return evicts === 'noeviction'
      ? good('queue', `Redis ${version} at ${host} answers`)
      : bad(
          'queue',
          `Redis at ${host} may throw jobs away when it is full (maxmemory-policy ${evicts}): set noeviction`,
        );
  } catch (error) {
    const words = error instanceof Error && !/closed/.test(error.message) ? error.message : trouble;
    return bad('queue', `Redis at ${host}: ${words}; check REDIS_URL, and that the server runs`);
  } finally {
    redis.disconnect();
  }
}

/** The data folder, the space left there, and the database. */
export async function* lookAtData(data_dir: string): AsyncGenerator<Finding> {
  const folder = resolve(data_dir);
  const ground = await nearest(folder);
  if (ground.trouble !== null) {
    yield bad('data folder', `${ground.trouble}: set HITL_DATA_DIR to a folder of this user's`);
    yield unknown('database', 'the data folder must be mended first');
    return;
  }
  const there = ground.path === folder;
  yield good('data folder', there ? folder : `${folder} is not there yet; it can be made`);
  if (there) yield* lookAtModes(folder);
  const space = await measureSpace(ground.path);
  yield* spaceFinding(space, folder);
  yield await lookAtDatabase(join(folder, 'hitl.db'));
}

/** Under a gigabyte somebody must make room now; under a tenth, soon. */
function* spaceFinding(space: Space, folder: string): Generator<Finding> {
  const warning = spaceWarning(space, folder);
  if (warning === null) yield good('free space', spaceWords(space));
  else if (limitsUnder(space).includes('gigabyte')) yield bad('free space', warning);
  else yield good('free space', `low: ${warning}`);
}

/** More than this says nothing new: `hitl start` tightens all that is the pager's. */
const LOOSE_SHOWN = 3;

async function* lookAtModes(folder: string): AsyncGenerator<Finding> {
  const loose = await looseModes(folder);
  if (loose.length === 0) yield good('file modes', 'the data folder is for this user alone');
  for (const line of loose.slice(0, LOOSE_SHOWN)) yield bad('file modes', line);
  const more = loose.length - LOOSE_SHOWN;
  if (more > 0)
    yield bad('file modes', `${more} more are open to others; \`hitl start\` tightens its own`);
}

async function lookAtDatabase(file: string): Promise<Finding> {
  if (!(await exists(file))) return good('database', 'not there yet; the first start makes it');
  const damaged = (error: unknown) =>
    bad(
      'database',
      `${file} cannot be read (${error instanceof Error ? error.message : String(error)}): put a backup in its place, or set HITL_DATA_DIR`,
    );
  let db;
  try {
    db = openDatabase(file, { readonly: true });
  } catch (error) {
    return damaged(error instanceof Error ? (error.cause ?? error) : error);
  }
  try {
    const pending = await pendingMigrations(db);
    return pending.length === 0
      ? good('database', `${file} is up to date`)
      : good('database', `${file} gets ${pending.join(', ')} at the next start`);
  } catch (error) {
    return damaged(error);
  } finally {
    await db.destroy();
  }
}

/** The nearest folder above that is there, and what keeps this user from writing below it. */
async function nearest(path: string): Promise<{ path: string; trouble: string | null }> {
  try {
    const found = await stat(path);
    if (!found.isDirectory()) return { path, trouble: `${path} is not a folder` };
    await access(path, constants.W_OK | constants.X_OK);
    return { path, trouble: null };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' && dirname(path) !== path) return nearest(dirname(path));
    if (code === 'ENOTDIR') return { path, trouble: `something above ${path} is a file` };
    return { path, trouble: `${path} cannot be written to` };
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
