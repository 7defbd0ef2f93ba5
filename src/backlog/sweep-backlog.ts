/**
 * What no single item's end or arrival does: after a change of the policy, or of whatever else, nobody waits where there
 * is room, and what the digest cards tell is not stale. Where nothing waits behind it costs two looks at an index.
 */
import { domainOf } from '../../policies/domain-of.ts';
import { DIGEST_FRESH_MS, digestStale, placesFree } from '../../policies/routing/open-limit.ts';
import { anyBehind, behindByDomain, domainsBehind, shownIn } from '../store/backlog.ts';
import type { Db } from '../store/database.ts';
import { digestCardsOf, domainsWithDigestCard } from '../store/digest-cards.ts';
import type { World } from '../world/world.ts';
import { fillPlaces } from './fill-places.ts';
import { keepDigestCard } from './keep-digest-card.ts';

interface DomainBacklog {
  id: string;
  channel: string;
  open_limit: number | null;
}

/** Goes through the domains of which anything waits, and those whose digest card stands open. */
export async function sweepBacklog(world: World): Promise<void> {
  const { db } = world;
  for (const id of new Set([...(await domainsBehind(db)), ...(await domainsWithDigestCard(db))])) {
    const policy = world.policy();
    // What has left the policy has no limit, and its cards go where such items go.
    const { channel } = domainOf(policy, id);
    await sweepDomain(world, { id, channel, open_limit: policy.domains[id]?.open_limit ?? null });
  }
}

async function sweepDomain(world: World, backlog: DomainBacklog): Promise<void> {
  while (await hasPlaces(world.db, backlog))
    if ((await world.commit((unit) => fillPlaces(world, unit, backlog))) === 0) break;
  if (await isTold(world, backlog)) return;
  await world.commit(async (unit) =>
    keepDigestCard(world, unit, backlog, await anyBehind(unit.db, backlog.id)),
  );
}

const hasPlaces = async (db: Db, { id, open_limit }: DomainBacklog): Promise<boolean> =>
  placesFree(open_limit, open_limit === null ? 0 : await shownIn(db, id, open_limit)) > 0;

/** Whether the digest card says what is, and no other does. */
async function isTold({ db, clock }: World, { id, channel }: DomainBacklog): Promise<boolean> {
  const open = (await digestCardsOf(db, id)).filter((one) => one.closed_at === null);
  const [here] = open;
  if (!(await anyBehind(db, id))) return here === undefined;
  if (here === undefined || open.length > 1 || here.channel !== channel) return false;
  const now = clock.now();
  if (now - here.drawn_at < DIGEST_FRESH_MS) return true;
  const [waiting] = await behindByDomain(db, id);
  return waiting !== undefined && !digestStale(here.drawn_at, waiting.oldest, now);
}
