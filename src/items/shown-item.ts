/** An item with all that showing it takes: its record, its domain as the policy now has it, how it ended, and its past. */
import type { EpochMs } from '../domain/clock.ts';
import type { Decision, ItemRecord, Opinion } from '../domain/decision.ts';
import { loadDecision } from '../store/decisions.ts';
import { infoRequestsOf, type InfoRequest } from '../store/info-requests.ts';
import { loadItem } from '../store/items.ts';
import { reopenedAs, reopenedFrom, type Reopened } from '../store/reopened.ts';
import { waitOf } from '../store/waits.ts';
import { opinionsOf } from '../store/opinions.ts';
import { pagesOfItem, type Page } from '../store/pages.ts';
import { rungsOfItem } from '../store/rungs.ts';
import type { World } from '../world/world.ts';

export interface ShownDomain {
  id: string;
  title: string;
  guide: string | null;
  visible_fields: string[] | null;
}

export interface ShownItem {
  record: ItemRecord;
  domain: ShownDomain;
  decision: Decision | null;
  now: EpochMs;
  ladder: ShownLadder | null;
  /** What its clocks wait for. */
  waits: { kind: 'snooze' | 'info'; by: string; until: EpochMs } | null;
  /** What experts asked back, and were told. */
  info: InfoRequest[];
  /** Where several people decide: what they have said, oldest first. */
  opinions: Opinion[];
  /** What it was asked again as, and what it was before. */
  reopened: { as: Reopened | null; from: Reopened | null };
}

/** Where an open item stands on its ladder, and whom the open rung called. */
export interface ShownLadder {
  people: string[];
  usergroups: string[];
  claim_by: EpochMs | null;
  climbed: boolean;
}

/** The domain as the policy now has it; one that has left the policy keeps its name. */
export function shownDomain(world: World, id: string | null): ShownDomain {
  const domain = world.policy().domains[id ?? ''];
  return (
    domain ?? { id: id ?? 'none', title: id ?? 'No domain', guide: null, visible_fields: null }
  );
}

/** Loads it, or null where there is no such item. */
export async function shownItem(world: World, id: string): Promise<ShownItem | null> {
  const record = await loadItem(world.db, id);
  return record && showing(world, record);
}

/** The same, of a record that is at hand. */
export async function showing(world: World, record: ItemRecord): Promise<ShownItem> {
  return {
    record,
    domain: shownDomain(world, record.domain),
    decision: await loadDecision(world.db, record.id),
    now: world.clock.now(),
    ladder: record.status === 'decided' ? null : await shownLadder(world, record.id),
    waits: record.status === 'decided' ? null : await waitOf(world.db, record.id),
    info: await infoRequestsOf(world.db, record.id),
    opinions: record.several === null ? [] : await opinionsOf(world.db, record.id),
    reopened: {
      as: record.outcome === 'expired' ? await reopenedAs(world.db, record.id) : null,
      from: await reopenedFrom(world.db, record.id),
    },
  };
}

async function shownLadder(world: World, item_id: string): Promise<ShownLadder | null> {
  const rungs = await rungsOfItem(world.db, item_id);
  const open = rungs.find((rung) => rung.state === 'paged');
  if (!open) return null;
  const pages = await pagesOfItem(world.db, item_id);
  return {
    ...called(pages, open.number),
    claim_by: open.claim_by,
    climbed: rungs.some((rung) => rung.number < open.number),
  };
}

/** Whom the pages of one rung call by name. */
export function called(
  pages: readonly Page[],
  rung: number,
): Pick<ShownLadder, 'people' | 'usergroups'> {
  const named = pages.filter(
    (page) =>
      page.rung === rung &&
      page.way !== 'channel' &&
      (page.state === 'wanted' || page.state === 'sent'),
  );
  const of = (first: RegExp) => [
    ...new Set(named.map((page) => page.target).filter((target) => first.test(target))),
  ];
  return { people: of(/^[UW]/), usergroups: of(/^S/) };
}

/** The names of the PagerDuty keys that one rung calls, those aside that refused it. */
export const calledServices = (pages: readonly Page[], rung: number): string[] =>
  pages
    .filter((page) => page.rung === rung && page.way === 'pagerduty' && page.state !== 'failed')
    .map((page) => page.target.slice(page.target.indexOf(':') + 1));
