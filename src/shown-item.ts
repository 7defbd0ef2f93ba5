/** An item with all that showing it takes: its record, its domain as the policy now has it, how it ended, and its past. */
import type { EpochMs } from './clock.ts';
import type { Decision, ItemRecord } from './decision.ts';
import { auditOfItem, type AuditedEntry } from './store/audit.ts';
import { loadDecision } from './store/decisions.ts';
import { loadItem } from './store/items.ts';
import type { World } from './world.ts';

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
  };
}

/** What happened to an item, in words, oldest first. */
export async function historyOf(
  world: World,
  id: string,
): Promise<{ at: EpochMs; words: string }[]> {
  return (await auditOfItem(world.db, id)).map((entry) => ({
    at: entry.at,
    words: wordsOf(entry),
  }));
}

function wordsOf({ event, facts }: AuditedEntry): string {
  const who = typeof facts.slack_user === 'string' ? `<@${facts.slack_user}>` : '';
  switch (event) {
    case 'item.accepted':
      return `Came in by ${String(facts.source)}; rule ${String(facts.rule)} said ${String(facts.route).replace('_', ' ')}`;
    case 'item.claimed':
      return `Claimed by ${who}`;
    case 'item.released':
      return `Released by ${who}`;
    case 'item.reminded':
      return 'Reminder in the thread';
    case 'item.overdue':
      return 'Nobody decided in time; it still waits';
    case 'item.deadline_moved':
      return 'Its clock started again: the card had not been posted';
    case 'item.decided':
      return `${String(facts.outcome).replace('_', ' ')} by ${who || `the ${String(facts.by)}`}`;
    case 'webhook.given_up':
      return 'The callback was tried for a day and given up';
    default:
      return event;
  }
}
