/** Answers of the AI that somebody looked at, by model and domain; and how many nobody did. Pure. */
import type { Facts } from './facts.ts';
import { calibrate, type Calibration, type Sample } from './calibration.ts';
import { searchThreshold, type ThresholdSearch } from './threshold.ts';

export const CHECKED_COLUMNS = [
  'seq',
  'decided_at',
  'confidence',
  'sample',
  'domain',
  'model',
  'outcome',
  'by',
  'route',
  'check',
] as const;

export interface CheckedAsked {
  /** Epoch ms; what ended from `from` on and before `to`. */
  from: number;
  to: number;
  domain: string | null;
  /** The error rate that a threshold is looked for at, 0..1. */
  target: number;
  /**
   * What turned out later, by the entry that ended the item (of one that was checked: its check): whether the AI was
   * right; null: that cannot be said any more. It outranks what the expert found.
   */
  turned_out: ReadonlyMap<number, boolean | null>;
  /** Answers given blind and then held against the AI's, by the same entry: whether both were the same. */
  compared: ReadonlyMap<number, boolean>;
}

export interface CheckedGroup {
  model: string;
  domain: string;
  calibration: Calibration;
  search: ThresholdSearch;
  /** Items with a confidence that ended, checks not counted again. */
  items: number;
  /** Of those, let through. */
  let_through: number;
}

export interface CheckedCounting {
  add(facts: Facts<(typeof CHECKED_COLUMNS)[number]>): void;
  /** The most looked at first. */
  groups(): CheckedGroup[];
  /** All samples of the domain that was asked for, of one model or (null) of all. */
  samples(model: string | null): Sample[];
}

/**
 * What counts as a look: a person's approval (right), edit or rejection (wrong), and an answer given blind that was then
 * held against the AI's (right: the same). Other answers and preferences do not say whether the AI was right. A look that a rule drew as a sample of `sample` stands for 1 / sample items; one at
 * what the policy always asks stands for itself, and so speaks for its own range only.
 */
export function countChecked(asked: CheckedAsked): CheckedCounting {
  const found = new Map<
    string,
    { model: string; domain: string; samples: Sample[]; items: number; let_through: number }
  >();
  function groupOf(model: string, domain: string) {
    const key = JSON.stringify([model, domain]);
    let group = found.get(key);
    if (!group) found.set(key, (group = { model, domain, samples: [], items: 0, let_through: 0 }));
    return group;
  }
  return {
    add({ seq, decided_at, confidence, sample, domain, model, outcome, by, route, check, length }) {
      const rights = outcome.names.map((name) => RIGHT[name]);
      const humans = by.names.map((name) => name === 'human');
      const through = route.names.map((name) => name === 'let_through');
      const checks = check.names.map((name) => name === 'check');
      const groupsAt = new Map<number, ReturnType<typeof groupOf> | null>();
      for (let i = 0; i < length; i += 1) {
        const ended = decided_at[i] ?? Number.NaN;
        const promised = confidence[i] ?? Number.NaN;
        if (!(ended >= asked.from && ended < asked.to) || Number.isNaN(promised)) continue;
        const of = domain.codes[i] ?? 0;
        const who = model.codes[i] ?? 0;
        let group = groupsAt.get(of * model.names.length + who);
        if (group === undefined) {
          const name = domain.names[of] ?? '';
          const isAsked = asked.domain === null || name === asked.domain;
          group = isAsked ? groupOf(model.names[who] ?? '', name) : null;
          groupsAt.set(of * model.names.length + who, group);
        }
        if (group === null) continue;
        if (checks[check.codes[i] ?? 0] === false) {
          group.items += 1;
          if (through[route.codes[i] ?? 0] === true) group.let_through += 1;
        }
        if (humans[by.codes[i] ?? 0] !== true) continue;
        const entry = seq[i] ?? Number.NaN;
        const expert = rights[outcome.codes[i] ?? 0] ?? asked.compared.get(entry);
        if (expert === undefined) continue;
        const later = asked.turned_out.get(entry);
        const right = later === undefined ? expert : later;
        const rate = sample[i] ?? Number.NaN;
        if (right !== null)
          group.samples.push({
            confidence: promised,
            right,
            weight: Number.isNaN(rate) ? 1 : 1 / rate,
          });
      }
    },
    groups: () =>
      [...found.values()]
        .map(({ samples, ...group }) => ({
          ...group,
          calibration: calibrate(samples),
          search: searchThreshold(samples, asked.target),
        }))
        .toSorted((a, b) => b.calibration.looked - a.calibration.looked || b.items - a.items),
    samples: (model) =>
      [...found.values()]
        .filter((group) => model === null || group.model === model)
        .flatMap((group) => group.samples),
  };
}

const RIGHT: { [outcome: string]: boolean | undefined } = {
  approved: true,
  edited: false,
  rejected: false,
};
