/** "I can't": whoever was paged passes the item on. Others of the rung still have it; where nobody is left, the next rung is paged at once. */
import { onItem, type ActedOn } from '../access/act-on-item.ts';
import { drawCardsAgain, sayOnCard } from '../outbox/enqueue.ts';
import { mayDo } from '../access/may-do.ts';
import type { Person } from '../access/refused.ts';
import { climbItem } from './climb-item.ts';
import type { ItemRecord } from '../domain/decision.ts';
import type { Unit } from '../store/commit.ts';
import { pagesOfItem, pagesPassed } from '../store/pages.ts';
import { rungsOfItem } from '../store/rungs.ts';
import { startClaimClock } from './claim-clock.ts';
import { releaseClaim } from './release-claim.ts';
import type { World } from '../world/world.ts';

/** Resolves once that is on disk, or with why not. */
export async function passItem(
  world: World,
  pass: { item_id: string; person: Person },
): Promise<ActedOn> {
  const { item_id, person } = pass;
  const passed = await onItem(world, item_id, async (unit, record) => {
    if (record.status === 'decided')
      return { refused: 'decided', outcome: record.outcome ?? 'expired' };
    const open = (await rungsOfItem(unit.db, item_id)).find((rung) => rung.state === 'paged');
    const pages = (await pagesOfItem(unit.db, item_id)).filter(
      (page) => page.rung === open?.number && (page.state === 'wanted' || page.state === 'sent'),
    );
    const paged = pages.flatMap((page) => (page.way === 'dm' ? [page.target] : []));
    const may = mayDo(world.policy(), { deed: 'pass', paged }, person, world);
    if (may.may === 'unknown') return { done: 'unknown', look: may.look };
    if (may.may === 'no') return may.refusal;
    const others = pages.some((page) => page.target !== person.user);
    if (!others) {
      const step = await climbItem(world, unit, record, { because: 'passed', by: person.user });
      if (step.step === 'end') return { refused: 'nobody_above' };
      await pagesPassed(unit.db, item_id, person.user);
    } else {
      await pagesPassed(unit.db, item_id, person.user);
      await letGo(world, unit, record, person.user);
    }
    await unit.audit({ event: 'item.passed', item_id, facts: { slack_user: person.user } });
    return { done: true };
  });
  if (passed.done === true) world.log.info({ item_id, by: person.user }, 'item passed on');
  return passed;
}

/** Others of the rung still have it; a claim of whoever passed is released. */
async function letGo(world: World, unit: Unit, record: ItemRecord, user: string): Promise<void> {
  if (record.claimed_by === user) {
    await releaseClaim(unit, record, 'passed');
    await startClaimClock(world, unit, record);
  }
  await sayOnCard(world, unit, record, { line: 'passed', by: user });
  await drawCardsAgain(world, unit, record);
}
