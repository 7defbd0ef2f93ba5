/** What a manager should look at: each symptom with its numbers, and none where the counts are too few. Pure. */
import type { Facts } from './facts.ts';
import type { Agreement } from './krippendorff.ts';
import type { Group } from './period-figures.ts';
import { grow, noNumbers, quantiles, type Numbers } from './quantiles.ts';
import type { Rate } from './tally.ts';

/** Rates are of a period and of as long a one before. */
export type Symptom =
  | { symptom: 'review_grows'; domain: string; asked: Span; arrived: Span }
  | { symptom: 'disputed'; domain: string; disputed: number; units: number }
  | { symptom: 'labour_stays'; domain: string; intervention: Rates; override: Rates }
  | { symptom: 'hasty'; expert: string; p50: number; count: number };

interface Span {
  now: number;
  before: number;
}
interface Rates {
  now: Rate;
  before: Rate;
}

/** How long somebody looked at what they decided. ms. */
interface Looks {
  expert: string;
  p50: number;
  count: number;
}

export interface Noticed {
  /** By domain, beside as long a period before. */
  groups: readonly Group[];
  agreement: readonly { domain: string; agreement: Agreement }[];
  looks: readonly Looks[];
}

/** Fewer in either period say nothing: of items that came in, and of answers that were looked at. */
export const FEWEST_ITEMS = 50;
/** Fewer say nothing: of items that several people judged, and of one person's decisions. */
export const FEWEST_JUDGED = 20;
/** More of what several people judged is much. */
const MUCH_DISPUTED = 0.3;
/** Nobody reads an item in less. */
const HASTY_MS = 4000;

/** A rate has changed where its 95% intervals do not touch. */
export function symptomsOf({ groups, agreement, looks }: Noticed): Symptom[] {
  return [
    ...groups.flatMap(ofDomain),
    ...agreement.flatMap(({ domain, agreement: { disputed, units } }): Symptom[] =>
      units >= FEWEST_JUDGED && disputed / units >= MUCH_DISPUTED
        ? [{ symptom: 'disputed', domain, disputed, units }]
        : [],
    ),
    ...looks.flatMap(({ expert, p50, count }): Symptom[] =>
      count >= FEWEST_JUDGED && p50 < HASTY_MS ? [{ symptom: 'hasty', expert, p50, count }] : [],
    ),
  ];
}

function ofDomain({ name: domain, now, before }: Group): Symptom[] {
  const intervention = both(now.intervention, before.intervention);
  if (intervention === null) return [];
  const asked = { now: now.routes.ask, before: before.routes.ask };
  if (asked.now > asked.before && intervention.now.low > intervention.before.high) {
    const arrived = { now: now.arrived, before: before.arrived };
    return [{ symptom: 'review_grows', domain, asked, arrived }];
  }
  const override = both(now.override, before.override);
  if (override === null) return [];
  const better = override.now.high < override.before.low;
  const falls = intervention.now.share < intervention.before.share;
  return better && !falls ? [{ symptom: 'labour_stays', domain, intervention, override }] : [];
}

const both = (now: Rate | null, before: Rate | null): Rates | null =>
  now !== null && before !== null && Math.min(now.of, before.of) >= FEWEST_ITEMS
    ? { now, before }
    : null;

type LookColumn = 'requested_at' | 'claimed_at' | 'decided_at' | 'domain' | 'by' | 'expert';

/** Counts how long people looked, from the claim (without one, from coming in), at what they decided from `from` on and before `to`, epoch ms; `domain` null: in all. */
export function countLooks({
  from,
  to,
  domain: only,
}: {
  from: number;
  to: number;
  domain: string | null;
}): { add(facts: Facts<LookColumn>): void; looks(): Looks[] } {
  const found = new Map<string, Numbers>();
  return {
    add({ requested_at, claimed_at, decided_at, domain, by, expert, length }) {
      const wanted = domain.names.map((name) => only === null || name === only);
      const humans = by.names.map((name) => name === 'human');
      const looksOf = expert.names.map((name) => (name === '' ? null : looked(name)));
      for (let i = 0; i < length; i += 1) {
        const ended = decided_at[i] ?? Number.NaN;
        if (!(ended >= from && ended < to) || humans[by.codes[i] ?? 0] !== true) continue;
        if (wanted[domain.codes[i] ?? 0] !== true) continue;
        const own = looksOf[expert.codes[i] ?? 0];
        if (!own) continue;
        const claimed = claimed_at[i] ?? Number.NaN;
        grow(own, ended - (Number.isNaN(claimed) ? (requested_at[i] ?? ended) : claimed));
      }
    },
    looks: () =>
      [...found].flatMap(([expert, times]) => {
        const spread = quantiles([times]);
        return spread === null ? [] : [{ expert, p50: spread.p50, count: spread.count }];
      }),
  };

  function looked(expert: string): Numbers {
    let times = found.get(expert);
    if (!times) found.set(expert, (times = noNumbers()));
    return times;
  }
}
