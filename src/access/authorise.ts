/** Asks `mayDo` about an item as it stands in the database: whom it has paged is read where that decides. */
import { stillCalled } from '../../policies/access/still-called.ts';
import type { PersonRef } from '../../policies/policy.ts';
import type { ItemRecord } from '../domain/decision.ts';
import type { Db } from '../store/database.ts';
import { pagesOfItem, type Page } from '../store/pages.ts';
import type { World } from '../world/world.ts';
import { mayDo, type Answer, type ItemDeed, type ItemFacts } from './may-do.ts';
import type { Person } from './refused.ts';

/** Whether a person may do that to the item now. */
export async function authorise(
  world: World,
  db: Db,
  record: ItemRecord,
  person: Person,
  deed: ItemDeed,
): Promise<Answer> {
  const ask = (item: ItemFacts) => mayDo(world.policy(), { deed, item }, person, world);
  const alone = record.several?.singly === true;
  if (!alone) {
    // Who was paged matters only to those whom the policy does not name.
    const answer = ask(itemFacts(record, []));
    if (answer.may === 'yes') return answer;
  }
  return ask(itemFacts(record, await pagedSince(db, record)));
}

/** @param paged whom its rungs have paged: `pagedSince`, or `pagedEver` */
export const itemFacts = (record: ItemRecord, paged: readonly PersonRef[]): ItemFacts => ({
  domain: record.domain,
  by: record.by,
  rule: record.rule,
  several: record.several,
  requester_slack_user: record.requester_slack_user,
  paged,
  alone: record.several?.singly === true,
});

/** Whom the item's rungs have paged; of stages, those of the open one. */
export const pagedSince = async (db: Db, record: ItemRecord): Promise<PersonRef[]> =>
  pagedRefs(
    (await pagesOfItem(db, record.id)).filter(
      (page) => page.rung >= (record.several?.from_rung ?? 0),
    ),
  );

/** Whom any of the item's rungs has paged, of stages those of each. */
export const pagedEver = async (db: Db, record: ItemRecord): Promise<PersonRef[]> =>
  pagedRefs(await pagesOfItem(db, record.id));

/** Of those the ones whom the policy in force still calls. */
export const pagedNow = async (world: World, db: Db, record: ItemRecord): Promise<PersonRef[]> =>
  stillCalled(world.policy(), record, await pagedSince(db, record), world);

const pagedRefs = (pages: readonly Page[]): PersonRef[] =>
  pages.flatMap(({ target }): PersonRef[] =>
    /^[UW]/.test(target)
      ? [{ type: 'user', id: target }]
      : target.startsWith('S')
        ? [{ type: 'usergroup', id: target }]
        : [],
  );
