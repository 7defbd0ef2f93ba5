/**
 * What holds letting-through back at this moment, in memory: accepting an item asks it and must not wait. The rows are
 * the truth (src/store/holds.ts): read at start; one that is written stands here from within its commit on, so that
 * nothing slips through meanwhile, and one that is ended goes once that is on disk.
 */
import { saltedDigest } from '../domain/hash.ts';
import type { Item } from '../domain/item.ts';
import type { Db } from '../store/database.ts';
import { openFreezes, openPauses, type Freeze, type Pause } from '../store/holds.ts';

export type Hold = { hold: 'pause'; pause: Pause } | { hold: 'freeze'; freeze: Freeze };

export interface Holds {
  /** What keeps this item from being let through in that domain, or null. A pause comes before a freeze. */
  on(domain: string, item: Item | null): Hold | null;
  pauseOf(domain: string): Pause | null;
  pauses(): Pause[];
  freezes(): Freeze[];
  pause(pause: Pause): void;
  freeze(freeze: Freeze): void;
  /** A pause or a freeze that no longer holds. */
  drop(id: string): void;
}

/** Reads what holds now. */
export async function loadHolds(db: Db): Promise<Holds> {
  const pauses = new Map((await openPauses(db)).map((one) => [one.id, one]));
  const freezes = new Map((await openFreezes(db)).map((one) => [one.id, one]));
  const pauseOf = (domain: string): Pause | null => {
    for (const pause of pauses.values())
      if (pause.domain === null || pause.domain === domain) return pause;
    return null;
  };
  return {
    on(domain, item) {
      const pause = pauseOf(domain);
      if (pause) return { hold: 'pause', pause };
      if (freezes.size === 0 || item === null) return null;
      for (const freeze of freezes.values())
        if (isAlike(freeze, domain, item)) return { hold: 'freeze', freeze };
      return null;
    },
    pauseOf,
    pauses: () => [...pauses.values()],
    freezes: () => [...freezes.values()],
    pause: (pause) => void pauses.set(pause.id, pause),
    freeze: (freeze) => void freezes.set(freeze.id, freeze),
    drop(id) {
      pauses.delete(id);
      freezes.delete(id);
    },
  };
}

/** The same action in the same domain, or the same title wherever. */
const isAlike = (freeze: Freeze, domain: string, item: Item): boolean =>
  (freeze.action_name !== null &&
    freeze.domain === domain &&
    freeze.action_name === item.action?.name) ||
  freeze.title_digest === titleDigest(freeze.title_salt, item.title);

/** Digest of a title without what differs from case to case: letter case, digits, punctuation, white space. */
export const titleDigest = (salt: string, title: string): string =>
  saltedDigest(
    salt,
    title
      .normalize('NFKC')
      .toLowerCase()
      .replace(/\p{N}+/gu, '#')
      .replace(/[^\p{L}\p{M}#]+/gu, ' ')
      .trim() || title,
  );
