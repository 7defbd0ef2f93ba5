/**
 * A year of a busy desk: three rotations in three zones, overrides, people who are away, outages of the pager, and
 * experts who answer, are late, or never do. The ladder of the product on one side; on the other a plain specification
 * that steps through the minutes and knows nothing of it.
 */
import { expect, test } from 'vitest';
import {
  climb,
  clocksOf,
  runsOut,
  type PlannedRung,
  type StandingRung,
} from '../../policies/ladder.ts';
import { notified, reachesAnybody } from '../../policies/notified.ts';
import type { Rotation } from '../../policies/policy.ts';
import { whoIsOnCall, type Override } from '../../policies/rotation.ts';
import { read, SMALL } from './written-policy.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-01-05T00:00:00Z');
const YEAR = 365 * DAY;
const ITEMS = 2500;

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

interface Desk {
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
const DESKS: Record<string, Desk> = {
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

const OVERRIDES: Override[] = Array.from({ length: 150 }, (_, made_at) => {
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
const away = (user: string, at: number): boolean =>
  AWAY.some((one) => one.user === user && within(one, at));
/** When the pager itself is down. */
const OUTAGES = Array.from({ length: 60 }, () => span(9 * HOUR));
const upAgain = (at: number): number => {
  const down = OUTAGES.find((one) => within(one, at));
  return down ? upAgain(down.until) : at;
};

interface Item {
  asked: number;
  rungs: { desk: string; claim: number | null; decide: number }[];
  /** What each person does after a page, in minutes: claims, decides; null: never. */
  plan(user: string): { claims: number | null; decides: number | null };
}

const items: Item[] = Array.from({ length: ITEMS }, () => {
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
    // At any time, and a third of them shortly before the pager goes down.
    asked: upAgain(
      random() < 0.33
        ? pick(OUTAGES).from - upTo(60) * MINUTE
        : START + DAY * 8 + upTo((YEAR - 20 * DAY) / MINUTE) * MINUTE,
    ),
    rungs: Array.from({ length: 1 + upTo(3) }, (_, at) => ({
      desk: pick(Object.keys(DESKS)),
      claim: random() < 0.5 ? 5 + upTo(10) : null,
      decide: [20 + upTo(40), 60 + upTo(180), 300 + upTo(900)][at] ?? 60,
    })),
    plan: (user) => plans.get(user) ?? { claims: null, decides: null },
  };
});

/** What came of an item: whom each rung paged and when, and how it ended. */
interface Story {
  pages: { rung: number; at: number; people: string[] }[];
  end: { how: 'decided' | 'expired' | 'waits'; at: number };
}

const policy = read(SMALL);

/** The product: the same functions that the sweep calls, with the clock in hand. */
function asBuilt(item: Item): Story {
  const reach = (rung: PlannedRung, at: number) =>
    notified(policy, rung.notify, null, (name) => {
      const found = DESKS[name];
      return found ? whoIsOnCall(found.rotation, OVERRIDES, at) : [];
    });
  const reaches = (rung: PlannedRung, at: number) => reachesAnybody(reach(rung, at));
  const rungs = item.rungs.map((rung, at): StandingRung => ({
    number: at + 1,
    level: Math.min(3, at + 1),
    notify: [{ type: 'oncall', name: rung.desk }],
    claim_within: rung.claim === null ? null : rung.claim * MINUTE,
    decide_within: rung.decide * MINUTE,
    remind_at: [],
    state: 'waiting',
    claim_by: null,
    decide_by: null,
  }));
  const story: Story = { pages: [], end: { how: 'waits', at: item.asked } };
  let now = item.asked;
  let claimed = false;
  let push = true;
  for (;;) {
    const open = rungs.find((rung) => rung.state === 'paged');
    const step = climb(
      { rungs, claimed, page_sent: true, hours: null, expires_at: null },
      now,
      reaches,
      push,
    );
    if (step.step === 'nobody') return { ...story, end: { how: 'waits', at: now } };
    if (step.step === 'end' && !push) return { ...story, end: { how: 'expired', at: now } };
    if (step.step === 'page') {
      if (open) open.state = 'over';
      for (const rung of rungs) {
        if (step.skipped.includes(rung.number)) rung.state = 'skipped';
        if (step.missed.includes(rung.number)) rung.state = 'missed';
      }
      const paged = rungs.find((rung) => rung.number === step.number);
      if (!paged) throw new Error('a rung that is not there was paged');
      Object.assign(paged, clocksOf(paged, null, now), { state: 'paged' });
      claimed = false;
      const { people } = reach(paged, now);
      story.pages.push({ rung: paged.number, at: now, people });
      const paging = now;
      push = people.every((user) => away(user, paging));
      if (push) continue;
    }
    push = false;
    // What happens next: somebody claims, somebody decides, or time runs out.
    const last = story.pages.at(-1);
    const at = rungs.find((rung) => rung.state === 'paged');
    if (!last || !at) throw new Error('nobody is paged');
    const there = last.people.filter((user) => !away(user, last.at));
    const acts = there.flatMap((user) => {
      const { claims, decides } = item.plan(user);
      return [
        ...(claims === null ? [] : [{ act: 'claim', at: last.at + claims * MINUTE }]),
        ...(decides === null ? [] : [{ act: 'decide', at: last.at + decides * MINUTE }]),
      ];
    });
    const next = acts
      .map((act) => ({ ...act, at: upAgain(act.at) }))
      .filter((act) => act.at > now || (act.at === now && act.act === 'decide'))
      .filter((act) => act.act === 'decide' || !claimed)
      .toSorted((a, b) => a.at - b.at || (a.act < b.act ? -1 : 1))[0];
    const over = upAgain(runsOut(at, claimed) ?? Infinity);
    // The sweep comes first where both are due at the same moment.
    if (next && next.at < over) {
      now = next.at;
      if (next.act === 'decide') return { ...story, end: { how: 'decided', at: now } };
      claimed = true;
      continue;
    }
    now = over;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** What the wall shows there: days since 2026-01-05, minutes of the day. */
function wall(timezone: string, at: number): { day: number; minute: number } {
  let format = formats.get(timezone);
  format ??= new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timezone, format);
  const of = (type: string) =>
    Number(format.formatToParts(at).find((part) => part.type === type)?.value);
  const day = Date.UTC(of('year'), of('month') - 1, of('day')) / DAY - START / DAY;
  return { day, minute: of('hour') * 60 + of('minute') };
}

/** Who is on call, said plainly: the latest override that holds, else whoever's week it is, in working hours. */
function plainOnCall(name: string, at: number): string[] {
  const { rotation, hours } = DESKS[name] as Desk;
  const held = OVERRIDES.filter(
    (one) => one.rotation === name && one.starts_at <= at && at < one.ends_at,
  );
  if (held.length > 0) return [held.reduce((a, b) => (b.made_at > a.made_at ? b : a)).slack_user];
  const { day, minute } = wall(rotation.timezone, at);
  if (hours && (day % 7 > 4 || minute < hours.from || minute >= hours.to)) return [];
  const weeks = Math.floor((day * 1440 + minute - 9 * 60) / (7 * 1440));
  return [rotation.people[weeks % rotation.people.length] as string];
}

/** The specification: minute by minute, what must be so. */
function asSpecified(item: Item): Story {
  const pages: Story['pages'] = [];
  let rung = -1;
  let pagedAt = 0;
  let claimed = false;
  const runsOutAt = (which: number, from: number, isClaimed: boolean): number => {
    const { claim, decide } = item.rungs[which] as Item['rungs'][number];
    return from + Math.min(isClaimed ? Infinity : (claim ?? Infinity), decide) * MINUTE;
  };
  /** Which rung would be open at `now` had everything gone on since `from`; who reaches nobody is passed by. */
  const wouldBeOpen = (first: number, from: number, now: number): number => {
    let which = first;
    let since = from;
    for (let at = from; at <= now; at += MINUTE) {
      while (which < item.rungs.length) {
        const { desk: name } = item.rungs[which] as Item['rungs'][number];
        const nobody = at === since && plainOnCall(name, at).length === 0;
        if (!nobody && at < runsOutAt(which, since, false)) break;
        which += 1;
        since = at;
      }
      if (which >= item.rungs.length) break;
    }
    return which;
  };
  const reachable = (which: number, at: number): boolean =>
    plainOnCall((item.rungs[which] as Item['rungs'][number]).desk, at).length > 0;

  for (let now = item.asked; now < item.asked + 60 * DAY; now += MINUTE) {
    if (upAgain(now) !== now) continue;
    // Pages, as long as the rung that is paged cannot be reached.
    for (let pushed = rung < 0; ; pushed = true) {
      const over = rung < 0 ? now : runsOutAt(rung, pagedAt, claimed);
      if (!pushed && now < over) break;
      const from = pushed ? now : over;
      let next = wouldBeOpen(rung + 1, from, now);
      while (next < item.rungs.length && !reachable(next, now)) next += 1;
      // Nobody above: the highest that was passed over by an outage and can be reached now.
      for (
        let missed = item.rungs.length - 1;
        next >= item.rungs.length && missed > rung;
        missed -= 1
      ) {
        if (!pushed && from < now && reachable(missed, now) && reachedBefore(missed, rung, from)) {
          next = missed;
          break;
        }
      }
      if (next >= item.rungs.length) {
        if (rung < 0) return { pages, end: { how: 'waits', at: now } };
        if (!pushed) return { pages, end: { how: 'expired', at: now } };
        break;
      }
      const people = plainOnCall((item.rungs[next] as Item['rungs'][number]).desk, now);
      pages.push({ rung: next + 1, at: now, people });
      [rung, pagedAt, claimed] = [next, now, false];
      if (!people.every((user) => away(user, now))) break;
    }
    const last = pages.at(-1);
    if (!last) throw new Error('nobody is paged');
    for (const user of last.people.filter((one) => !away(one, last.at))) {
      const { claims, decides } = item.plan(user);
      if (decides !== null && upAgain(last.at + decides * MINUTE) === now && now >= last.at)
        return { pages, end: { how: 'decided', at: now } };
      if (claims !== null && upAgain(last.at + claims * MINUTE) === now) claimed = true;
    }
  }
  throw new Error('an item without an end');

  /** Whether that rung's turn had come, and reached somebody, in the time that was passed over. */
  function reachedBefore(which: number, open: number, from: number): boolean {
    let since = from;
    for (let at = open + 1; at <= which; at += 1) {
      if (plainOnCall((item.rungs[at] as Item['rungs'][number]).desk, since).length === 0) {
        if (at === which) return false;
        continue;
      }
      if (at === which) return true;
      since = runsOutAt(at, since, false);
    }
    return false;
  }
}

test('at every instant exactly the people of the plain specification are paged, each rung once, and no item is without an end', () => {
  const began = performance.now();
  const ends = { decided: 0, expired: 0, waits: 0 };
  let paged = 0;
  /** Pages of what came due while the pager was down. */
  let overtaken = 0;
  for (const [at, item] of items.entries()) {
    const built = asBuilt(item);
    expect({ at, ...built }).toEqual({ at, ...asSpecified(item) });
    const rungs = built.pages.map((page) => page.rung);
    expect(new Set(rungs).size).toBe(rungs.length);
    ends[built.end.how] += 1;
    overtaken += built.pages.filter(
      (one) => one.rung > 1 && OUTAGES.some(({ until }) => until === one.at),
    ).length;
    paged += rungs.length;
  }
  // The year was a busy one, and everything in it happened.
  expect(Math.min(ends.decided, ends.expired, ends.waits)).toBeGreaterThan(50);
  expect(paged).toBeGreaterThan(ITEMS);
  expect(overtaken).toBeGreaterThan(100);
  expect(performance.now() - began).toBeLessThan(60_000);
});
