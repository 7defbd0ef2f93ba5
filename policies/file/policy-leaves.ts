/**
 * The single values of the policy file: ids, names, durations, zones, dates. Each says what is wrong with a value and
 * what would be right. Pure.
 */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { closestName, didYouMean } from '../../src/domain/closest-name.ts';
import { DURATION_PATTERN, readDuration, readShare } from './duration.ts';
import {
  CHANNEL_ID,
  NAME,
  readNotifyRef,
  readPersonRef,
  TEAM_ID,
  type Read,
  type Unread,
} from '../access/person-ref.ts';

/** A value read by a function. `meta` is its JSON Schema. The suggestion travels in the issue's params. */
export const leaf = <T>(meta: Record<string, unknown>, read: (value: unknown) => Read<T>) =>
  z
    .unknown()
    .transform((value, context): T => {
      const result = value === undefined || value === null ? absent(value) : read(value);
      if (result.ok) return result.value;
      context.addIssue({
        code: 'custom',
        message: result.problem,
        params: { suggestion: result.suggestion },
      });
      return z.NEVER;
    })
    .meta(meta);

const absent = (value: undefined | null): { ok: false } & Unread =>
  value === undefined
    ? { ok: false, problem: 'is missing' }
    : { ok: false, problem: 'has no value', suggestion: 'give it one, or leave the key out' };

export const texts = <T>(pattern: RegExp | null, read: (value: string) => Read<T>) =>
  leaf(
    pattern === null ? { type: 'string' } : { type: 'string', pattern: pattern.source },
    (value): Read<T> =>
      typeof value === 'string'
        ? read(value)
        : {
            ok: false,
            problem: 'must be a text',
            suggestion:
              typeof value === 'number' || typeof value === 'boolean'
                ? `in quotes: "${value}"`
                : undefined,
          },
  );

const matching = (pattern: RegExp, problem: string, suggestion: (value: string) => string) =>
  texts(pattern, (value) =>
    pattern.test(value)
      ? { ok: true, value }
      : { ok: false, problem, suggestion: suggestion(value) },
  );

export const text = (max: number) =>
  texts(null, (value) => {
    const count = [...value.trim()].length;
    if (count === 0) return { ok: false, problem: 'is empty' };
    if (count > max) return { ok: false, problem: `is longer than ${max} characters` };
    return { ok: true, value: value.trim() };
  });

export const name = matching(
  NAME,
  'is not a name',
  () => 'letters, digits, - and _, at most 64, like billing-experts',
);

export const channelId = matching(CHANNEL_ID, 'is not a Slack channel id', (value) =>
  value.startsWith('#')
    ? 'names change; the id looks like C024BE7LH (in Slack: the channel’s name, About, at the bottom)'
    : 'an id looks like C024BE7LH (in Slack: the channel’s name, About, at the bottom)',
);

export const teamId = matching(
  TEAM_ID,
  'is not a Slack team id',
  () => 'an id looks like T024BE7LD (it stands in the address of Slack in a browser)',
);

export const personRef = texts(null, readPersonRef);
export const notifyRef = texts(null, readNotifyRef);
export const duration = leaf({ type: 'string', pattern: DURATION_PATTERN }, readDuration);
export const share = leaf({ type: 'string', pattern: '^[0-9]+(\\.[0-9]+)?%$' }, readShare);

/** One of a few words. */
export const oneOf = <const T extends string>(words: readonly T[]) =>
  leaf({ enum: [...words] }, (value): Read<T> => {
    const word = words.find((one) => one === value);
    if (word !== undefined) return { ok: true, value: word };
    return {
      ok: false,
      problem: 'is not one of the words that can stand here',
      suggestion: didYouMean(typeof value === 'string' ? value : '', words),
    };
  });

/** An IANA time zone. */
export const timezone = texts(null, (value) => {
  if (/^[A-Za-z]/.test(value) && isZone(value)) return { ok: true, value };
  const zones = Intl.supportedValuesOf('timeZone');
  const city = value.trim().replaceAll(' ', '_').toLowerCase();
  const closest =
    zones.find((zone) => zone.toLowerCase().endsWith(`/${city}`)) ?? closestName(value, zones);
  return {
    ok: false,
    problem: 'is not a time zone',
    suggestion:
      closest === null ? 'an IANA name, like Europe/Berlin' : `did you mean \`${closest}\`?`,
  };
});

function isZone(zone: string): boolean {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId !== '';
  } catch {
    return false;
  }
}

/** `09:00` as minutes since midnight; `24:00` only where a day may end. */
export const clockTime = (endOfDay: boolean) =>
  texts(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, (value) => {
    const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(value) ?? [];
    const total = Number(hours) * 60 + Number(minutes);
    if (Number(minutes) < 60 && total < (endOfDay ? 1441 : 1440)) {
      return { ok: true, value: total };
    }
    const [, hour, minute] = /^(\d{1,2})(?:[:.](\d\d))?$/.exec(value.trim()) ?? [];
    return {
      ok: false,
      problem: 'is not a time of day',
      suggestion:
        hour !== undefined && Number(hour) < 24 && Number(minute ?? 0) < 60
          ? `"${hour.padStart(2, '0')}:${minute ?? '00'}"?`
          : 'like "09:00"',
    };
  });

/** `2026-12-25`. */
export const date = texts(/^\d{4}-\d{2}-\d{2}$/, (value) => {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) {
      return { ok: true, value: Temporal.PlainDate.from(value, { overflow: 'reject' }).toString() };
    }
  } catch {
    return { ok: false, problem: 'is a date that does not exist', suggestion: 'like "2026-12-25"' };
  }
  return { ok: false, problem: 'is not a date', suggestion: 'like "2026-12-25"' };
});
