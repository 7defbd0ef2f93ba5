/** The policy in force: loaded at start, replaced whole by a reload, never by a bad file. */
import { policyNotReloaded } from '../domain/operator-reports.ts';
import type { Logger } from 'pino';
import type { Policy } from '../../policies/policy.ts';
import { loadPolicy, type LoadedPolicy } from './load-policy.ts';
import { report } from '../outbox/operator-notices.ts';
import { StartRefused } from '../domain/start-refused.ts';
import type { World } from '../world/world.ts';

export interface PolicyInForce {
  now(): Policy;
  /** Reads the file again. Returns its problems; with any, the policy in force stays and the operators are told. */
  reload(world: World): Promise<string[]>;
}

/**
 * Loads the file. Throws StartRefused with every problem in it.
 * @param lacking what a policy needs and this installation does not have, a line each
 */
export async function policyInForce(
  path: string,
  log: Logger,
  lacking: (policy: Policy) => string[],
): Promise<PolicyInForce> {
  const load = async (): Promise<LoadedPolicy> => {
    const read = await loadPolicy(path);
    const problems = read.ok ? lacking(read.policy) : [];
    if (!read.ok || problems.length === 0) return read;
    return {
      ok: false,
      problems: problems.map((problem) => `${path}: ${problem}`),
      content: read.policy.version,
    };
  };
  const loaded = await load();
  if (!loaded.ok) throw new StartRefused(loaded.problems);
  for (const notice of loaded.notices) log.warn({ policy: path }, notice);
  let policy = loaded.policy;
  /** What the operators were told of last; a good file forgets it. */
  let told: string | null = null;
  const reload = async (world: World): Promise<string[]> => {
    const next = await load();
    if (next.ok) {
      const from = policy.version;
      const to = next.policy.version;
      if (from !== to)
        await world.commit((unit) =>
          unit.audit({ event: 'policy.reloaded', item_id: null, facts: { from, to } }),
        );
      policy = next.policy;
      told = null;
      for (const notice of next.notices) log.warn({ policy: path }, notice);
      log.info({ policy: path, version: to }, 'policy reloaded');
      return [];
    }
    log.error({ problems: next.problems }, 'the new policy is not used; the one in force stays');
    const words = policyNotReloaded(next.problems);
    // A file that is tried again as it is would say nothing new.
    if (told === next.content) return next.problems;
    await world.commit((unit) => report(world, unit, words));
    told = next.content;
    return next.problems;
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    now: () => policy,
    // One at a time: the file that was read last is the one in force.
    reload(world) {
      const next = last.then(() => reload(world));
      last = next.catch(() => {});
      return next;
    },
  };
}
