/** Digest cards: which card stands in a channel for all that waits behind a domain's open cards. */
import type { EpochMs } from '../domain/clock.ts';
import type { Card } from './cards.ts';
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';
import type { DigestCardsTable } from './card-tables.ts';

export type DigestCard = DigestCardsTable;

/** With the card as it stands in Slack. */
export type PlacedDigest = DigestCard & Pick<Card, 'ts' | 'posted_at'> & { stands_in: string };

/** @param card_id of a card that was written before */
export async function insertDigestCard(
  db: Db,
  digest: Omit<DigestCard, 'closed_at' | 'drawn_at'>,
): Promise<void> {
  await db
    .insertInto('digest_cards')
    .values({ ...digest, drawn_at: digest.opened_at, closed_at: null })
    .execute();
}

const selectOfDomain = prepared<{ domain: string }, PlacedDigest>((db, value) =>
  db
    .selectFrom('digest_cards')
    .innerJoin('cards', 'cards.id', 'digest_cards.card_id')
    .selectAll('digest_cards')
    .select(['cards.ts', 'cards.posted_at', 'cards.channel as stands_in'])
    .where('digest_cards.domain', '=', value('domain'))
    .orderBy('opened_at', 'desc')
    .limit(5),
);
/** A domain's latest digest cards, the newest first: the open ones are among them. */
export const digestCardsOf = (db: Db, domain: string): Promise<PlacedDigest[]> =>
  selectOfDomain(db, { domain });

/** What digest that card is; null: none. */
export const digestCardOf = async (db: Db, card_id: string): Promise<DigestCard | null> =>
  (await db
    .selectFrom('digest_cards')
    .selectAll()
    .where('card_id', '=', card_id)
    .executeTakeFirst()) ?? null;

/** Domains with a digest card that is open. */
export const domainsWithDigestCard = async (db: Db): Promise<string[]> =>
  (
    await db
      .selectFrom('digest_cards')
      .select('domain')
      .distinct()
      .where('closed_at', 'is', null)
      .execute()
  ).map((row) => row.domain);

const setDrawn = prepared<{ card_id: string; drawn_at: number }, unknown>((db, value) =>
  db
    .updateTable('digest_cards')
    .set({ drawn_at: value('drawn_at'), closed_at: null })
    .where('card_id', '=', value('card_id')),
);
/** It is open, and asked to be drawn at that moment. */
export const digestDrawn = async (db: Db, card_id: string, at: EpochMs): Promise<void> =>
  void (await setDrawn(db, { card_id, drawn_at: at }));

/** Nothing waits behind it any more, or it stands elsewhere now. */
export async function closeDigest(db: Db, card_id: string, at: EpochMs): Promise<void> {
  await db
    .updateTable('digest_cards')
    .set({ closed_at: at, drawn_at: at })
    .where('card_id', '=', card_id)
    .execute();
}
