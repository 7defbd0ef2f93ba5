/** What the thread that computes figures is asked, and answers. Plain data: it crosses between threads. */
import type { Calibration } from '../formulas/calibration.ts';
import type { CheckedGroup } from '../formulas/checked.ts';
import type { Drift } from '../formulas/drift.ts';
import type { DomainEconomics, Prices } from '../formulas/economics.ts';
import type { DriftQuestion } from '../watch/watch-drift.ts';
import type { Agreement } from '../formulas/krippendorff.ts';
import type { Fairness } from '../formulas/fairness.ts';
import type { Grouping, PeriodFigures } from '../formulas/period-figures.ts';
import type { Symptom } from '../formulas/symptoms.ts';
import type { SymptomsQuestion } from '../watch/weekly-digest.ts';
import type { Rate } from '../formulas/tally.ts';
import type { ThresholdSearch } from '../formulas/threshold.ts';

export interface PeriodQuestion {
  ask: 'period';
  /** Epoch ms; `to` is not part of it. */
  from: number;
  to: number;
  by: Grouping;
  domain: string | null;
  /** Only what this person decided, with everybody's beside it; null: everybody's. */
  expert: string | null;
  /** IANA zone of the days and hours. */
  timezone: string;
  /** What looking costs; null: nobody is told. */
  prices: Prices | null;
}

export interface PeriodAnswer extends PeriodFigures {
  /** How far people agree on what several judged, by domain; the most judged first. */
  agreement: { domain: string; agreement: Agreement }[];
  /** Blind checks that found the AI's answer the same. */
  blind_same: Rate | null;
  /** How evenly pages fell on those who decide. */
  pages: Fairness | null;
  /** Everybody's; null where the answer is everybody's itself. */
  everybody: Pick<PeriodFigures, 'now' | 'before' | 'people'> | null;
  /** What looking cost and what it saved, by domain; null without prices. */
  economics: DomainEconomics[] | null;
  /** What stands out; null where it was not looked for: in one person's figures, and across domains by another grouping. */
  symptoms: Symptom[] | null;
}

export interface CheckedQuestion {
  ask: 'checked';
  /** Epoch ms; `to` is not part of it. */
  from: number;
  to: number;
  domain: string;
  /** Only this one, as people write it; null: all of the domain. */
  model: string | null;
  /** The error rate wanted, 0..1. */
  target: number;
}

/** What confidence promised and what was found, in one domain. */
export interface CheckedAnswer {
  /** The model that was asked for, as its producer writes it; null: all, or there is none called that. */
  model: string | null;
  /** Each model of the domain by itself. */
  groups: CheckedGroup[];
  all: Calibration;
  items: number;
  let_through: number;
  search: ThresholdSearch;
}

export interface Picture {
  png: Uint8Array<ArrayBuffer>;
  /** Pixels. */
  width: number;
  height: number;
  /** What it shows, in words. */
  alt: string;
}

export interface PictureQuestion {
  ask: 'picture';
  /** A Vega-Lite specification. */
  spec: object;
  alt: string;
}

export type Question =
  | PeriodQuestion
  | CheckedQuestion
  | DriftQuestion
  | SymptomsQuestion
  | PictureQuestion;

export type AnswerTo<Q extends Question> = Q extends PeriodQuestion
  ? PeriodAnswer
  : Q extends CheckedQuestion
    ? CheckedAnswer
    : Q extends DriftQuestion
      ? Drift
      : Q extends SymptomsQuestion
        ? Symptom[]
        : Q extends PictureQuestion
          ? Picture
          : never;
