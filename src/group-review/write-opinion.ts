/** A person's word is written down, with the card as they saw it, and audited. One transaction, the caller's. */
import { saltedDigest } from '../domain/hash.ts';
import type { Opinion } from '../domain/decision.ts';
import { seenView, type Seen } from '../outbox/seen-view.ts';
import type { Unit } from '../store/commit.ts';
import { insertOpinion } from '../store/opinions.ts';
import type { World } from '../world/world.ts';

/** @param moved the item's version, where this word is all that changes it */
export async function writeOpinion(
  world: World,
  unit: Unit,
  said: Omit<Opinion, 'id' | 'said_at' | 'card_digest'>,
  seen: Seen,
  moved: { version: number; view_rev: number } | null,
): Promise<Opinion> {
  const view = await seenView(world, unit, seen);
  const opinion: Opinion = {
    ...said,
    id: world.ids.uuid(),
    said_at: unit.now,
    ...(view ? { card_digest: saltedDigest(view.salt, view.shown_json) } : {}),
  };
  const { seq, text_digest } = await insertOpinion(
    unit.db,
    opinion,
    world.ids.salt(),
    view ? JSON.stringify({ salt: view.salt, shown: view.shown_json }) : null,
  );
  await unit.audit({
    event: 'item.opined',
    item_id: opinion.item_id,
    facts: {
      opinion_id: opinion.id,
      opinion_seq: seq,
      slack_user: opinion.slack_user,
      level: opinion.level,
      stage: opinion.stage,
      word: opinion.word,
      error_tags: opinion.error_tags,
      said_at: unit.now,
      text_digest,
      card_digest: opinion.card_digest,
      version: moved?.version,
      view_rev: moved?.view_rev,
    },
  });
  return opinion;
}
