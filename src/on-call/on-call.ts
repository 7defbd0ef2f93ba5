/**
 * Who is on call now, by each rotation of the policy in force: computed when it changes, and kept in memory between.
 * Overrides are kept too: whoever writes one has them read again.
 */
import type { ShiftBook } from '../world/shift-book.ts';
import type { Policy, Rotation } from '../../policies/policy.ts';
import { stretches, type Stretch } from '../../policies/schedule/rotation.ts';
import type { Clock, EpochMs } from '../domain/clock.ts';
import type { Db } from '../store/database.ts';
import { gonePeople } from '../store/rotation-people.ts';
import { overridesSince, type OverrideRow } from '../store/overrides.ts';

/** Looked ahead: what does not change within it is computed once more. */
const KEPT_MS = 24 * 3_600_000;
/** Gaps are looked for two weeks ahead: now and then is enough. */
const GAPS_KEPT_MS = 10 * 60_000;

/** Reads what an earlier process has left. */
export async function openShiftBook(
  db: Db,
  clock: Clock,
  policy: () => Policy,
): Promise<ShiftBook> {
  const kept = new Map<string, { rotation: Rotation; stretch: Stretch }>();
  let overrides: OverrideRow[] = [];
  let gone: ReadonlySet<string> = new Set();
  let looked: { at: EpochMs; policy: Policy } | null = null;
  const book: ShiftBook = {
    onCall(name) {
      const { rotations } = policy();
      const rotation = Object.hasOwn(rotations, name) ? rotations[name] : undefined;
      if (rotation === undefined) return [];
      const now = clock.now();
      const held = kept.get(name);
      if (held?.rotation === rotation && held.stretch.from <= now && now < held.stretch.until) {
        return held.stretch.users;
      }
      const [stretch] = stretches(rotation, overrides, now, now + KEPT_MS);
      if (stretch === undefined) return [];
      const users = stretch.users.filter((user) => !gone.has(user));
      kept.set(name, { rotation, stretch: { ...stretch, users } });
      return users;
    },
    overrides: () => overrides,
    gone: () => gone,
    gapsMayDiffer() {
      const at = clock.now();
      const same = looked?.policy === policy() && Math.abs(at - looked.at) < GAPS_KEPT_MS;
      if (!same) looked = { at, policy: policy() };
      return !same;
    },
    async refresh() {
      overrides = await overridesSince(db, clock.now());
      gone = new Set(await gonePeople(db));
      kept.clear();
      looked = null;
    },
  };
  await book.refresh();
  return book;
}
