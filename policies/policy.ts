/**
 * The policy once it has been read and checked: what rules, deadlines and permissions are computed from. Types only;
 * `parse-policy.ts` is the one way to get a `Policy`.
 */
import type { Weekday } from '../src/domain/weekdays.ts';
import type { Stage } from '../src/domain/lifecycle.ts';
import type { Rate } from '../src/domain/rate.ts';
import type { ErrorCost } from '../src/stats/formulas/economics.ts';
import type { Condition } from './conditions/condition.ts';

/** People as a reference names them. A `group` is one of the policy's own, a `usergroup` is Slack's; `oncall` is whoever is on call by a rotation. */
export type PersonRef =
  | { type: 'user'; id: string }
  | { type: 'usergroup'; id: string }
  | { type: 'group'; name: string }
  | { type: 'oncall'; name: string };

/** Whom a rung notifies; `channel` is a line in the card's own thread, `pagerduty` a service by the name of its key. */
export type NotifyRef = PersonRef | { type: 'channel' } | { type: 'pagerduty'; name: string };

/** Milliseconds. */
export type DurationMs = number;

/** What of an item a domain may choose to show. The title, and what there is to decide, are always shown. */
export const VISIBLE_FIELDS = [
  'body',
  'justification',
  'confidence',
  'impact',
  'ensemble',
  'source_reliability',
  'evidence',
  'tags',
  'cohort',
  'model',
  'requester',
  'thread',
  'expires_at',
  'run_id',
] as const;
export type VisibleField = (typeof VISIBLE_FIELDS)[number];

/** Conditions may read what costs a query: the engine asks for it only where a rule mentions it. */
export type ContextRead = 'override_rate' | 'queue_depth';

export interface Policy {
  /** `sha256:…` of the canonical form of the file: comments, layout and the order of keys do not change it. */
  version: string;
  default_domain: string;
  /** Whose people are asked about a policy violation, and lift its freeze; null: nobody is, and the managers lift it. */
  compliance_domain: string | null;
  /** IANA zone, where nothing nearer names one. */
  timezone: string;
  /** Slack team ids whose people may act; empty: the bot's own only. */
  teams: string[];
  operators_channel: string;
  managers: PersonRef[];
  /** How long the texts of what was decided are kept; null: for good. */
  retention: { payloads: DurationMs } | null;
  /** What looking and erring cost; null: nothing is said about money. */
  costs: Costs | null;
  /** How much may come in; null: nothing is limited. */
  limits: Limits | null;
  /** These five have no prototype: a name such as `constructor` finds nothing. */
  groups: Record<string, PersonRef[]>;
  rotations: Record<string, Rotation>;
  domains: Record<string, Domain>;
  ladders: Record<string, Ladder>;
  hours: Record<string, WorkingHours>;
  rules: Rule[];
  otherwise: Route;
  reads: ReadonlySet<ContextRead>;
}

/** Of items, by who puts them in: a token's name, or `queue`. `each`: of everybody who is not named; null: no limit. */
export interface Limits {
  intake: { each: Rate | null; producers: Readonly<Record<string, Rate>> };
}

/** Amounts are in one currency; `currency` is only a word. */
export interface Costs {
  currency: string;
  /** A minute of somebody's time, by the name of their group; `otherwise` is everybody else's. */
  expert_minute: Readonly<Record<string, number>>;
  error: ErrorCost;
  /** An item that waits an hour. */
  delay_hour: number;
}

export interface Domain {
  id: string;
  title: string;
  channel: string;
  guide: string | null;
  fallback_channel: string | null;
  ladder: string;
  deciders: PersonRef[];
  /** null: whatever the item has. */
  visible_fields: VisibleField[] | null;
  /** Its channel shows that many open cards; what comes on top waits behind. null: no limit. */
  open_limit: number | null;
  /** Its own, else the policy's; null: none. */
  circuit_breaker: CircuitBreaker | null;
}

/** Pauses letting-through in a domain where people go against the AI too often. */
export interface CircuitBreaker {
  /** 0..1; more than that share pauses. */
  override_rate: number;
  window: DurationMs;
  /** Fewer decisions in the window say nothing. */
  at_least: number;
}

export interface Ladder {
  id: string;
  /** A name in `hours`; null: the clock always runs. */
  hours: string | null;
  rungs: [Rung, ...Rung[]];
  at_the_end: 'expired' | 'wait';
  /** What an expiry advises the producer to do; null: nothing. */
  fallback: 'reject' | 'approve' | null;
}

export interface Rung {
  level: number;
  notify: NotifyRef[];
  claim_within: DurationMs | null;
  decide_within: DurationMs | null;
  /** Shares of `decide_within`, 0..1; null: the file says nothing of it. */
  remind_at: number[] | null;
}

/** When a ladder's clock runs. A window with `to` at or before `from` ends on the next day and belongs to the day it starts on. */
export interface WorkingHours {
  timezone: string;
  days: Weekday[];
  /** Minutes since midnight, wall clock; `to` may be 1440. */
  from: number;
  to: number;
  /** Dates, `YYYY-MM-DD`, in the zone. */
  holidays: string[];
}

/** Whose turn it is, one after the other, for ever. */
export interface Rotation {
  id: string;
  timezone: string;
  /** Wall clock of the first handoff in the zone, `2026-11-02T09:00`; before it nobody is on call. */
  start: string;
  shift: ShiftLength;
  /** Slack user ids, in turn; never empty. */
  people: string[];
  /** Outside these nobody is on call; null: always somebody. */
  hours: WorkingHours | null;
  /** The Slack user group that is kept equal to who is on call. */
  usergroup: string | null;
}

/** Hours pass; days, weeks and months are read off the wall clock. */
export interface ShiftLength {
  unit: 'hours' | 'days' | 'weeks' | 'months';
  count: number;
}

export interface Rule {
  id: string;
  condition: Condition;
  /** The share of what the condition holds for that it takes, 0..1; null: all. The rest goes on to the next rule. */
  sample: number | null;
  route: Route;
}

export type AskRoute = {
  type: 'ask';
  /** null: the item's own. */
  domain: string | null;
  level: number | null;
  decide_within: DurationMs | null;
  /** Who may decide, as written (`group:billing-experts`); null: the domain's deciders. */
  by: string | null;
  /** `always`: an approval needs a reason too. */
  reason: 'always' | null;
  /** How many different people must give the same verdict; 1: one decides. */
  quorum: number;
  /** One after the other, each with its own people; none: there is one. */
  stages: Stage[];
  /** The experts answer before they see what the AI proposes. */
  blind: boolean;
  /** `let_through`: the item is let through at once, and asked behind that as a check. */
  after: 'let_through' | null;
};

export type Route = { type: 'let_through' } | { type: 'refuse'; reason: string } | AskRoute;

/** Asking, with nothing said about how: the careful answer wherever something is not known. */
export const PLAIN_ASK: AskRoute = {
  type: 'ask',
  domain: null,
  level: null,
  decide_within: null,
  by: null,
  reason: null,
  quorum: 1,
  stages: [],
  blind: false,
  after: null,
};

/** Whether a route lets the item through without a person: `let_through`, or asking behind it. */
export const letsThrough = (route: Route): boolean =>
  route.type === 'let_through' || (route.type === 'ask' && route.after === 'let_through');
