/**
 * Pages a rung: its clocks start, whom it calls is written down, the card is drawn again and one line goes into its
 * thread. One transaction, the caller's.
 */
import { decidingCard } from '../outbox/deciding-card.ts';
import { clocksOf, type PlannedRung, type RungClocks } from '../../policies/schedule/ladder.ts';
import { namesAnybody, type Notified } from '../../policies/access/notify-targets.ts';
import { breaksThrough, quietUntil } from '../../policies/schedule/quiet-hours.ts';
import type { WorkingHours } from '../../policies/policy.ts';
import type { EpochMs } from '../domain/clock.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { pagerdutyTarget } from './pagerduty-alert.ts';
import { drawCard, say, tellPagerduty } from '../outbox/enqueue.ts';
import { insertCard } from '../store/cards.ts';
import type { Unit } from '../store/commit.ts';
import { insertDeadline } from '../store/deadlines.ts';
import type { PageReason, PersonalStory } from '../domain/page-reason.ts';
import { insertPage, type Page } from '../store/pages.ts';
import { quietHoursOf } from '../store/quiet-hours.ts';
import { rungPaged } from '../store/rungs.ts';
import type { World } from '../world/world.ts';

/** A page to send, and why. */
export interface Paging {
  rung: PlannedRung;
  to: Notified;
  story: PageReason;
}

/** Whom a page calls, as the log has it. */
export const pagedFacts = (to: Notified) => ({
  people: [...to.people, ...to.named],
  usergroups: to.usergroups,
  pagerduty: to.pagerduty.length > 0 ? to.pagerduty : undefined,
});

/** Starts the rung's clocks. Returns when its time to decide is over. */
export async function startClocks(
  unit: Unit,
  item_id: string,
  rung: PlannedRung,
  hours: WorkingHours | null,
): Promise<EpochMs | null> {
  const clocks = clocksOf(rung, hours, unit.now);
  const { claim_by, decide_by } = clocks;
  await rungPaged(unit.db, {
    item_id,
    number: rung.number,
    paged_at: unit.now,
    claim_by,
    decide_by,
  });
  await setDeadlines(unit, item_id, rung, clocks);
  return decide_by;
}

/** The deadlines of a rung whose clocks start now. */
export async function setDeadlines(
  unit: Unit,
  item_id: string,
  rung: PlannedRung,
  { claim_by, decide_by, remind_at }: RungClocks,
): Promise<void> {
  const clock = { item_id, rung: rung.number, set_at: unit.now };
  for (const due_at of remind_at)
    await insertDeadline(unit.db, { ...clock, kind: 'remind', due_at });
  if (claim_by !== null)
    await insertDeadline(unit.db, { ...clock, kind: 'claim', due_at: claim_by });
  if (decide_by !== null)
    await insertDeadline(unit.db, { ...clock, kind: 'decide', due_at: decide_by });
}

/** Writes the pages down, and the line that calls its people. The card in its channel is a first rung's page by itself. */
export async function sendPages(
  world: World,
  unit: Unit,
  record: ItemRecord,
  paging: Paging,
): Promise<void> {
  const { rung, to, story } = paging;
  // A card that calls nobody by name is its own page.
  if (story.because === 'asked' && !namesAnybody(to) && story.skipped.length === 0) return;
  const card = await decidingCard(world, unit.db, record);
  const page = pageOf(unit, record.id, rung.number);
  const theirs: PersonalStory = { ...story, woke: false };
  let held = 0;
  for (const user of to.people) {
    const until = await heldUntil(unit, record, rung.level, user);
    if (until === null) {
      await pageInPerson(world, unit, record, rung.number, user, theirs);
      continue;
    }
    held += 1;
    await page('dm', user, { state: 'held', story: theirs });
    await insertDeadline(unit.db, {
      item_id: record.id,
      rung: rung.number,
      kind: 'wake',
      set_at: unit.now,
      due_at: until,
    });
  }
  for (const user of to.named) await page('mention', user);
  for (const usergroup of to.usergroups) await page('mention', usergroup);
  if (to.channel && card) await page('channel', card.channel);
  for (const key of to.pagerduty) {
    await page('pagerduty', pagerdutyTarget(key));
    await tellPagerduty(world, unit, record, { action: 'trigger', key, rung: rung.number });
  }
  if (!card) return;
  await say(
    world,
    unit,
    record,
    { to: 'card', card_id: card.id },
    { line: 'paged', rung: rung.number, ...story, held },
  );
}

const pageOf =
  (unit: Unit, item_id: string, rung: number) =>
  (
    way: Page['way'],
    target: string,
    more: { card_id?: string; state?: 'held'; story?: PersonalStory } = {},
  ): Promise<void> =>
    insertPage(unit.db, {
      item_id,
      rung,
      way,
      target,
      card_id: more.card_id ?? null,
      wanted_at: unit.now,
      state: more.state ?? 'wanted',
      story: more.story ?? null,
    });

/** Until when somebody's quiet hours hold this page back; null: they do not. */
async function heldUntil(
  unit: Unit,
  record: ItemRecord,
  level: number,
  user: string,
): Promise<EpochMs | null> {
  const quiet = await quietHoursOf(unit.db, user);
  if (quiet === null || breaksThrough(quiet, { level, impact: record.impact })) return null;
  return quietUntil(quiet, unit.now);
}

/** Somebody is asked in person: a DM that tells how it came to them, and their name in the thread. */
export async function pageInPerson(
  world: World,
  unit: Unit,
  record: ItemRecord,
  rung: number,
  user: string,
  story: PersonalStory,
): Promise<void> {
  const page = pageOf(unit, record.id, rung);
  const direct = {
    id: world.ids.uuid(),
    purpose: 'page' as const,
    channel: user,
    item_id: record.id,
  };
  await insertCard(unit.db, direct);
  await page('dm', user, { card_id: direct.id, story });
  await page('mention', user);
  await drawCard(world, unit, record, { ...direct, ts: null });
}
