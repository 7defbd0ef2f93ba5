/**
 * The kill switch: a manager stops all letting-through, in one domain or everywhere, and starts it again. What is paused
 * is asked instead (src/intake/hold-back.ts).
 */
import { pausedReport, resumedReport } from '../domain/operator-reports.ts';
import { mayDo } from '../access/may-do.ts';
import type { Person } from '../access/refused.ts';
import { saltedDigest } from '../domain/hash.ts';
import { say } from '../outbox/enqueue.ts';
import type { Unit } from '../store/commit.ts';
import { endPause, insertPause, type Pause } from '../store/holds.ts';
import type { World } from '../world/world.ts';

/** null: everywhere. */
export type Scope = string | null;

export type Paused = { paused: 'now' | 'already'; pause: Pause } | { paused: 'not_a_manager' };

/** Resolves once the pause is on disk; from within its commit on nothing is let through there. */
export async function pauseLettingThrough(
  world: World,
  person: Person,
  scope: Scope,
  reason: string,
): Promise<Paused> {
  if (!mayPause(world, person)) return { paused: 'not_a_manager' };
  const standing = world.holds.pauses().find((one) => one.domain === scope);
  if (standing) return { paused: 'already', pause: standing };
  const made = {
    id: world.ids.uuid(),
    domain: scope,
    cause: 'person' as const,
    reason,
    paused_by: person.user,
  };
  const pause = await holding(world, made.id, (unit) => writePause(world, unit, made));
  world.log.warn({ domain: scope ?? 'all', by: person.user }, 'letting through is paused');
  return { paused: 'now', pause };
}

/** Writes a pause and tells whom it concerns. Inside the caller's transaction. */
export async function writePause(
  world: World,
  unit: Unit,
  made: Pick<Pause, 'id' | 'domain' | 'cause' | 'reason' | 'paused_by'>,
): Promise<Pause> {
  const salt = world.ids.salt();
  const pause: Pause = { ...made, salt, paused_at: unit.now, resumed_by: null, resumed_at: null };
  await insertPause(unit.db, pause);
  world.holds.pause(pause);
  await unit.audit({
    event: 'letting_through.paused',
    item_id: null,
    facts: {
      pause_id: pause.id,
      domain: pause.domain ?? 'all',
      cause: pause.cause,
      slack_user: pause.paused_by ?? undefined,
      reason_digest: saltedDigest(salt, pause.reason),
    },
  });
  await tell(
    world,
    unit,
    pause.domain,
    pausedReport({
      domain_title: titleOf(world, pause.domain),
      by: pause.paused_by,
      reason: pause.reason,
      resume: pause.domain ?? 'all',
    }),
  );
  return pause;
}

export type Resumed =
  | { resumed: 'now'; pauses: Pause[]; /** Still paused everywhere. */ still: boolean }
  | { resumed: 'was_not' }
  | { resumed: 'not_a_manager' };

/** Ends the pause of a domain; everywhere: all there are. */
export async function resumeLettingThrough(
  world: World,
  person: Person,
  scope: Scope,
): Promise<Resumed> {
  if (!mayPause(world, person)) return { resumed: 'not_a_manager' };
  const pauses = world.holds.pauses().filter((one) => scope === null || one.domain === scope);
  if (pauses.length === 0) return { resumed: 'was_not' };
  await world.commit(async (unit) => {
    for (const { id, domain } of pauses) {
      if (!(await endPause(unit.db, id, person.user, unit.now))) continue;
      await unit.audit({
        event: 'letting_through.resumed',
        item_id: null,
        facts: { pause_id: id, domain: domain ?? 'all', slack_user: person.user },
      });
      const words = resumedReport({ domain_title: titleOf(world, domain), by: person.user });
      await tell(world, unit, domain, words);
    }
  });
  for (const { id } of pauses) world.holds.drop(id);
  world.log.warn({ domain: scope ?? 'all', by: person.user }, 'letting through is resumed');
  return { resumed: 'now', pauses, still: scope !== null && world.holds.pauseOf(scope) !== null };
}

/** Commits a work that makes a hold; where it fails, memory does not keep what the disk has not. */
async function holding<T>(world: World, id: string, work: (unit: Unit) => Promise<T>): Promise<T> {
  try {
    return await world.commit(work);
  } catch (error) {
    // The id is new: nothing but this transaction can have written it.
    world.holds.drop(id);
    throw error;
  }
}

const mayPause = (world: World, person: Person): boolean =>
  mayDo(world.policy(), { deed: 'pause' }, person, world).may === 'yes';

const titleOf = (world: World, domain: Scope): string | null =>
  domain === null ? null : (world.policy().domains[domain]?.title ?? domain);

/** The operators' channel, and the domain's own. */
async function tell(world: World, unit: Unit, domain: Scope, words: string): Promise<void> {
  const policy = world.policy();
  const own = domain === null ? undefined : policy.domains[domain]?.channel;
  for (const channel of new Set([policy.operators_channel, ...(own === undefined ? [] : [own])]))
    await say(world, unit, null, { to: 'channel', channel }, { line: 'report', words });
}
