/** The instants of wall-clock times in an IANA zone, whatever its clocks do there. Pure. */
import type { Temporal } from 'temporal-polyfill';
import type { EpochMs } from '../../src/domain/clock.ts';

/**
 * The instant of a wall-clock time: of one that comes twice the first or the last, of one that does not exist the
 * first instant after the gap.
 */
export function instantOfWall(
  timezone: string,
  wall: Temporal.PlainDateTime,
  which: 'first' | 'last',
): EpochMs {
  const earlier = wall.toZonedDateTime(timezone, { disambiguation: 'earlier' });
  if (!earlier.toPlainDateTime().equals(wall)) {
    const gap = earlier.getTimeZoneTransition('next');
    return (gap ?? wall.toZonedDateTime(timezone)).epochMilliseconds;
  }
  if (which === 'first') return earlier.epochMilliseconds;
  return wall.toZonedDateTime(timezone, { disambiguation: 'later' }).epochMilliseconds;
}
