/** `GET /v1/oncall/:rotation.ics`: the calendar of a rotation, for whoever has its link. */
import type { Context } from 'hono';
import { domainsOf, rotationNamed } from '../../policies/schedule/domain-rotations.ts';
import { stretches } from '../../policies/schedule/rotation.ts';
import { overridesSince } from '../store/overrides.ts';
import { peopleNames } from '../store/rotation-people.ts';
import type { World } from '../world/world.ts';
import { isCalendarToken } from './calendar-token.ts';
import { problem } from './problem.ts';
import { rotationCalendar } from './rotation-calendar.ts';

const DAY_MS = 86_400_000;
const BACK_DAYS = 14;
const AHEAD_DAYS = 90;

export async function serveCalendar(
  world: World,
  bot_token: string,
  c: Context,
): Promise<Response> {
  const id = c.req.param('file')?.replace(/\.ics$/, '') ?? '';
  // The token first: names are not to be tried out.
  if (!isCalendarToken(bot_token, id, c.req.query('token') ?? '')) {
    return problem(c, 401, 'Not the link of this calendar', {
      detail: 'Whoever runs the pager gets it with `hitl oncall link ROTATION`.',
    });
  }
  const rotation = rotationNamed(world.policy(), id);
  if (rotation === null) {
    return problem(c, 404, 'No such rotation', { detail: 'It is not in the policy any more.' });
  }
  const now = world.clock.now();
  // Whole days, so that what a calendar holds does not change with each look.
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const [from, until] = [today - BACK_DAYS * DAY_MS, today + AHEAD_DAYS * DAY_MS];
  const overrides = await overridesSince(world.db, from);
  const names = await peopleNames(world.db);
  const text = rotationCalendar({
    rotation: id,
    domains: domainsOf(world.policy(), id).map((domain) => domain.title),
    stretches: stretches(rotation, overrides, from, until),
    gone: world.shifts.gone(),
    nameOf: (user) => names.get(user) ?? user,
    now,
  });
  return c.body(text, 200, {
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': `inline; filename="${id}.ics"`,
    'cache-control': 'private, max-age=300',
  });
}
