// Between a moment and the wall clock of a zone, both ways, with what the browser knows of zones. Pure.

const readWall = (seconds: number, timezone: string): string => {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return format.format(seconds * 1000).replace(' ', 'T');
};

/** `YYYY-MM-DDTHH:mm` as the zone's clock shows that moment (Unix seconds). */
export const wallTime = (seconds: number, timezone: string): string => readWall(seconds, timezone);

/**
 * The moment (Unix seconds) at which the zone's clock shows `YYYY-MM-DDTHH:mm`; null where that is no time. In the hour
 * that a clock change leaves out, the time after it; in the one that comes twice, the first.
 */
export function momentOf(wall: string, timezone: string): number | null {
  const asUtc = Date.parse(`${wall}Z`) / 1000;
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall) || Number.isNaN(asUtc)) return null;
  const offsetAt = (seconds: number) =>
    Date.parse(`${readWall(seconds, timezone)}Z`) / 1000 - seconds;
  const day = 86_400;
  const candidates = [offsetAt(asUtc - day), offsetAt(asUtc + day)].map((offset) => asUtc - offset);
  const shown = candidates.filter((seconds) => readWall(seconds, timezone) === wall);
  return shown.length > 0 ? Math.min(...shown) : Math.max(...candidates);
}
