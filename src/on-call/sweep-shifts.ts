/**
 * What the passing of time does to rotations: a handoff is told to both sides, user groups are kept equal to who is on
 * call, gaps are reported before they begin. Each once: what was told is a row, written with its messages.
 */
import { gaps, samePeople } from '../../policies/schedule/rotation.ts';
import type { Rotation } from '../../policies/policy.ts';
import type { EpochMs } from '../domain/clock.ts';
import { LOOKED_AHEAD_MS } from './rotation-now.ts';
import { askAboutPerson, say, syncUsergroup } from '../outbox/enqueue.ts';
import type { Unit } from '../store/commit.ts';
import type { Line } from '../outbox/effects.ts';
import {
  forgetReported,
  markNotified,
  notifiedAt,
  reportedLike,
} from '../store/operator-notices.ts';
import { gonePeople, markAsked, unaskedSince } from '../store/rotation-people.ts';
import {
  rotationStates,
  setRotationState,
  setUsergroupState,
  usergroupStates,
  type SeenState,
} from '../store/rotation-states.ts';
import { usergroupMembers } from './usergroup-members.ts';
import type { World } from '../world/world.ts';

/** Somebody may have changed a group by hand, or left Slack. */
const GROUP_LOOKED_AT_AGAIN_MS = 3_600_000;
/** A clock is set back by at most this; by more, what it says now counts. */
const SET_BACK_MS = 2 * 3_600_000;
const PERSON_ASKED_ABOUT_AGAIN_MS = 6 * 3_600_000;
/** Does what is due now. */
export async function sweepShifts(world: World): Promise<void> {
  const rotations = Object.values(world.policy().rotations);
  if (rotations.length === 0) return;
  const gone = await gonePeople(world.db);
  if (!samePeople(gone, [...world.shifts.gone()])) await world.shifts.refresh();
  await handOver(world, rotations);
  await keepUsergroups(world, rotations);
  await askAboutPeople(world, rotations);
  if (!world.shifts.gapsMayDiffer()) return;
  for (const rotation of rotations) await reportGaps(world, rotation);
}

/** Nobody on call for a while (a night) is no handoff, and neither is the same person going on. */
async function handOver(world: World, rotations: readonly Rotation[]): Promise<void> {
  const states = await rotationStates(world.db);
  const due = (rotation: Rotation, last: SeenState | undefined): boolean => {
    if (last === undefined) return true;
    // A clock that was set back an hour hands nothing back, and over again.
    const ahead = last.at - world.clock.now();
    if (ahead > 0 && ahead < SET_BACK_MS) return false;
    const users = world.onCall(rotation.id);
    return users.length > 0 && !samePeople(users, last.users);
  };
  if (!rotations.some((one) => due(one, states.get(one.id)))) return;
  await world.commit(async (unit) => {
    const held = await rotationStates(unit.db);
    for (const rotation of rotations) {
      const last = held.get(rotation.id);
      if (due(rotation, last)) await handOverOne(world, unit, rotation.id, last?.users);
    }
  });
}

async function handOverOne(
  world: World,
  unit: Unit,
  rotation: string,
  last: readonly string[] | undefined,
): Promise<void> {
  const users = world.onCall(rotation);
  await setRotationState(unit.db, rotation, users, unit.now);
  // A rotation that is new here has been handed over by nobody.
  if (last === undefined) return;
  const came = users.filter((user) => !last.includes(user));
  const went = last.filter((user) => !users.includes(user));
  await unit.audit({
    event: 'rotation.handed_over',
    item_id: null,
    facts: { rotation, came, went },
  });
  const gone = world.shifts.gone();
  for (const user of came) {
    const what: Line = { line: 'handoff', rotation, side: 'in', others: [...went] };
    await say(world, unit, null, { to: 'user', user }, what);
  }
  for (const user of went) {
    if (gone.has(user)) continue;
    const what: Line = { line: 'handoff', rotation, side: 'out', others: [...users] };
    await say(world, unit, null, { to: 'user', user }, what);
  }
}

async function keepUsergroups(world: World, rotations: readonly Rotation[]): Promise<void> {
  const usergroups = [...new Set(rotations.flatMap((one) => one.usergroup ?? []))];
  if (usergroups.length === 0) return;
  const states = await usergroupStates(world.db);
  const now = world.clock.now();
  const due = usergroups.flatMap((usergroup) => {
    const users = usergroupMembers(world, usergroup);
    return users.length > 0 && isDue(states.get(usergroup), users, now)
      ? [{ usergroup, users }]
      : [];
  });
  if (due.length === 0) return;
  await world.commit(async (unit) => {
    for (const { usergroup, users } of due) {
      await setUsergroupState(unit.db, usergroup, { users, at: unit.now });
      await syncUsergroup(world, unit, usergroup);
    }
  });
}

const isDue = (last: SeenState | undefined, users: readonly string[], now: EpochMs): boolean =>
  last === undefined ||
  !samePeople(last.users, users) ||
  Math.abs(now - last.at) >= GROUP_LOOKED_AT_AGAIN_MS;

async function askAboutPeople(world: World, rotations: readonly Rotation[]): Promise<void> {
  const overriding = world.shifts.overrides().map((one) => one.slack_user);
  const people = [...new Set([...rotations.flatMap((one) => one.people), ...overriding])];
  const since = world.clock.now() - PERSON_ASKED_ABOUT_AGAIN_MS;
  const unasked = await unaskedSince(world.db, people, since);
  if (unasked.length === 0) return;
  await world.commit(async (unit) => {
    for (const user of unasked) {
      await markAsked(unit.db, user, unit.now);
      await askAboutPerson(world, unit, user);
    }
  });
}

/** One gap is one message: it is kept in mind until it is closed or over. */
async function reportGaps(world: World, rotation: Rotation): Promise<void> {
  const now = world.clock.now();
  const until = now + LOOKED_AHEAD_MS;
  const { shifts } = world;
  const found = new Map(
    gaps(rotation, shifts.overrides(), shifts.gone(), now, until)
      .toReversed()
      .map((gap) => [`gap:${rotation.id}:${gap.users.join('+') || 'not_started'}`, gap]),
  );
  const prefix = `gap:${rotation.id}:`;
  const told = await reportedLike(world.db, prefix);
  const over = told.filter((trouble) => !found.has(trouble));
  const fresh = [...found].filter(([trouble]) => !told.includes(trouble));
  if (over.length === 0 && fresh.length === 0) return;
  const operators = { to: 'channel', channel: world.policy().operators_channel } as const;
  await world.commit(async (unit) => {
    for (const trouble of over) await forgetReported(unit.db, trouble);
    for (const [trouble, gap] of fresh) {
      if ((await notifiedAt(unit.db, trouble)) !== null) continue;
      await markNotified(unit.db, trouble, unit.now);
      await say(world, unit, null, operators, { line: 'gap', rotation: rotation.id, ...gap });
    }
  });
}
