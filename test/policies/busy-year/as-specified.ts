/**
 * The plain specification of on call and the ladder, written again and naively: it steps through the minutes of the busy
 * year, and imports nothing of the product.
 */
import { away, clockAt, DAY, DESKS, MINUTE, OVERRIDES, START, upAgain } from './year.ts';
import type { Desk, Item, Story } from './year.ts';

const formats = new Map<string, Intl.DateTimeFormat>();
const shown = new Map<string, { day: number; minute: number }>();
/** What the wall shows there: days since 2026-01-05, minutes of the day. */
function wall(timezone: string, at: number): { day: number; minute: number } {
  const key = `${timezone} ${at}`;
  const known = shown.get(key);
  if (known) return known;
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
  const parts = format.formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const day = Date.UTC(of('year'), of('month') - 1, of('day')) / DAY - START / DAY;
  const time = { day, minute: of('hour') * 60 + of('minute') };
  shown.set(key, time);
  return time;
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
export function asSpecified(item: Item): Story {
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
        const nobody = plainOnCall(name, now).length === 0;
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

  /** Where nobody could be paged: by the clock, when it is tried again. */
  let again = -Infinity;
  for (let now = item.asked; now < item.asked + 60 * DAY; now += MINUTE) {
    if (upAgain(now) !== now) continue;
    const clock = clockAt(now);
    // Pages, as long as the rung that is paged cannot be reached.
    for (let pushed = rung < 0; ; pushed = true) {
      const over = rung < 0 ? again : runsOutAt(rung, pagedAt, claimed);
      if (clock < over && (rung < 0 || !pushed)) break;
      const from = pushed ? clock : over;
      let next = wouldBeOpen(rung + 1, from, clock);
      // Nobody above: the highest that was passed over by an outage and can be reached now.
      for (
        let missed = item.rungs.length - 1;
        next >= item.rungs.length && missed > rung;
        missed -= 1
      ) {
        if (reachable(missed, clock)) {
          next = missed;
          break;
        }
      }
      if (next >= item.rungs.length) {
        if (rung < 0) again = clock + 5 * MINUTE;
        else if (!pushed) return { pages, end: { how: 'expired', at: now } };
        break;
      }
      const people = plainOnCall((item.rungs[next] as Item['rungs'][number]).desk, clock);
      pages.push({ rung: next + 1, at: now, people });
      [rung, pagedAt, claimed] = [next, clock, false];
      if (!people.every((user) => away(user, now))) break;
    }
    const last = pages.at(-1);
    if (!last) continue;
    for (const user of last.people.filter((one) => !away(one, last.at))) {
      const { claims, decides } = item.plan(user);
      if (decides !== null && upAgain(last.at + decides * MINUTE) === now && now >= last.at)
        return { pages, end: { how: 'decided', at: now } };
      if (claims !== null && upAgain(last.at + claims * MINUTE) === now) claimed = true;
    }
  }
  throw new Error('an item without an end');
}
