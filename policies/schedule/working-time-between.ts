/** How much working time lies between two instants: the inverse of `addWorkingTime`. Pure. */
import type { EpochMs } from '../../src/domain/clock.ts';
import { openTimes } from './business-hours.ts';
import type { DurationMs, WorkingHours } from '../policy.ts';

/** 0 where `to` is not after `from`. Without hours all time counts. */
export function workingTimeBetween(
  hours: WorkingHours | null,
  from: EpochMs,
  to: EpochMs,
): DurationMs {
  if (to <= from) return 0;
  if (hours === null) return to - from;
  return openTimes(hours, from, to).reduce(
    (sum, open) => sum + Math.max(0, Math.min(open.until, to) - Math.max(open.from, from)),
    0,
  );
}
