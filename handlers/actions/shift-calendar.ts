/** “Next 14 days”: the calendar of a rotation, in the zone of whoever looks. */
import type { App } from '@slack/bolt';
import { onCallCalendar } from '../../blocks/modals/on-call-calendar.ts';
import { domainsOf, rotationNamed } from '../../policies/schedule/domain-rotations.ts';
import { onCallDays } from '../../policies/schedule/on-call-days.ts';
import { stretches } from '../../policies/schedule/rotation.ts';
import { LOOKED_AHEAD_MS } from '../../src/on-call/rotation-now.ts';
import { maySeeNow, refuseUnless } from '../context/ask-whether.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { isZone } from '../context/look-up-person.ts';
import { openModal } from '../context/open-modal.ts';
import { readClick } from '../context/payload.ts';
import { refuseGone } from '../context/refuse-gone.ts';

const DAYS = 14;

export function onShiftCalendar(app: App, desk: HandlerContext): void {
  app.action('shift_calendar', async ({ ack, body }) => {
    const { world } = desk;
    const click = readClick(body);
    // The zone came with the button: nothing slow may stand before a window opens.
    const [id = '', zone = ''] = click?.value?.split(' ') ?? [];
    const rotation = rotationNamed(world.policy(), id);
    const sees = click && (await maySeeNow(desk, { view: 'on_call' }, click.person));
    if (click && sees && (await refuseUnless(desk, click, ack, sees))) return;
    if (!click || rotation === null) return refuseGone(desk, click, ack);
    await ack();
    const now = world.clock.now();
    const timezone = isZone(zone) ? zone : rotation.timezone;
    const ahead = stretches(rotation, world.shifts.overrides(), now, now + LOOKED_AHEAD_MS);
    await openModal(
      desk,
      click,
      onCallCalendar({
        rotation: rotation.id,
        domains: domainsOf(world.policy(), rotation.id).map((domain) => domain.title),
        timezone,
        days: onCallDays(ahead, now, DAYS, timezone),
        gone: world.shifts.gone(),
      }),
    );
  });
}
