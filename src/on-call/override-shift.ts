/** Puts somebody on call instead of whoever's turn it is, or takes that back. */
import { rotationNamed } from '../../policies/schedule/domain-rotations.ts';
import type { Override } from '../../policies/schedule/rotation.ts';
import { samePeople, stretches } from '../../policies/schedule/rotation.ts';
import { mayDo } from '../access/may-do.ts';
import type { Forbidden, Person } from '../access/refused.ts';
import { say } from '../outbox/enqueue.ts';
import type { Unit } from '../store/commit.ts';
import type { Line } from '../outbox/effects.ts';
import {
  endOverride,
  insertOverride,
  loadOverride,
  overridesSince,
  type OverrideRow,
} from '../store/overrides.ts';
import type { World } from '../world/world.ts';

export type Overridden =
  | { done: 'yes'; override: OverrideRow; /** On call then without it. */ instead_of: string[] }
  | { done: 'no'; because: 'gone' | 'on_call_anyway' }
  | { done: 'refused'; refusal: Forbidden }
  | { done: 'unknown'; look: string[] };

/** Whoever is asked for must be somebody: that is looked up before. */
export async function overrideShift(
  world: World,
  asked: Pick<Override, 'rotation' | 'slack_user' | 'starts_at' | 'ends_at'> & { person: Person },
): Promise<Overridden> {
  const done = await world.commit(async (unit): Promise<Overridden> => {
    const policy = world.policy();
    const rotation = rotationNamed(policy, asked.rotation);
    if (rotation === null) return { done: 'no', because: 'gone' };
    const overrides = await overridesSince(unit.db, unit.now);
    const deed = { deed: 'override', rotation, overrides, asked } as const;
    const may = mayDo(policy, deed, asked.person, world);
    if (may.may === 'no') return { done: 'refused', refusal: may.refusal };
    if (may.may === 'unknown') return { done: 'unknown', look: may.look };
    const before = stretches(rotation, overrides, asked.starts_at, asked.ends_at);
    if (before.every((one) => samePeople(one.users, [asked.slack_user])))
      return { done: 'no', because: 'on_call_anyway' };
    const { person, ...times } = asked;
    const override: OverrideRow = {
      id: world.ids.uuid(),
      ...times,
      made_by: person.user,
      // The later one holds, also of two in one millisecond, or after a clock was set back.
      made_at: Math.max(unit.now, ...overrides.map((one) => one.made_at + 1)),
      cancelled_by: null,
      cancelled_at: null,
    };
    await insertOverride(unit.db, override);
    await audit(unit, 'override.made', override, person);
    const instead_of = [...new Set(before.flatMap((one) => one.users))].filter(
      (user) => user !== asked.slack_user,
    );
    if (override.starts_at > unit.now) await tellAhead(world, unit, override, instead_of);
    return { done: 'yes', override, instead_of };
  });
  if (done.done === 'yes') await world.shifts.refresh();
  return done;
}

/** What comes later is said when it is agreed; what begins now is told by its handoff. */
async function tellAhead(
  world: World,
  unit: Unit,
  override: OverrideRow,
  instead_of: readonly string[],
): Promise<void> {
  for (const user of [override.slack_user, ...instead_of]) {
    if (user === override.made_by) continue;
    await say(
      world,
      unit,
      null,
      { to: 'user', user },
      { line: 'override', override_id: override.id },
    );
  }
}

export type Cancelled =
  | { done: 'yes'; override: OverrideRow }
  | { done: 'no'; because: 'gone' | 'over' }
  | { done: 'refused'; refusal: Forbidden }
  | { done: 'unknown'; look: string[] };

/** By a manager, by whoever made it, or by whoever it put on call. */
export async function cancelOverride(
  world: World,
  asked: { id: string; person: Person },
): Promise<Cancelled> {
  const { id, person } = asked;
  const done = await world.commit(async (unit): Promise<Cancelled> => {
    const override = await loadOverride(unit.db, id);
    if (override === undefined || override.cancelled_at !== null)
      return { done: 'no', because: 'gone' };
    if (override.ends_at <= unit.now) return { done: 'no', because: 'over' };
    const concerned = [override.made_by, override.slack_user];
    const may = mayDo(world.policy(), { deed: 'cancel_override', concerned }, person, world);
    if (may.may === 'unknown') return { done: 'unknown', look: may.look };
    if (may.may === 'no') return { done: 'refused', refusal: may.refusal };
    await endOverride(unit.db, id, { by: person.user, at: unit.now });
    await audit(unit, 'override.cancelled', override, person);
    await tellCancelled(world, unit, override, person.user);
    return { done: 'yes', override };
  });
  if (done.done === 'yes') await world.shifts.refresh();
  return done;
}

/** Whoever was told of it ahead, and whoever made it, hears that it is off; what it changes now is told by its handoff. */
async function tellCancelled(
  world: World,
  unit: Unit,
  override: OverrideRow,
  by: string,
): Promise<void> {
  const rotation = rotationNamed(world.policy(), override.rotation);
  const { slack_user, made_by, starts_at, ends_at } = override;
  const ahead = starts_at > unit.now && rotation !== null;
  const back = ahead
    ? stretches(rotation, await overridesSince(unit.db, unit.now), starts_at, ends_at)
    : [];
  const told = new Set([
    made_by,
    ...(ahead ? [slack_user] : []),
    ...back.flatMap((one) => one.users),
  ]);
  told.delete(by);
  // Of what holds now these two sides have a handoff.
  if (!ahead) told.delete(slack_user);
  const what: Line = { line: 'override_cancelled', override_id: override.id };
  for (const user of told) await say(world, unit, null, { to: 'user', user }, what);
}

const audit = (
  unit: Unit,
  event: 'override.made' | 'override.cancelled',
  { id, rotation, slack_user, starts_at, ends_at, made_at }: OverrideRow,
  person: Person,
): Promise<void> =>
  unit.audit({
    event,
    item_id: null,
    facts: {
      override_id: id,
      rotation,
      on_call: slack_user,
      starts_at,
      ends_at,
      made_at,
      slack_user: person.user,
    },
  });
