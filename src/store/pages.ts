/** Pages: whom the rungs of an item called, how, and whether Slack took it. Whoever was paged may decide the item. */
import type { EpochMs } from '../domain/clock.ts';
import type { Db } from './database.ts';
import type { PersonalStory } from '../domain/page-reason.ts';
import { prepared } from './prepared.ts';
import type { PagesTable } from './ladder-tables.ts';

type NewRow = Omit<PagesTable, 'id' | 'sent_at'>;

const insertRow = prepared<NewRow, unknown>((db, value) =>
  db.insertInto('pages').values({
    item_id: value('item_id'),
    rung: value('rung'),
    way: value('way'),
    target: value('target'),
    card_id: value('card_id'),
    wanted_at: value('wanted_at'),
    state: value('state'),
    sent_at: null,
    story_json: value('story_json'),
    said_by: value('said_by'),
    words: value('words'),
  }),
);
/** `story`: of a page in person. */
export async function insertPage(
  db: Db,
  {
    story,
    ...page
  }: Omit<NewRow, 'story_json' | 'said_by' | 'words'> & { story: PersonalStory | null },
): Promise<void> {
  if (story === null || (story.because === 'asked' && story.skipped.length === 0 && !story.woke)) {
    await insertRow(db, { ...page, story_json: null, said_by: null, words: null });
    return;
  }
  const { by, reason, ...kept } = story;
  await insertRow(db, {
    ...page,
    story_json: JSON.stringify(kept satisfies KeptStory),
    said_by: by,
    words: reason,
  });
}

/** The rest of a story, which has no words of anybody. */
type KeptStory = Omit<PersonalStory, 'by' | 'reason'>;

type PageRow = Pick<
  PagesTable,
  'rung' | 'way' | 'target' | 'card_id' | 'state' | 'wanted_at' | 'sent_at'
>;

export interface Page extends PageRow {
  /** How it came to a person in their DM; null: it was asked, and they were the first. */
  story: PersonalStory | null;
}

const selectOfItem = prepared<
  { item_id: string },
  PageRow & Pick<PagesTable, 'story_json' | 'said_by' | 'words'>
>((db, value) =>
  db
    .selectFrom('pages')
    .select([
      'rung',
      'way',
      'target',
      'card_id',
      'state',
      'wanted_at',
      'sent_at',
      'story_json',
      'said_by',
      'words',
    ])
    .where('item_id', '=', value('item_id'))
    .orderBy('id'),
);
/** An item's pages, in the order in which they were wanted. */
export const pagesOfItem = async (db: Db, item_id: string): Promise<Page[]> =>
  (await selectOfItem(db, { item_id })).map(({ story_json, said_by, words, ...page }) => ({
    ...page,
    story:
      story_json === null
        ? null
        : // What was written here was a story.
          { ...(JSON.parse(story_json) as KeptStory), by: said_by, reason: words },
  }));

const setInThread = prepared<{ item_id: string; rung: number; sent_at: number }, unknown>(
  (db, value) =>
    db
      .updateTable('pages')
      .set({ state: 'sent', sent_at: value('sent_at') })
      .where('item_id', '=', value('item_id'))
      .where('rung', '=', value('rung'))
      .where('way', 'in', ['mention', 'channel'])
      .where('state', '=', 'wanted'),
);
/** The line that calls a rung's people stands in the card's thread. */
export const threadPageSent = async (
  db: Db,
  page: { item_id: string; rung: number; sent_at: EpochMs },
): Promise<void> => void (await setInThread(db, page));

const setOfCard = prepared<
  { card_id: string; state: 'sent' | 'failed'; sent_at: number | null },
  Pick<PagesTable, 'item_id' | 'target'>
>((db, value) =>
  db
    .updateTable('pages')
    .set({ state: value('state'), sent_at: value('sent_at') })
    .where('card_id', '=', value('card_id'))
    .where('state', '=', 'wanted')
    .returning(['item_id', 'target']),
);
/** The person has the page in their DM. */
export const directPageSent = async (db: Db, card_id: string, sent_at: EpochMs): Promise<void> =>
  void (await setOfCard(db, { card_id, state: 'sent', sent_at }));

const setOfTarget = prepared<
  { item_id: string; target: string; state: PagesTable['state'] },
  unknown
>((db, value) =>
  db
    .updateTable('pages')
    .set({ state: value('state') })
    .where('item_id', '=', value('item_id'))
    .where('target', '=', value('target')),
);
/** Slack cannot reach them: none of their pages of this item counts. Returns whom, null where it was sent before. */
export async function directPageFailed(
  db: Db,
  card_id: string,
): Promise<Pick<PagesTable, 'item_id' | 'target'> | null> {
  const [failed] = await setOfCard(db, { card_id, state: 'failed', sent_at: null });
  if (failed) await setOfTarget(db, { ...failed, state: 'failed' });
  return failed ?? null;
}

/** They said that they cannot: they are not waited for any more. */
export const pagesPassed = async (db: Db, item_id: string, target: string): Promise<void> =>
  void (await setOfTarget(db, { item_id, target, state: 'void' }));

/** Their quiet hours are over: they are paged now. */
export async function deleteHeldPage(
  db: Db,
  page: { item_id: string; rung: number; target: string },
): Promise<void> {
  await db
    .deleteFrom('pages')
    .where('item_id', '=', page.item_id)
    .where('rung', '=', page.rung)
    .where('target', '=', page.target)
    .where('state', '=', 'held')
    .execute();
}

const setOfService = prepared<
  {
    item_id: string;
    rung: number;
    target: string;
    state: 'sent' | 'failed';
    sent_at: number | null;
  },
  unknown
>((db, value) =>
  db
    .updateTable('pages')
    .set({ state: value('state'), sent_at: value('sent_at') })
    .where('item_id', '=', value('item_id'))
    .where('rung', '=', value('rung'))
    .where('target', '=', value('target'))
    .where('state', '=', 'wanted'),
);
/** PagerDuty took the page of that rung (`sent_at`), or never will (null). */
export const servicePageEnded = async (
  db: Db,
  page: { item_id: string; rung: number; target: string; sent_at: EpochMs | null },
): Promise<void> =>
  void (await setOfService(db, { ...page, state: page.sent_at === null ? 'failed' : 'sent' }));

const selectServices = prepared<{ item_id: string }, { target: string }>((db, value) =>
  db
    .selectFrom('pages')
    .select('target')
    .distinct()
    .where('item_id', '=', value('item_id'))
    .where('way', '=', 'pagerduty')
    .where('state', '!=', 'failed'),
);
/** The PagerDuty services that heard of an item, or are about to. */
export const pagerdutyTargets = async (db: Db, item_id: string): Promise<string[]> =>
  (await selectServices(db, { item_id })).map((row) => row.target);
