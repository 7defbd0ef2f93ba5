/**
 * Moves an item up its ladder: loads how it stands, asks `climb`, and stores what follows. One transaction, the
 * caller's.
 */
import { domainOf } from '../../policies/domain-of.ts';
import {
  climb,
  hoursOf,
  runsOut,
  type Climb,
  type Standing,
  type StandingRung,
} from '../../policies/schedule/ladder.ts';
import { notified, reachesAnybody } from '../../policies/access/notify-targets.ts';
import type { NotifyRef } from '../../policies/policy.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { expireItem } from '../outcome/expire-item.ts';
import { transition } from '../domain/lifecycle.ts';
import { promoteItem } from '../backlog/promote-item.ts';
import { releaseClaim } from './release-claim.ts';
import { standingRung } from '../paging/standing-rung.ts';
import { pagedFacts, sendPages, startClocks } from '../paging/page-rung.ts';
import { drawCardsAgain, sayOnCard } from '../outbox/enqueue.ts';
import { cardsOfItem } from '../store/cards.ts';
import type { Unit } from '../store/commit.ts';
import { endClocks, insertDeadline } from '../store/deadlines.ts';
import { setDueAt, setLevelAndDue, swapItem } from '../store/items.ts';
import type { PagedBecause } from '../domain/page-reason.ts';
import { pagesOfItem } from '../store/pages.ts';
import { rungEnded, rungsOfItem } from '../store/rungs.ts';
import { digestCardsOf } from '../store/digest-cards.ts';
import { deleteWait } from '../store/waits.ts';
import type { World } from '../world/world.ts';

/** Where nobody can be paged at all, it is tried again this often. */
const NOBODY_AGAIN_MS = 5 * 60_000;

/** Why an item moves up though no clock has run out; `again`: whom the open rung called is out of reach, or nobody was. */
export interface Push {
  because: Extract<PagedBecause, 'asked' | 'passed' | 'escalated' | 'again' | 'apart'>;
  by: string | null;
  /** Theirs, where they gave one. */
  reason?: string;
}

/**
 * Does what is due for it now. Returns what was done; pushed with no rung above, nothing: its clocks run on, and `end`
 * is returned.
 */
export async function climbItem(
  world: World,
  unit: Unit,
  record: ItemRecord,
  push?: Push,
): Promise<Climb> {
  const policy = world.policy();
  const rows = await rungsOfItem(unit.db, record.id);
  const rungs = rows.map(standingRung);
  const hours = hoursOf(policy, domainOf(policy, record.domain));
  const open = rungs.find((rung) => rung.state === 'paged') ?? null;
  const standing: Standing = {
    rungs,
    hours,
    claimed: record.claimed_by !== null,
    expires_at: record.expires_at,
    page_sent: open === null || (await pageSent(unit, record, open)),
  };
  const reach = (rung: { notify: NotifyRef[] }) =>
    notified(policy, rung.notify, record.requester_slack_user, world.onCall);
  const step = climb(standing, unit.now, (rung) => reachesAnybody(reach(rung)), push !== undefined);
  const rungOf = (number: number): StandingRung => {
    const found = rungs.find((rung) => rung.number === number);
    if (!found) throw new Error(`item ${record.id} has no rung ${number}`);
    return found;
  };
  const passBy = async (): Promise<void> => {
    if (step.step !== 'page' && step.step !== 'end') return;
    if (open)
      await rungEnded(unit.db, { item_id: record.id, number: open.number }, 'over', unit.now);
    for (const number of step.skipped)
      await rungEnded(unit.db, { item_id: record.id, number }, 'skipped', unit.now);
    for (const number of step.missed)
      await rungEnded(unit.db, { item_id: record.id, number }, 'missed', unit.now);
  };

  switch (step.step) {
    case 'stay':
      return step;
    case 'expire':
      await expireItem(world, unit, record, 'expires_at');
      return step;
    case 'restart': {
      await endClocks(unit.db, record.id, 'missed');
      const due_at = await startClocks(unit, record.id, rungOf(step.number), hours);
      await setDueAt(unit.db, record.id, due_at);
      await unit.audit({
        event: 'item.deadline_moved',
        item_id: record.id,
        facts: { due_at: due_at ?? undefined, because: 'card_not_posted' },
      });
      return step;
    }
    case 'nobody':
      await nobodyNow(world, unit, record);
      return step;
    case 'page': {
      const rung = rungOf(step.number);
      const to = reach(rung);
      const moved = transition(record, { type: 'page' }, unit.now);
      if (!moved.ok) throw new Error(`item ${record.id} cannot be paged: it is ${moved.refused}`);
      await passBy();
      await endClocks(unit.db, record.id, push ? 'void' : 'missed');
      await deleteWait(unit.db, record.id);
      await swapItem(unit.db, record, moved.state);
      // The first page of what waits behind is kept back; whatever calls for more brings it forward.
      const behind =
        record.behind_since !== null &&
        open === null &&
        (push?.because === 'asked' || push?.because === 'again');
      if (!behind) await promoteItem(world, unit, record, { because: 'climbed' });
      const due_at = await startClocks(unit, record.id, rung, hours);
      await setLevelAndDue(unit.db, { id: record.id, level: rung.level, due_at });
      const because = push
        ? push.because === 'again' && open
          ? 'unreachable'
          : push.because
        : whyUp(open, record, unit.now);
      await unit.audit({
        event: 'item.paged',
        item_id: record.id,
        facts: {
          rung: rung.number,
          level: rung.level,
          because,
          by: push?.by ?? undefined,
          skipped: step.skipped.length > 0 ? step.skipped : undefined,
          missed: step.missed.length > 0 ? step.missed : undefined,
          ...(behind ? { behind } : pagedFacts(to)),
          released: record.claimed_by ?? undefined,
          due_at: due_at ?? undefined,
          version: moved.state.version,
          view_rev: moved.state.view_rev,
        },
      });
      if (behind) return step;
      await sendPages(world, unit, record, {
        rung,
        to,
        story: {
          because,
          by: push?.by ?? null,
          reason: push?.reason ?? null,
          skipped: step.skipped,
          missed: step.missed,
          released: record.claimed_by === (push?.by ?? null) ? null : record.claimed_by,
        },
      });
      await drawCardsAgain(world, unit, record);
      return step;
    }
    case 'end': {
      if (push) return step;
      await passBy();
      if (record.at_the_end === 'expired') {
        await expireItem(world, unit, record, 'ladder');
        return step;
      }
      await endClocks(unit.db, record.id, 'missed');
      await unit.audit({
        event: 'item.overdue',
        item_id: record.id,
        facts: { due_at: record.due_at ?? undefined },
      });
      await releaseClaim(unit, record, 'overdue');
      await sayOnCard(world, unit, record, { line: 'overdue', released: record.claimed_by });
      await drawCardsAgain(world, unit, record);
      return step;
    }
    default:
      return step satisfies never;
  }
}

/** Tried again after a while; said once. */
async function nobodyNow(world: World, unit: Unit, record: ItemRecord): Promise<void> {
  await endClocks(unit.db, record.id, 'void');
  const due_at = unit.now + NOBODY_AGAIN_MS;
  await insertDeadline(unit.db, {
    item_id: record.id,
    rung: null,
    kind: 'notify',
    set_at: unit.now,
    due_at,
  });
  if (unit.now - record.requested_at >= NOBODY_AGAIN_MS) return;
  await unit.audit({ event: 'item.nobody', item_id: record.id, facts: {} });
  await setDueAt(unit.db, record.id, null);
  await unit.audit({
    event: 'item.deadline_moved',
    item_id: record.id,
    facts: { because: 'nobody_to_page' },
  });
  await sayOnCard(world, unit, record, { line: 'nobody' });
}

/** A page counts once Slack has shown it to somebody: the card for a first rung that calls nobody by name, the digest card for what waits behind. */
async function pageSent(unit: Unit, record: ItemRecord, open: StandingRung): Promise<boolean> {
  if (record.behind_since !== null)
    return (await digestCardsOf(unit.db, record.domain ?? '')).some(
      (one) => one.closed_at === null && one.posted_at !== null,
    );
  const cards = await cardsOfItem(unit.db, record.id);
  const shown = cards.some((card) => card.purpose === 'decide' && card.posted_at !== null);
  const pages = (await pagesOfItem(unit.db, record.id)).filter((one) => one.rung === open.number);
  if (open.number === 1 && shown) return true;
  return pages.length === 0 ? shown : pages.some((one) => one.state !== 'wanted');
}

function whyUp(open: StandingRung | null, record: ItemRecord, now: number): PagedBecause {
  if (open === null) return 'again';
  const over = runsOut(open, record.claimed_by !== null);
  return over !== null && over <= now && over === open.claim_by && over !== open.decide_by
    ? 'unclaimed'
    : 'undecided';
}
