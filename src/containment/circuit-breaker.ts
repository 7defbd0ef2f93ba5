/** Where people go against the AI more often than the policy's circuit breaker allows, letting-through stops there. */
import { domainOf } from '../../policies/domain-of.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { sha256 } from '../domain/hash.ts';
import { writePause } from './pause.ts';
import type { Unit } from '../store/commit.ts';
import { lastResumed } from '../store/holds.ts';
import { overridesSince } from '../store/items.ts';
import type { World } from '../world/world.ts';

/** The id of the pause that a decision on that item makes: the same each time. */
export const breakerPauseId = (item_id: string): string =>
  `breaker-${sha256(`breaker\n${item_id}`).slice(7, 31)}`;

/**
 * Pauses the domain of a decided item where that decision took its override rate over the limit. Inside the decision's
 * transaction. What was decided before the last resume does not count again.
 */
export async function breakCircuit(world: World, unit: Unit, record: ItemRecord): Promise<void> {
  const domain = domainOf(world.policy(), record.domain);
  const breaker = domain.circuit_breaker;
  if (breaker === null || record.source === 'pager' || world.holds.pauseOf(domain.id)) return;
  const resumed = await lastResumed(unit.db, domain.id);
  const since = Math.max(unit.now - breaker.window, resumed === null ? 0 : resumed + 1);
  const { decided, overridden } = await overridesSince(unit.db, domain.id, since);
  const rate = decided === 0 ? 0 : overridden / decided;
  if (decided < breaker.at_least || rate <= breaker.override_rate) return;
  await writePause(world, unit, {
    id: breakerPauseId(record.id),
    domain: domain.id,
    cause: 'breaker',
    reason: `people went against the AI in ${overridden} of ${decided} decisions (${percent(rate)}, more than ${percent(breaker.override_rate)})`,
    paused_by: null,
  });
  world.log.warn({ domain: domain.id, decided, overridden }, 'the circuit breaker paused a domain');
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;
