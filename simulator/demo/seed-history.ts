/**
 * Lives through the demo's past before the pager starts: each item, claim and decision by the product's own use cases, at
 * its own time, so that figures, log and policy are as they would be. Slack saw nothing of it, and is sent nothing.
 */
import { sql } from 'kysely';
import pino from 'pino';
import { parsePolicy } from '../../policies/file/parse-policy.ts';
import { acceptItem } from '../../src/intake/accept-item.ts';
import { claimItem } from '../../src/items/claim-item.ts';
import { decideItem } from '../../src/items/decide-item.ts';
import { loadHolds } from '../../src/world/holds.ts';
import { createIds } from '../../src/world/ids.ts';
import { parseItem } from '../../src/domain/parse-item.ts';
import { cardShown } from '../../src/store/cards.ts';
import { createCommit } from '../../src/store/commit.ts';
import { migrate, openDatabase } from '../../src/store/database.ts';
import { directPageSent } from '../../src/store/pages.ts';
import { sweepDeadlines } from '../../src/items/sweep-deadlines.ts';
import type { World } from '../../src/world/world.ts';
import { pastItems, type PastItem } from './past-items.ts';

/** When the clocks of those ladders have run out, from coming in. */
const RUN_OUT_MS = [31, 42, 103, 345].map((minutes) => minutes * 60_000);

/** Fills the database `file`, which is not there yet. `now`: when the past ends, epoch ms. */
export async function seedHistory(
  file: string,
  yaml: string,
  now: number,
  people: { team: string; nameOf(id: string): string; usergroup(id: string): readonly string[] },
): Promise<void> {
  const db = openDatabase(file);
  try {
    await migrate(db);
    // Nothing is lost if this goes with the machine: it is made anew.
    await sql`pragma synchronous = off`.execute(db);
    const policy = parsePolicy(yaml);
    if (!policy.ok) throw new Error('the policy of the demo is not good');
    let present = 0;
    const clock = { now: () => present, at: () => () => {} };
    const world: World = {
      clock,
      ids: createIds(clock),
      db,
      commit: createCommit({ db, clock }),
      holds: await loadHolds(db),
      policy: () => policy.policy,
      membersOf: (id) => new Set(people.usergroup(id)),
      accountOf: () => 'member',
      onCall: (rotation) => [rotation === 'billing-primary' ? 'U0ALICE' : 'U0CAROL'],
      shifts: {
        overrides: () => [],
        gone: () => new Set(),
        gapsMayDiffer: () => false,
        refresh: async () => {},
      },
      samplingKey: 'of a stand',
      ownTeam: () => people.team,
      workspaceUrl: () => 'https://slack.com/',
      callbackProblem: () => null,
      replyProblem: () => null,
      log: pino({ level: 'silent' }),
    };
    for (const { at, happens } of happenings(world, now, people)) {
      present = at;
      await happens();
      await showCards(world);
    }
    present = now - 1;
    await sweepDeadlines(world);
    await forgetSlack(world);
  } finally {
    await db.destroy();
  }
}

/** What is over before its first clock runs out has none to be looked at. */
const isOverInTime = (at: number, deeds: PastItem['deeds']): boolean =>
  (deeds.at(-1)?.at ?? Infinity) < at + (RUN_OUT_MS[0] ?? 0);

interface Happening {
  at: number;
  happens: () => Promise<unknown>;
}

/** All that happens, in the order of time: the log is written in it. */
function happenings(
  world: World,
  now: number,
  { team, nameOf }: { team: string; nameOf(id: string): string },
): Happening[] {
  const all: Happening[] = pastItems(now).flatMap(({ item, at, deeds }) => [
    {
      at,
      happens: async () => {
        const parsed = parseItem(item);
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
        await acceptItem(world, { ...parsed, source: 'http' });
      },
    },
    ...(isOverInTime(at, deeds) ? [] : RUN_OUT_MS).map((after) => ({
      at: at + after,
      happens: () => sweepDeadlines(world),
    })),
    ...deeds.map((deed) => ({
      at: deed.at,
      // Whoever comes too late, or was never asked, is told so: that is part of the past too.
      happens: () => {
        const who = {
          item_id: item.id,
          person: { user: deed.user, team, name: nameOf(deed.user) },
        };
        return 'claims' in deed
          ? claimItem(world, { ...who, take: true })
          : decideItem(world, { ...who, verdict: deed.says, card_id: null });
      },
    })),
  ]);
  return all.toSorted((a, b) => a.at - b.at);
}

/** A clock runs only on what people were shown: as if Slack had each card and page at once. */
const showCards = (world: World): Promise<void> =>
  world.commit(async ({ db, now: at }) => {
    const unseen = db.selectFrom('cards').select(['id', 'channel']).where('posted_at', 'is', null);
    for (const { id, channel } of await unseen.execute()) {
      await cardShown(db, { id, channel, ts: `${at / 1000}`, rev: 1, at });
      await directPageSent(db, id, at);
    }
  });

/** Cards, results and notes of then are in no Slack and on no queue. */
async function forgetSlack({ db }: World): Promise<void> {
  await db.updateTable('pages').set({ card_id: null }).execute();
  for (const table of ['outbox', 'card_views', 'digest_cards', 'cards'] as const)
    await db.deleteFrom(table).execute();
}
