/** Loads what a digest card tells and has it drawn. */
import { digestCard, MOST_NEXT, type DigestInput } from '../../blocks/cards/digest-card.ts';
import { withinLimits } from '../../blocks/text/limits.ts';
import { notified } from '../../policies/access/notify-targets.ts';
import type { NotifyRef } from '../../policies/policy.ts';
import { breaksThrough, quietUntil } from '../../policies/schedule/quiet-hours.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { messageLink } from '../items/message-link.ts';
import { shownDomain } from '../items/shown-item.ts';
import { behindByDomain, calledBehind, expiredUnseen, nextBehind } from '../store/backlog.ts';
import type { Card } from '../store/cards.ts';
import { digestCardOf, digestCardsOf } from '../store/digest-cards.ts';
import { loadItem } from '../store/items.ts';
import { quietHoursOf } from '../store/quiet-hours.ts';
import type { World } from '../world/world.ts';
import type { Drawn } from './card-message.ts';

/** null: it is no digest card. */
export async function drawnDigest(world: World, card: Card): Promise<Drawn | null> {
  const digest = await digestCardOf(world.db, card.id);
  if (!digest) return null;
  const [behind] = await behindByDomain(world.db, digest.domain);
  const message = digestCard({
    domain: shownDomain(world, digest.domain),
    now: world.clock.now(),
    open_limit: world.policy().domains[digest.domain]?.open_limit ?? null,
    waiting: behind
      ? {
          ...behind,
          next: await nextRecords(world, digest.domain),
          ...(await calledNow(world, digest.domain)),
        }
      : null,
    expired: await expiredUnseen(world.db, digest.domain, digest.opened_at),
    moved: behind && digest.closed_at !== null ? await movedTo(world, digest.domain) : null,
  });
  return {
    message: withinLimits('message', message),
    record: null,
    over: digest.closed_at !== null,
  };
}

async function nextRecords(world: World, domain: string): Promise<ItemRecord[]> {
  const ids = await nextBehind(world.db, domain, MOST_NEXT);
  const records = await Promise.all(ids.map((id) => loadItem(world.db, id)));
  return records.filter((one) => one !== null);
}

/** Who is called for those that wait, as things stand: each once, and not in their quiet hours. */
async function calledNow(
  world: World,
  domain: string,
): Promise<
  Pick<NonNullable<DigestInput['waiting']>, 'people' | 'usergroups' | 'quiet' | 'nobody'>
> {
  const people = new Set<string>();
  const usergroups = new Set<string>();
  const quiet = new Set<string>();
  const called = await calledBehind(world.db, domain);
  for (const { notify_json, ...item } of called) {
    // What was written here was a rung of a policy.
    const to = notified(world.policy(), JSON.parse(notify_json) as NotifyRef[], null, world.onCall);
    for (const id of to.usergroups) usergroups.add(id);
    for (const id of [...to.people, ...to.named]) {
      const hours = await quietHoursOf(world.db, id);
      const holds =
        hours !== null &&
        !breaksThrough(hours, item) &&
        quietUntil(hours, world.clock.now()) !== null;
      if (!holds) people.add(id);
      else quiet.add(id);
    }
  }
  return {
    people: [...people],
    usergroups: [...usergroups],
    quiet: [...quiet].filter((id) => !people.has(id)).length,
    nobody: called.length === 0,
  };
}

/** Where the list goes on. */
async function movedTo(world: World, domain: string): Promise<{ permalink: string | null }> {
  const now = (await digestCardsOf(world.db, domain)).find((one) => one.closed_at === null);
  return { permalink: now?.ts ? messageLink(world, now.stands_in, now.ts) : null };
}
