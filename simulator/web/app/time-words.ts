// Times as a person reads them, in their zone. Pure.

const formats = new Map<string, Intl.DateTimeFormat>();

function format(tz: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${tz} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat('en-GB', { timeZone: tz, ...options });
    formats.set(key, found);
  }
  return found;
}

/** Epoch milliseconds of a message's ts. */
export const msOf = (ts: string): number => Number(ts) * 1000;

/** "10:04 AM", as the dates in cards read too. */
export const timeWords = (ms: number, tz: string): string =>
  format(tz, { hour: 'numeric', minute: '2-digit', hour12: true })
    .format(ms)
    .replace(/ ([ap]m)$/i, (_whole, half: string) => ` ${half.toUpperCase()}`);

/** "Saturday 21 November" */
export const dayWords = (ms: number, tz: string): string =>
  format(tz, { weekday: 'long', day: 'numeric', month: 'long' }).format(ms);

/** "Sat 21 Nov" */
export const dateWords = (ms: number, tz: string): string =>
  format(tz, { weekday: 'short', day: 'numeric', month: 'short' }).format(ms).replace(',', '');

/** "Sat 21 Nov, 10:04 AM" */
export const clockWords = (ms: number, tz: string): string =>
  `${dateWords(ms, tz)}, ${timeWords(ms, tz)}`;

/** "1 d 2 h 5 min" ahead; "" where it is less than a minute. */
export function aheadWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor((minutes % 1440) / 60), 'h'],
    [minutes % 60, 'min'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
