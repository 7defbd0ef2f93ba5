/** Cards: which Slack message shows what, which revision it should show and which it does. */
import type { EpochMs } from '../domain/clock.ts';
import type { Db } from './database.ts';
import { prepared, preparedInsert } from './prepared.ts';
import type { CardsTable, CardViewsTable } from './card-tables.ts';

export type Card = CardsTable;

/** Writes a card that nobody has posted yet. */
const insertRow = preparedInsert('cards', [
  'id',
  'purpose',
  'item_id',
  'raw_id',
  'channel',
  'ts',
  'desired_rev',
  'rendered_rev',
  'posted_at',
]);

/** A new card, wanted at revision 1 and shown at none. */
export async function insertCard(
  db: Db,
  card: Pick<Card, 'id' | 'purpose' | 'channel'> & { item_id?: string; raw_id?: string },
): Promise<void> {
  await insertRow(db, {
    id: card.id,
    purpose: card.purpose,
    channel: card.channel,
    item_id: card.item_id ?? null,
    raw_id: card.raw_id ?? null,
    ts: null,
    desired_rev: 1,
    rendered_rev: 0,
    posted_at: null,
  });
}

const selectCard = prepared<{ id: string }, Card>((db, value) =>
  db.selectFrom('cards').selectAll().where('id', '=', value('id')),
);
export const loadCard = async (db: Db, id: string): Promise<Card | null> =>
  (await selectCard(db, { id }))[0] ?? null;

const selectOfItem = prepared<{ item_id: string }, Card>((db, value) =>
  db.selectFrom('cards').selectAll().where('item_id', '=', value('item_id')).orderBy('id'),
);
/** All cards that show that item. */
export const cardsOfItem = (db: Db, item_id: string): Promise<Card[]> =>
  selectOfItem(db, { item_id });

const selectAt = prepared<{ channel: string; ts: string }, Card>((db, value) =>
  db
    .selectFrom('cards')
    .selectAll()
    .where('channel', '=', value('channel'))
    .where('ts', '=', value('ts')),
);
/** The card that this message is, or null. */
export const cardAt = async (db: Db, channel: string, ts: string): Promise<Card | null> =>
  (await selectAt(db, { channel, ts }))[0] ?? null;

export type Stale = Pick<Card, 'id' | 'channel' | 'ts'>;

const bump = prepared<{ item_id: string }, Stale>((db, value) =>
  db
    .updateTable('cards')
    .set((eb) => ({ desired_rev: eb('desired_rev', '+', 1) }))
    .where('item_id', '=', value('item_id'))
    .returning(['id', 'channel', 'ts']),
);
/** Asks for each of the item's cards to be drawn again. Returns them. */
export const wantCardsAgain = (db: Db, item_id: string): Promise<Stale[]> => bump(db, { item_id });

const bumpOne = prepared<{ id: string }, Stale>((db, value) =>
  db
    .updateTable('cards')
    .set((eb) => ({ desired_rev: eb('desired_rev', '+', 1) }))
    .where('id', '=', value('id'))
    .returning(['id', 'channel', 'ts']),
);
/** Asks for one card to be drawn again. */
export const wantCardAgain = (db: Db, id: string): Promise<Stale[]> => bumpOne(db, { id });

/** Asks for the notice of a raw payload to be drawn again. */
export const wantRawCardsAgain = (db: Db, raw_id: string): Promise<Stale[]> =>
  db
    .updateTable('cards')
    .set((eb) => ({ desired_rev: eb('desired_rev', '+', 1) }))
    .where('raw_id', '=', raw_id)
    .returning(['id', 'channel', 'ts'])
    .execute();

const setRendered = prepared<
  { id: string; channel: string; ts: string; rendered_rev: number; posted_at: number },
  Pick<Card, 'desired_rev' | 'rendered_rev'>
>((db, value) =>
  db
    .updateTable('cards')
    .set((eb) => ({
      channel: value('channel'),
      ts: value('ts'),
      rendered_rev: value('rendered_rev'),
      posted_at: eb.fn.coalesce('posted_at', eb.val(value('posted_at'))),
    }))
    .where('id', '=', value('id'))
    .returning(['desired_rev', 'rendered_rev']),
);

/** Records that Slack shows `rev` at that message. Returns whether a newer one is wanted by now. */
export async function cardShown(
  db: Db,
  card: { id: string; channel: string; ts: string; rev: number; at: EpochMs },
): Promise<{ behind: boolean }> {
  const [row] = await setRendered(db, {
    id: card.id,
    channel: card.channel,
    ts: card.ts,
    rendered_rev: card.rev,
    posted_at: card.at,
  });
  return { behind: row !== undefined && row.desired_rev > row.rendered_rev };
}

/** Sends the card elsewhere (its channel cannot be posted to, or its message is gone): it is posted anew. */
export async function moveCard(db: Db, id: string, channel: string): Promise<void> {
  await db
    .updateTable('cards')
    .set((eb) => ({ channel, ts: null, rendered_rev: 0, desired_rev: eb('desired_rev', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

const upsertView = prepared<CardViewsTable, unknown>((db, value) =>
  db
    .insertInto('card_views')
    .values({
      card_id: value('card_id'),
      view_rev: value('view_rev'),
      salt: value('salt'),
      shown_json: value('shown_json'),
    })
    .onConflict((conflict) =>
      conflict.column('card_id').doUpdateSet({
        view_rev: value('view_rev'),
        salt: value('salt'),
        shown_json: value('shown_json'),
      }),
    ),
);
/** Keeps what the card shows now: a decision's card digest is made of it. */
export const keepCardView = async (db: Db, view: CardViewsTable): Promise<void> =>
  void (await upsertView(db, view));

const selectView = prepared<{ card_id: string }, CardViewsTable>((db, value) =>
  db.selectFrom('card_views').selectAll().where('card_id', '=', value('card_id')),
);
export const loadCardView = async (db: Db, card_id: string): Promise<CardViewsTable | null> =>
  (await selectView(db, { card_id }))[0] ?? null;
