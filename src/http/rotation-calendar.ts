/** A rotation as iCalendar (RFC 5545), for calendars that subscribe to it. Pure. */
import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator';
import type { EpochMs } from '../domain/clock.ts';
import type { Stretch } from '../../policies/schedule/rotation.ts';

/** An hour: calendars ask when they like, and most no oftener. */
const REFRESH_S = 3600;

/** @param nameOf what people are called */
export function rotationCalendar(input: {
  rotation: string;
  domains: readonly string[];
  stretches: readonly Stretch[];
  gone: ReadonlySet<string>;
  nameOf(user: string): string;
  now: EpochMs;
}): string {
  const { rotation, domains, stretches, gone, nameOf, now } = input;
  const title = domains.length === 0 ? rotation : `${domains.join(', ')} (${rotation})`;
  const calendar = ical({
    name: `On call: ${title}`,
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'HITL Pager', product: 'on call', language: 'EN' },
    ttl: REFRESH_S,
  });
  for (const { from, until, users, why } of stretches) {
    if (why === 'outside_hours') continue;
    const there = users.filter((user) => !gone.has(user));
    const who = there.map(nameOf).join(' and ');
    calendar.createEvent({
      id: `${rotation}-${from}@hitl-pager`,
      stamp: new Date(now),
      start: new Date(from),
      end: new Date(until),
      summary: there.length === 0 ? `⚠️ Nobody on call: ${title}` : `${who} on call: ${title}`,
      description: describe(why, users.filter((user) => gone.has(user)).map(nameOf)),
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return calendar.toString();
}

function describe(why: Stretch['why'], gone: readonly string[]): string | null {
  if (gone.length > 0) return `It is the turn of ${gone.join(' and ')}, no longer in Slack.`;
  if (why === 'override') return 'Changed by hand.';
  return why === 'not_started' ? 'The rotation has not begun.' : null;
}
