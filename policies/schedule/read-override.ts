/** `/hitl override …` as a person types it: whose rotation, who takes it, from when to when. Pure. */
import type { EpochMs } from '../../src/domain/clock.ts';
import { readWhen } from './read-when.ts';

export type ReadOverride =
  | {
      ok: true;
      /** A rotation or a domain, as it was written. */
      named: string;
      /** A Slack user's id; null: whoever typed it. */
      who: string | null;
      starts_at: EpochMs;
      ends_at: EpochMs;
    }
  | {
      ok: false;
      /** What is wrong and what would be right, in a sentence or two for who typed it. */
      problem: string;
    };

const EXAMPLES =
  'For example `/hitl override billing @bob for 4h`, or `/hitl override billing me from fri 18:00 to mon 9:00`.';
const LONGEST_DAYS = 92;
const FARTHEST_DAYS = 366;
const DAY_MS = 86_400_000;
const UNIT_MS = { m: 60_000, h: 3_600_000, d: DAY_MS, w: 7 * DAY_MS } as const;

const no = (problem: string): ReadOverride => ({ ok: false, problem });

/** Reads it, times in the zone of who typed it. A beginning that has passed is now. */
export function readOverride(
  text: string,
  typed: { now: EpochMs; timezone: string },
): ReadOverride {
  const line = text.trim();
  const found = /\s(<@([UW][A-Z0-9]{2,30})(?:\|[^<>]*)?>|me|@\S+)(?=\s|$)/i.exec(line);
  const [whole = '', who, id] = found ?? [];
  if (found === null || who === undefined)
    return no(`Whose shift, who takes it, and how long? ${EXAMPLES}`);
  if (id === undefined && who.toLowerCase() !== 'me')
    return no(
      `I do not know ${who.replace(/[`<>]/g, '')}: pick the person from the list that Slack shows while you type the name, or write \`me\`.`,
    );
  const named = line.slice(0, found.index).trim();
  const span = line.slice(found.index + whole.length);
  const times = readSpan(span.trim().replace(/\s+/g, ' '), typed);
  if ('problem' in times) return no(times.problem);
  const { starts_at, ends_at } = times;
  if (ends_at === starts_at)
    return no(
      'There is no time between those two: your clocks are put forward then, or they are the same.',
    );
  if (ends_at < starts_at) return no('That ends before it begins. Please look at the times again.');
  if (ends_at <= typed.now) return no('That is over already. Please look at the times again.');
  if (ends_at - starts_at > LONGEST_DAYS * DAY_MS)
    return no(
      `That is longer than ${LONGEST_DAYS} days. A change that stays belongs in the rotation, in the policy file.`,
    );
  if (starts_at > typed.now + FARTHEST_DAYS * DAY_MS)
    return no('That begins more than a year from now. Please look at the date again.');
  return {
    ok: true,
    named,
    who: id ?? null,
    starts_at: Math.max(starts_at, typed.now),
    ends_at,
  };
}

function readSpan(
  span: string,
  { now, timezone }: { now: EpochMs; timezone: string },
): { starts_at: EpochMs; ends_at: EpochMs } | { problem: string } {
  if (span === '') return { problem: `For how long? ${EXAMPLES}` };
  const times = /^from /i.test(span) ? span.slice('from '.length) : ` ${span}`;
  const joined = / (for|to|until|till|-) /i.exec(times);
  const from = joined === null || times.startsWith(' ') ? undefined : times.slice(0, joined.index);
  const to = joined && times.slice(joined.index + joined[0].length);
  const [, join] = joined ?? [];
  if (join === undefined || !to || (times.startsWith(' ') && joined?.index !== 0))
    return { problem: `I cannot read the times “${cutWords(span)}”. ${EXAMPLES}` };
  const starts_at = from === undefined ? now : readWhen(from, now, timezone);
  if (starts_at === null) return { problem: unread(from ?? '') };
  if (join.toLowerCase() !== 'for') {
    const ends_at = readWhen(to, starts_at, timezone);
    return ends_at === null ? { problem: unread(to) } : { starts_at, ends_at };
  }
  const [, count, unit] = /^(\d{1,5}) ?(m|min|minutes?|h|hours?|d|days?|w|weeks?)$/i.exec(to) ?? [];
  const ms = UNIT_MS[(unit ?? '').charAt(0).toLowerCase() as keyof typeof UNIT_MS];
  if (count === undefined || ms === undefined || Number(count) === 0)
    return {
      problem: `“${cutWords(to)}” is no length of time: write a number and m, h, d or w, like \`4h\`.`,
    };
  return { starts_at, ends_at: starts_at + Number(count) * ms };
}

const unread = (words: string): string =>
  `“${cutWords(words)}” is no time that I know: write \`14:00\`, \`tomorrow 9:00\`, \`fri 18:00\` or \`2026-11-24 09:00\`, in your own time zone.`;

const cutWords = (words: string): string =>
  words.replace(/[`<>]/g, '').slice(0, 40) + (words.length > 40 ? '…' : '');
