// A moment in the reader's own zone, by Slack's format tokens.
import { formatDate } from '../../slack/inline-text.ts';

/** Unix seconds that `Date` can hold. */
const LATEST = 8.64e12;

const isZone = (timezone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: timezone });
    return true;
  } catch {
    return false;
  }
};

/**
 * `{date_short_pretty} {time}` as "today 11:30 AM"; the fallback where there is no such moment or no such token.
 * @param now epoch milliseconds
 */
export function dateWords(
  moment: { seconds: number; format: string; fallback: string },
  reader: { timezone: string; now: number },
): string {
  const { seconds, format, fallback } = moment;
  if (!Number.isFinite(seconds) || Math.abs(seconds) > LATEST) return fallback || format;
  const timezone = isZone(reader.timezone) ? reader.timezone : 'UTC';
  const words = formatDate(seconds, format, { now: reader.now, timezone });
  return /\{\w+\}/.test(words) && fallback !== '' ? fallback : words;
}

/** The moment in full, for whoever asks what "today" is: "Saturday, November 21st, 2026 11:30:00 AM (Europe/Berlin)". */
export const fullDateWords = (seconds: number, reader: { timezone: string; now: number }): string =>
  `${dateWords({ seconds, format: '{date_long} {time_secs}', fallback: '' }, reader)} (${reader.timezone})`;
