/** What a person's Home is drawn from. Types only. */
import type { EpochMs } from './clock.ts';
import type { ItemRecord } from './decision.ts';
import type { Outcome } from './item.ts';

export interface OpenIn {
  domain: string;
  total: number;
  overdue: number;
  /** How many have waited less than an hour, less than four, less than a day, longer. */
  ages: [number, number, number, number];
}

export interface HomeItem {
  record: ItemRecord;
  /** Its domain's title. */
  domain: string;
  /** Of its card. */
  permalink: string | null;
}

export interface OnCallLine {
  rotation: string;
  /** Titles of the domains it is for. */
  domains: string[];
  users: readonly string[];
  /** null: nothing changes soon. */
  until: EpochMs | null;
}

export interface DomainState extends OpenIn {
  title: string;
  /** How many of the open ones wait behind its open cards. */
  behind: number;
  paused: boolean;
  /** In the last 24 hours. */
  in_time: number;
  ended: number;
}

export interface HomeInput {
  now: EpochMs;
  user: string;
  /** Whether they decide anything at all. */
  decides: boolean;
  /** The next due first. */
  items: HomeItem[];
  /** How many more wait where they decide. */
  more: number;
  on_call: OnCallLine[];
  next_shift: { at: EpochMs; rotation: string; domains: string[] } | null;
  week: { outcomes: Partial<Record<Outcome, number>>; median_ms: number | null };
  /** null: not a manager. */
  manager: {
    domains: DomainState[];
    /** Titles; null: everywhere. */
    pauses: {
      domain: string | null;
      reason: string;
      paused_by: string | null;
      paused_at: EpochMs;
    }[];
    freezes: number;
    on_call: OnCallLine[];
  } | null;
}
