/** What several people said of the same item, and whom pages reached. Pure. */
import type { Facts } from './facts.ts';
import { krippendorff, type Agreement } from './krippendorff.ts';

export const BETWEEN_COLUMNS = [
  'requested_at',
  'decided_at',
  'domain',
  'paged',
  'verdicts',
] as const;

export interface BetweenAsked {
  /** Epoch ms; verdicts on what ended, and pages about what came in, from `from` on and before `to`. */
  from: number;
  to: number;
  /** Only this domain; null: all. */
  domain: string | null;
}

/** Counts batch by batch. */
export function countBetween(asked: BetweenAsked): {
  add(facts: Facts<(typeof BETWEEN_COLUMNS)[number]>): void;
  /** How far people agree on what several judged, by domain; the most judged first. */
  agreement(): { domain: string; agreement: Agreement }[];
  /** Direct messages that rungs sent, by person. */
  pages(): Map<string, number>;
} {
  const { from, to } = asked;
  /** By domain, how often several people said just that. */
  const said = new Map<string, Map<string, number>>();
  const paged = new Map<string, number>();

  return {
    add({ requested_at, decided_at, domain, paged: whom, verdicts, length }) {
      // Most batches have none of either, and need not be looked through.
      if (whom.names.length + verdicts.names.length < 3 && isNone(whom) && isNone(verdicts)) return;
      const pagesOf = whom.names.map((_, code) => ({ code, count: 0 }));
      for (let i = 0; i < length; i += 1) {
        const name = domain.names[domain.codes[i] ?? 0] ?? '';
        if (asked.domain !== null && name !== asked.domain) continue;
        const came = requested_at[i] ?? Number.NaN;
        const pages = pagesOf[whom.codes[i] ?? 0];
        if (came >= from && came < to && pages) pages.count += 1;
        const words = verdicts.names[verdicts.codes[i] ?? 0] ?? '';
        const went = decided_at[i] ?? Number.NaN;
        if (words === '' || !(went >= from && went < to)) continue;
        let counts = said.get(name);
        if (!counts) said.set(name, (counts = new Map()));
        counts.set(words, (counts.get(words) ?? 0) + 1);
      }
      for (const { code, count } of pagesOf) {
        if (count === 0) continue;
        for (const person of listOf(whom.names[code]))
          paged.set(person, (paged.get(person) ?? 0) + count);
      }
    },
    agreement: () =>
      [...said]
        .map(([domain, counts]) => ({ domain, agreement: krippendorff(unitsOf(counts)) }))
        .toSorted(
          (a, b) => b.agreement.units - a.agreement.units || (a.domain < b.domain ? -1 : 1),
        ),
    pages: () => paged,
  };
}

const isNone = ({ names }: { names: readonly string[] }): boolean =>
  names.every((name) => name === '');

const listOf = (names: string | undefined): string[] => (names ? names.split(',') : []);

function* unitsOf(counts: ReadonlyMap<string, number>): Generator<string[]> {
  for (const [words, count] of counts) {
    const unit = listOf(words);
    for (let each = 0; each < count; each += 1) yield unit;
  }
}
