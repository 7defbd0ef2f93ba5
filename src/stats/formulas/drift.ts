/** Whether what comes in has changed: confidence, domains and tags of one window against those of an earlier one. Pure. */
import type { Facts } from './facts.ts';
import { psi } from './psi.ts';

export const DRIFT_COLUMNS = ['requested_at', 'confidence', 'domain', 'tags', 'check'] as const;

/** What can drift. */
export const MIXES = ['confidence', 'domain', 'tags'] as const;
export type Mix = (typeof MIXES)[number];

/** Over this a mix has changed for good reason to look: the rule of thumb of credit scoring. */
export const DRIFTED = 0.25;
/** Under this it is as it was. Between the two nothing is said, so that nobody is told twice of one hill. */
export const AS_BEFORE = 0.2;

/** Fewer items than this make no mix. */
const FEWEST = 200;

/** Epoch ms; each window from `from` on and before `to`. */
export interface DriftAsked {
  reference: { from: number; to: number };
  recent: { from: number; to: number };
}

/** By mix its population stability index; null: too few items on either side. */
export type Drift = Record<Mix, number | null>;

type Counts = Map<string, number>;

/** Counts items by when they came in; checks behind others are none. An item counts for each of its tags. */
export function countDrift(asked: DriftAsked): {
  add(facts: Facts<(typeof DRIFT_COLUMNS)[number]>): void;
  drift(): Drift;
} {
  const window = () => ({ items: 0, confidence: new Map(), domain: new Map(), tags: new Map() });
  const sides: { items: number; confidence: Counts; domain: Counts; tags: Counts }[] = [
    window(),
    window(),
  ];
  const within = (at: number, { from, to }: { from: number; to: number }) => at >= from && at < to;
  return {
    add(facts) {
      const tags = facts.tags.names.map(tagsIn);
      for (let i = 0; i < facts.length; i += 1) {
        const came = facts.requested_at[i] ?? Number.NaN;
        const side = within(came, asked.reference) ? 0 : within(came, asked.recent) ? 1 : -1;
        const counts = sides[side];
        if (!counts || facts.check.names[facts.check.codes[i] ?? 0] === 'check') continue;
        counts.items += 1;
        const confidence = facts.confidence[i] ?? Number.NaN;
        add(counts.confidence, Number.isNaN(confidence) ? 'none' : tenth(confidence));
        add(counts.domain, facts.domain.names[facts.domain.codes[i] ?? 0] ?? '');
        for (const tag of tags[facts.tags.codes[i] ?? 0] ?? []) add(counts.tags, tag);
      }
    },
    drift() {
      const [then, now] = sides;
      const enough = then && now && Math.min(then.items, now.items) >= FEWEST;
      const of = (mix: Mix) => (enough ? psi(then[mix], now[mix]) : null);
      return { confidence: of('confidence'), domain: of('domain'), tags: of('tags') };
    },
  };
}

const add = (counts: Counts, name: string): void =>
  void counts.set(name, (counts.get(name) ?? 0) + 1);

const tenth = (confidence: number): string => String(Math.min(9, Math.floor(confidence * 10)));

/** No tags are a class of their own. */
function tagsIn(written: string): string[] {
  // What stands there is a list of tags, or nothing.
  return written === '' ? ['none'] : (JSON.parse(written) as string[]);
}
