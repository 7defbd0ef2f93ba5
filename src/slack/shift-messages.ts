/** Draws what is said of shifts, from how things stand when it is said. */
import { overrideCancelledLine, overrideLine } from '../../blocks/messages/override-lines.ts';
import { maskSensitive } from '../domain/redact.ts';
import type { Message } from '../../blocks/text/message.ts';
import { gapLine, handoffLine } from '../../blocks/messages/shift-lines.ts';
import { domainsOf, rotationNamed } from '../../policies/schedule/domain-rotations.ts';
import { messageLink } from '../items/message-link.ts';
import { rotationNow } from '../on-call/rotation-now.ts';
import { waitingItems } from '../store/items.ts';
import type { Address, Line } from '../outbox/effects.ts';
import { loadOverride } from '../store/overrides.ts';
import type { World } from '../world/world.ts';

type ShiftLine = Extract<Line, { line: 'override' | 'override_cancelled' | 'handoff' | 'gap' }>;

const SHOWN = 15;

export const isShiftLine = (what: Line): what is ShiftLine =>
  what.line === 'override' ||
  what.line === 'override_cancelled' ||
  what.line === 'handoff' ||
  what.line === 'gap';

/** null: there is nothing left to say. */
export async function shiftMessage(
  world: World,
  address: Address,
  what: ShiftLine,
): Promise<Message | null> {
  switch (what.line) {
    case 'override': {
      const override = await loadOverride(world.db, what.override_id);
      if (!override || override.cancelled_at !== null || address.to !== 'user') return null;
      return overrideLine(override, address.user);
    }
    case 'override_cancelled': {
      const override = await loadOverride(world.db, what.override_id);
      if (!override || address.to !== 'user') return null;
      const { cancelled_by } = override;
      return cancelled_by === null
        ? null
        : overrideCancelledLine({ ...override, cancelled_by }, address.user);
    }
    case 'handoff':
      return drawnHandoff(world, what, address);
    case 'gap':
      return gapLine({
        ...what,
        domains: domainsOf(world.policy(), what.rotation).map((domain) => domain.title),
        now: world.clock.now(),
      });
    default:
      return what satisfies never;
  }
}

async function drawnHandoff(
  world: World,
  what: Extract<ShiftLine, { line: 'handoff' }>,
  address: Address,
): Promise<Message | null> {
  const rotation = rotationNamed(world.policy(), what.rotation);
  if (rotation === null) return null;
  const domains = domainsOf(world.policy(), rotation.id);
  const ids = domains.map((domain) => domain.id);
  const { items, total } =
    ids.length === 0 ? { items: [], total: 0 } : await waitingItems(world.db, ids, SHOWN);
  const { until, next } = rotationNow(world, rotation);
  const isNext = address.to === 'user' && next?.after.includes(address.user) === true;
  return handoffLine({
    rotation: rotation.id,
    domains: domains.map((domain) => domain.title),
    side: what.side,
    others: what.others,
    until,
    again: isNext ? next.at : null,
    items: items.map(({ item, domain, channel, ts, ...line }) => ({
      ...line,
      title: item === null ? '(erased)' : maskSensitive(item).title,
      domain_title: world.policy().domains[domain ?? '']?.title ?? domain ?? '',
      permalink: channel && ts ? messageLink(world, channel, ts) : null,
    })),
    total,
  });
}
