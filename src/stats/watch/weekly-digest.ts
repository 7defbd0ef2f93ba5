/** Tells the operators on Mondays at 09:00, in the policy's zone, what stands out in the week before: once a week. */
import { Temporal } from 'temporal-polyfill';
import { symptomLines } from '../../../blocks/messages/symptom-words.ts';
import type { Policy } from '../../../policies/policy.ts';
import { FEWEST_JUDGED, type Symptom } from '../formulas/symptoms.ts';
import type { EpochMs } from '../../domain/clock.ts';
import { repeat, type Repeated } from '../../world/repeat.ts';
import { report } from '../../outbox/operator-notices.ts';
import { decidedAtLeast } from '../../store/decisions.ts';
import { markNotified, notifiedAt } from '../../store/operator-notices.ts';
import type { World } from '../../world/world.ts';

const LOOKED_EVERY_MS = 3_600_000;
const DAY_MS = 24 * 3_600_000;
const WEEK_MS = 7 * DAY_MS;
const TOLD = 'weekly-digest';

export interface SymptomsQuestion {
  ask: 'symptoms';
  /** Epoch ms; `to` is not part of it. */
  from: EpochMs;
  to: EpochMs;
  /** IANA zone. */
  timezone: string;
}

export const weekBefore = (to: EpochMs, timezone: string): SymptomsQuestion => ({
  ask: 'symptoms',
  from: to - WEEK_MS,
  to,
  timezone,
});

export const titlesOf = ({ domains }: Pick<Policy, 'domains'>): ReadonlyMap<string, string> =>
  new Map(Object.values(domains).map(({ id, title }) => [id, title]));

/** The last Monday, 09:00, at or before that moment. */
export function lastMonday(now: EpochMs, timezone: string): EpochMs {
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone);
  const nine = here
    .subtract({ days: here.dayOfWeek - 1 })
    .withPlainTime(Temporal.PlainTime.from('09:00'));
  const monday = nine.epochMilliseconds <= now ? nine : nine.subtract({ days: 7 });
  return monday.epochMilliseconds;
}

/**
 * Looks whether it is time. A process that was down at nine tells it within a day; one that started later waits for
 * the next Monday. A week in which nothing stands out is one without a message.
 */
export async function postDigest(
  world: World,
  ask: (question: SymptomsQuestion) => Promise<Symptom[]>,
): Promise<void> {
  const now = world.clock.now();
  const policy = world.policy();
  const due = lastMonday(now, policy.timezone);
  const isTold = (at: EpochMs | null) => at !== null && at >= due;
  if (now - due >= DAY_MS || isTold(await notifiedAt(world.db, TOLD))) return;
  // Fewer give nothing to say, and need not wake the thread that computes figures.
  const symptoms = (await decidedAtLeast(world.db, FEWEST_JUDGED, due - WEEK_MS))
    ? await ask(weekBefore(due, policy.timezone))
    : [];
  await world.commit(async (unit) => {
    if (isTold(await notifiedAt(unit.db, TOLD))) return;
    await markNotified(unit.db, TOLD, unit.now);
    if (symptoms.length === 0) return;
    const lines = symptomLines(symptoms, titlesOf(policy), false);
    await report(world, unit, ['What stands out in the week before:', ...lines].join('\n'));
  });
}

/** Looks once an hour whether it is time. */
export const startWeeklyDigest = (
  world: World,
  ask: (question: SymptomsQuestion) => Promise<Symptom[]>,
): Repeated =>
  repeat(
    world,
    {
      every_ms: LOOKED_EVERY_MS,
      first: 'later',
      failed: 'the weekly digest failed; again in an hour',
    },
    () => postDigest(world, ask),
  );
