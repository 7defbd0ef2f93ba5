/** "Show me the next": whoever has time for it gets the card whose turn it is, whatever the limit says. */
import { notified } from '../../policies/access/notify-targets.ts';
import { itemFacts, pagedSince } from '../access/authorise.ts';
import { mayDo, type Answer } from '../access/may-do.ts';
import type { Person, Refused } from '../access/refused.ts';
import type { ActedOn } from '../access/act-on-item.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { standingRung } from '../paging/standing-rung.ts';
import { nextBehind } from '../store/backlog.ts';
import type { Unit } from '../store/commit.ts';
import type { Db } from '../store/database.ts';
import { loadItem } from '../store/items.ts';
import { rungsOfItem } from '../store/rungs.ts';
import type { World } from '../world/world.ts';
import { promoteItem } from './promote-item.ts';
import { updateDigestCard } from './keep-digest-card.ts';

/** As far down the backlog as is looked for one that this person may decide. */
const LOOKED_AT = 50;

type Found = { record: ItemRecord } | { unknown: string[] } | { refusal: Refused; of: ItemRecord };

/** Resolves once that is on disk, or with why not. */
export async function showNext(
  world: World,
  asked: { domain: string; person: Person },
): Promise<ActedOn> {
  const { person } = asked;
  const done = await world.commit(async (unit): Promise<ActedOn> => {
    const found = await nextFor(world, unit, asked);
    if (found !== null && 'unknown' in found) return { done: 'unknown', look: found.unknown };
    if (found !== null && 'refusal' in found)
      return { done: false, refusal: found.refusal, record: found.of, decision: null };
    if (found) {
      await promoteItem(world, unit, found.record, { because: 'wanted', by: person.user });
      return { done: true };
    }
    // What they look at says otherwise: it is drawn again.
    await updateDigestCard(world, unit, asked);
    return { done: false, refusal: { refused: 'none_behind' }, record: null, decision: null };
  });
  if (done.done === true)
    world.log.info({ domain: asked.domain, by: person.user }, 'the next card was asked for');
  return done;
}

/** The first in the backlog that they may decide; else why they may not decide the very first. null: nothing waits. */
async function nextFor(
  world: World,
  unit: Unit,
  { domain, person }: { domain: string; person: Person },
): Promise<Found | null> {
  let refused: Extract<Found, { refusal: Refused }> | null = null;
  for (const id of await nextBehind(unit.db, domain, LOOKED_AT)) {
    const record = await loadItem(unit.db, id);
    if (!record) continue;
    const may = await mayTake(world, unit.db, record, person);
    if (may.may === 'yes') return { record };
    if (may.may === 'unknown') return { unknown: may.look };
    refused ??= { refusal: may.refusal, of: record };
  }
  return refused;
}

/** Its deciders, and whom its rung will page as soon as it has a card. */
async function mayTake(world: World, db: Db, record: ItemRecord, person: Person): Promise<Answer> {
  const open = (await rungsOfItem(db, record.id))
    .map(standingRung)
    .find((rung) => rung.state === 'paged');
  const { people, named } = notified(
    world.policy(),
    open?.notify ?? [],
    record.requester_slack_user,
    world.onCall,
  );
  const item = itemFacts(record, await pagedSince(db, record));
  const deed = { deed: 'show_next', item, called: [...people, ...named] } as const;
  return mayDo(world.policy(), deed, person, world);
}
