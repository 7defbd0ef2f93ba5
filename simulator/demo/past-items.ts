/**
 * Ten made-up weeks before the demo: what came in, who decided it how and when. The same each time, but for when it ends;
 * said to be made up wherever it shows. Data only.
 */
import type { Item } from '../../src/domain/item.ts';
import type { Verdict } from '../../src/domain/lifecycle.ts';

export interface PastItem {
  item: Item;
  /** When it came in, epoch ms. */
  at: number;
  /** What people did with it, in this order; where the policy lets it through they did not have to. */
  deeds: ({ at: number; user: string } & ({ claims: true } | { says: Verdict }))[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAYS = 70;
const A_DAY = 18;
/** Since then support's AI has a new version, which is less sure of itself. */
const NEW_VERSION = 7 * DAY;

const SUBJECTS = {
  billing: ['Refund a double charge of', 'Waive the late fee of', 'Credit a broken parcel with'],
  support: ['How a password is reset', 'Moving a license', 'Exporting all invoices'],
} as const;

/** @param now the last of it is of the day before, epoch ms */
export function pastItems(now: number): PastItem[] {
  const today = Math.floor(now / DAY) * DAY;
  const random = seeded(17);
  return Array.from({ length: DAYS * A_DAY }, (_, at) => {
    const day = today - (DAYS - Math.floor(at / A_DAY)) * DAY;
    return pastItem(random, at, day + Math.floor((7 + random() * 9) * HOUR), today);
  });
}

function pastItem(random: () => number, at: number, came: number, today: number): PastItem {
  const domain = at % 2 === 0 ? 'billing' : 'support';
  const isNew = domain === 'support' && came > today - NEW_VERSION;
  const wire = domain === 'billing' && at % 28 === 0;
  const sure = !wire && random() < (isNew ? 0.12 : 0.62);
  const confidence = cents(sure ? 0.86 + random() * 0.13 : 0.3 + random() * 0.55);
  // Of what the AI is sure of, some could do harm: that is asked all the same, and shows how far it can be trusted.
  const impact = sure
    ? random() < (domain === 'billing' ? 0.6 : 0.3)
      ? 7 + Math.floor(random() * 2)
      : 6
    : 2 + (at % 6);
  const amount = 20 + Math.floor(random() * 40) * 5;
  const subject = SUBJECTS[domain][Math.floor(random() * 3)] ?? '';
  const model =
    domain === 'billing'
      ? { name: 'billing-agent', version: '1.9' }
      : { name: 'support-agent', version: isNew ? '3.2' : '3.1' };
  const item: PastItem['item'] = {
    id: `past-${String(at + 1).padStart(4, '0')}`,
    domain,
    body: 'Made up: the past of this demo.',
    confidence,
    impact,
    tags: wire ? ['wire'] : [],
    cohort: at % 3 === 0 ? 'business' : 'private',
    model,
    requester: { name: `${domain}-bot` },
    ...(domain === 'billing'
      ? {
          kind: 'approval',
          title: `${subject} ${amount} EUR to customer ${100 + (at % 400)}?`,
          action: { name: wire ? 'wire' : 'refund', args: { amount, currency: 'EUR' } },
        }
      : {
          kind: 'review',
          title: `${subject}: is this reply right?`,
          proposal: `${subject} is in the help, under “Account”.`,
        }),
  };
  return { item, at: came, deeds: deedsOn(random, item, came, { at, amount, wire, sure }) };
}

function deedsOn(
  random: () => number,
  item: PastItem['item'],
  came: number,
  { at, amount, wire, sure }: { at: number; amount: number; wire: boolean; sure: boolean },
): PastItem['deeds'] {
  const says = (wrong: boolean): Verdict => {
    if (!wrong) return { word: 'approve', rationale: 'The invoice is there.' };
    if (item.kind === 'review')
      return { word: 'edit', edited: `${item.title} No: it is under “Settings”.` };
    return at % 3 === 0
      ? { word: 'reject', rationale: 'The bank decides.', error_tags: ['factual'] }
      : { word: 'edit', edited: { amount: amount / 2, currency: 'EUR' }, rationale: 'Half of it.' };
  };
  // What runs out of time climbs, and one of those is never answered.
  const late = at % 23 === 5;
  const took = Math.floor((late ? 35 + random() * 50 : 1 + random() ** 2 * 24) * 60_000);
  const wrong = random() < (sure ? 0.004 : 0.75 * (1 - (item.confidence ?? 0)));
  if (wire)
    return [
      { at: came + took, user: 'U0ALICE', says: says(false) },
      { at: came + took + 300_000, user: 'U0BOB', says: says(at % 84 === 0) },
      // Where the two disagree it climbs to whoever stands above them.
      ...(at % 84 === 0 ? [{ at: came + 2 * HOUR, user: 'U0BOSS', says: says(true) }] : []),
    ];
  if (late && at % 4 === 1) return [];
  const first = item.domain === 'billing' ? 'U0BOB' : 'U0CAROL';
  const user = random() < 0.65 ? first : 'U0ALICE';
  // Bob waves through what he has claimed.
  const looked = user === 'U0BOB' ? 1500 + random() * 3000 : 40_000 + random() * 200_000;
  return [
    { at: came + took, user, claims: true },
    { at: came + took + Math.floor(looked), user, says: says(wrong) },
  ];
}

const cents = (share: number): number => Math.round(share * 100) / 100;

/** Numbers in 0..1, the same each time (Mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
