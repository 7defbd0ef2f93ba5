/** What happens at a busy desk in a year: whose turn it is, who is away, when the pager is down or its clock wrong, what is asked, and what people do. */
import type { Rotation } from '../../../policies/policy.ts';
import type { Override } from '../../../policies/schedule/rotation.ts';

export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const START = Date.parse('2026-01-05T00:00:00Z');
const YEAR = 365 * DAY;

/** Numbers that look random and are the same each time (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
const random = dice(20_260_105);
const upTo = (most: number): number => Math.floor(random() * most);
const pick = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;

export interface Desk {
  rotation: Rotation;
  /** For the plain specification: when a local day's work is done, minutes; null: day and night. */
  hours: { from: number; to: number } | null;
}

const desk = (id: string, timezone: string, people: string[], hours: Desk['hours']): Desk => ({
  hours,
  rotation: {
    id,
    timezone,
    start: '2026-01-05T09:00',
    shift: { unit: 'weeks', count: 1 },
    people,
    usergroup: null,
    hours:
      hours === null
        ? null
        : {
            timezone,
            days: ['mon', 'tue', 'wed', 'thu', 'fri'],
            holidays: [],
            ...hours,
          },
  },
});
export const DESKS: Record<string, Desk> = {
  berlin: desk('berlin', 'Europe/Berlin', ['U0A', 'U0B', 'U0C'], null),
  york: desk('york', 'America/New_York', ['U0D', 'U0E'], { from: 9 * 60, to: 18 * 60 }),
  howe: desk('howe', 'Australia/Lord_Howe', ['U0F', 'U0G', 'U0H', 'U0I'], null),
};
const PEOPLE = Object.values(DESKS).flatMap((one) => one.rotation.people);

interface Span {
  from: number;
  until: number;
}
const span = (longest: number): Span => {
  const from = START + DAY * 8 + upTo((YEAR - 9 * DAY) / MINUTE) * MINUTE;
  return { from, until: from + (1 + upTo(longest / MINUTE)) * MINUTE };
};
const within = ({ from, until }: Span, at: number): boolean => from <= at && at < until;

export const OVERRIDES: Override[] = Array.from({ length: 150 }, (_, made_at) => {
  const { from, until } = span(2 * DAY);
  return {
    id: `o${made_at}`,
    rotation: pick(Object.keys(DESKS)),
    slack_user: pick(PEOPLE),
    starts_at: from,
    ends_at: until,
    made_at,
  };
});
/** Whom Slack cannot reach, and when. */
const AWAY = Array.from({ length: 60 }, () => ({ user: pick(PEOPLE), ...span(10 * DAY) }));
export const away = (user: string, at: number): boolean =>
  AWAY.some((one) => one.user === user && within(one, at));
/** The minutes of the year, for what is asked of each of them many times. */
const LAST = (YEAR + 90 * DAY) / MINUTE;
const minuteOf = (at: number): number => (at - START) / MINUTE;

/** When the pager itself is down. */
export const OUTAGES = Array.from({ length: 60 }, () => span(9 * HOUR));
const down = new Uint8Array(LAST);
for (const { from, until } of OUTAGES) down.fill(1, minuteOf(from), minuteOf(until));
/** The first minute from `at` on in which it runs. */
export const upAgain = (at: number): number => (down[minuteOf(at)] ? upAgain(at + MINUTE) : at);

/** When the clock that it reads is wrong, and by how much. */
const WRONG = Array.from({ length: 80 }, () => ({ ...span(2 * DAY), by: pick([-HOUR, HOUR]) }));
const wrongBy = new Float64Array(LAST);
for (const { from, until, by } of WRONG) wrongBy.fill(by, minuteOf(from), minuteOf(until));
/** What that clock shows at `at`. */
export const clockAt = (at: number): number => at + (wrongBy[minuteOf(at)] ?? 0);

export interface Item {
  asked: number;
  rungs: { desk: string; claim: number | null; decide: number }[];
  /** What each person does after a page, in minutes: claims, decides; null: never. */
  plan(user: string): { claims: number | null; decides: number | null };
}

export const ITEMS: readonly Item[] = Array.from({ length: 2500 }, () => {
  const plans = new Map(
    PEOPLE.map((user) => [
      user,
      pick([
        { claims: null, decides: 1 + upTo(8) },
        { claims: 1 + upTo(5), decides: 6 + upTo(20) },
        { claims: 1 + upTo(5), decides: null },
        { claims: null, decides: 600 + upTo(4000) },
        { claims: null, decides: null },
        { claims: null, decides: null },
      ]),
    ]),
  );
  return {
    // At any time, and often shortly before the pager goes down or its clock is set.
    asked: upAgain(
      pick([
        () => START + DAY * 8 + upTo((YEAR - 20 * DAY) / MINUTE) * MINUTE,
        () => pick(OUTAGES).from - upTo(60) * MINUTE,
        () => pick([pick(WRONG).from, pick(WRONG).until]) - upTo(60) * MINUTE,
      ])(),
    ),
    rungs: Array.from({ length: 1 + upTo(3) }, (_, at) => ({
      desk: pick(Object.keys(DESKS)),
      claim: random() < 0.5 ? 5 + upTo(10) : null,
      decide: [20 + upTo(40), 60 + upTo(180), 300 + upTo(900)][at] ?? 60,
    })),
    plan: (user) => plans.get(user) ?? { claims: null, decides: null },
  };
});

/** What came of an item: whom each rung paged and when, and how it ended; by the true time. */
export interface Story {
  pages: { rung: number; at: number; people: string[] }[];
  end: { how: 'decided' | 'expired'; at: number };
}
