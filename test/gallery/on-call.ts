// Who is on call, what changing that by hand says, handoffs and gaps. Pure.
import { onCallMessage } from '../../blocks/messages/on-call.ts';
import {
  notYourShiftMessage,
  overriddenMessage,
  overrideCancelledLine,
  overrideLine,
} from '../../blocks/messages/override-lines.ts';
import { gapLine, handoffLine } from '../../blocks/messages/shift-lines.ts';
import { NOW } from '../blocks/fixtures.ts';
import { entryOf } from './entry-of.ts';
import type { GalleryEntry } from '../../simulator/web/gallery/entry.ts';

const HOUR = 3_600_000;

export function onCallEntries(): GalleryEntry[] {
  const say = (title: string, message: { text: string; blocks: unknown[] }) =>
    entryOf('On call', title, 'message', message);
  const override = {
    id: 'o1',
    rotation: 'billing-primary',
    slack_user: 'U0BOB',
    starts_at: NOW + HOUR,
    ends_at: NOW + 5 * HOUR,
    made_by: 'U0BOSS',
  };
  const rotation = {
    rotation: 'billing-primary',
    domains: ['Billing'],
    users: ['U0ALICE'],
    why: 'shift' as const,
    until: NOW + 48 * HOUR,
    next: { at: NOW + 48 * HOUR, users: ['U0BOB'] },
    overrides: [override],
    may_take: true,
  };
  const handoff = {
    rotation: 'billing-primary',
    domains: ['Billing'],
    others: ['U0BOB'],
    until: NOW + 48 * HOUR,
    again: NOW + 48 * HOUR,
    items: [],
    total: 0,
  };
  return [
    say(
      'who has it',
      onCallMessage(
        [
          rotation,
          { ...rotation, rotation: 'nights', users: [], why: 'outside_hours', next: null },
        ],
        'Europe/Berlin',
      ),
    ),
    say(
      'an override',
      overriddenMessage(override, { instead_of: ['U0ALICE'], beyond_hours: true }),
    ),
    say('put on call', overrideLine(override, 'U0BOB')),
    say('time taken', overrideLine(override, 'U0ALICE')),
    say('not theirs to give', notYourShiftMessage(override)),
    say('cancelled', overrideCancelledLine({ ...override, cancelled_by: 'U0BOB' }, 'U0ALICE')),
    say(
      'not put on call after all',
      overrideCancelledLine({ ...override, cancelled_by: 'U0BOSS' }, 'U0BOB'),
    ),
    say('a handoff, in', handoffLine({ ...handoff, side: 'in' })),
    say('a handoff, out', handoffLine({ ...handoff, side: 'out' })),
    say(
      'a gap ahead',
      gapLine({
        rotation: 'billing-primary',
        domains: ['Billing'],
        from: NOW + HOUR,
        until: NOW + 9 * HOUR,
        users: ['U0CAROL'],
        now: NOW,
      }),
    ),
  ];
}
