/**
 * What the audit log can say: every event, and the facts that it is recorded with. Ids, enums, times, counts and digests,
 * never a text. The one list: who writes an entry, who holds the record against it and who tells of it are compiled
 * against it. Types only.
 */
import type { EpochMs } from './clock.ts';
import type { Approval, Compared, DecidedBy, OpinionWord } from './decision.ts';
import type { FeedbackVerdict } from './feedback.ts';
import type { AcceptedFacts } from './item-columns.ts';
import type { ErrorTag, Outcome } from './item.ts';
import type { PagedBecause } from './page-reason.ts';

/** Of an entry that changed the item's state. */
interface Moved {
  version: number;
  view_rev: number;
}

/** Whom a page called. */
interface Paged {
  rung: number;
  people?: string[];
  usergroups?: string[];
  pagerduty?: string[] | undefined;
}

/** Facts of the events that are about an item. */
interface ItemEvents {
  'item.accepted': AcceptedFacts & {
    why_digest: string;
    /** What it would have been let through but for. */
    held: 'pause' | 'freeze' | undefined;
    /** Ids of the rules whose conditions failed. */
    condition_errors: string[] | undefined;
    checked_by: string | undefined;
    /** It waits behind the cards that are open. */
    behind: true | undefined;
  };
  'item.paged': Paged | (Paged & Moved & PagedAgain);
  'item.woke': { slack_user: string; rung: number };
  'item.reminded': { due_at: EpochMs };
  'item.nobody': Record<string, never>;
  'item.overdue': { due_at: EpochMs | undefined };
  'item.deadline_moved': { due_at?: EpochMs | undefined; because: DeadlineMoved };
  'item.claimed': Moved & { slack_user: string };
  'item.released': Moved & { slack_user: string; because?: 'passed' | 'overdue' };
  'item.passed': { slack_user: string };
  'item.reassigned': Moved & { slack_user: string; to: string };
  'item.snoozed': { slack_user: string; until: EpochMs };
  'item.info_requested': { slack_user: string; info_id: string; question_digest: string };
  'item.info_given': Moved & {
    slack_user: string | undefined;
    info_id: string;
    answer_digest: string | undefined;
  };
  'item.came_forward': { because: CameForward; slack_user: string | undefined };
  'item.turned': Moved & {
    because: Turned;
    stage?: number;
    several_digest: string;
    decider_digest: string | undefined;
    level: number;
    due_at: EpochMs | undefined;
  };
  /** Moved: unless it says what an item that is decided was thought of. */
  'item.opined': { [K in keyof Moved]: Moved[K] | undefined } & {
    opinion_id: string;
    opinion_seq: number;
    slack_user: string;
    level: number;
    stage: number;
    word: OpinionWord;
    error_tags: ErrorTag[];
    said_at: EpochMs;
    text_digest: string;
    card_digest: string | undefined;
  };
  'item.decided': Moved & {
    decision_id: string;
    outcome: Outcome;
    by: DecidedBy['type'];
    slack_user: string | undefined;
    level: number | undefined;
    error_tags: ErrorTag[];
    text_digest: string;
    card_digest: string | undefined;
    decided_at: EpochMs;
    approvals: Approval[] | undefined;
    compared: Compared | undefined;
  };
  'item.fallback_withheld': { held: 'pause' | 'freeze'; hold_id: string };
  'item.compared': { decision_id: string; slack_user: string; compared: Compared };
  'item.reopened': { slack_user: string; as: string };
  'item.feedback': {
    feedback_id: string;
    verdict: FeedbackVerdict;
    truth_digest: string;
    at: EpochMs;
    source: string;
  };
  'item.froze_similar': {
    freeze_id: string;
    decision_id: string;
    slack_user: string;
    domain: string;
    action_digest: string | undefined;
    title_digest: string;
    check_id: string | undefined;
  };
  'item.freeze_confirmed': { freeze_id: string; slack_user: string };
  'item.freeze_lifted': { freeze_id: string; slack_user: string };
  'item.erased':
    | { cause: 'retention' | 'request'; erasure_id?: string; facts_digest: string }
    /** What one person said of it: ids of decisions, opinions, feedback and questions. */
    | { cause: 'request'; erasure_id: string; part: 'said'; gone: string[] };
  'webhook.given_up': { attempts: number; outbox_id: string; gone: true | undefined };
}

/** Facts of the events that are about no item. */
interface OtherEvents {
  'letting_through.paused': {
    pause_id: string;
    domain: string;
    cause: 'person' | 'breaker';
    slack_user: string | undefined;
    reason_digest: string;
  };
  'letting_through.resumed': { pause_id: string; domain: string; slack_user: string };
  'override.made': Override;
  'override.cancelled': Override;
  'rotation.handed_over': { rotation: string; came: string[]; went: string[] };
  'quiet.changed': { slack_user: string; on: boolean };
  'policy.reloaded': { from: string; to: string };
  'export.asked': { slack_user: string; what: string; since: EpochMs; until: EpochMs };
  'raw.kept': { raw_id: string; source: string; characters: number; fields: string[] };
  'raw.closed': { raw_id: string; slack_user: string };
  'raw.erased':
    | { count: number; before: EpochMs }
    | { raw_id: string; cause: 'request'; erasure_id: string };
  'erasure.asked': { erasure_id: string; of: 'item' | 'person' | 'raw'; target: string };
}

/** Of a page that is not the first, and moved the item up. */
interface PagedAgain {
  level: number;
  because: PagedBecause;
  by: string | undefined;
  skipped: number[] | undefined;
  missed: number[] | undefined;
  released: string | undefined;
  due_at: EpochMs | undefined;
  /** It waits behind the cards that are open: nobody was called. */
  behind?: boolean;
}

interface Override {
  override_id: string;
  rotation: string;
  on_call: string;
  starts_at: EpochMs;
  ends_at: EpochMs;
  made_at: EpochMs;
  slack_user: string;
}

export type DeadlineMoved =
  | 'card_not_posted'
  | 'snoozed'
  | 'info_requested'
  | 'resumed'
  | 'nobody_to_page';
/** Why an item gets a card of its own: there is room; somebody wanted to see it, or did something with it; its ladder climbs. */
export type CameForward = 'room' | 'wanted' | 'taken_up' | 'climbed';
/** Why other people are asked: the next stage; the one before; or those asked can't agree any more. */
export type Turned = 'stage' | 'sent_back' | 'apart';

export type ItemEventName = keyof ItemEvents;
export type OtherEventName = keyof OtherEvents;

/** An entry to write. */
export type AuditEvent =
  | { [E in ItemEventName]: { event: E; item_id: string; facts: ItemEvents[E] } }[ItemEventName]
  | { [E in OtherEventName]: { event: E; item_id: null; facts: OtherEvents[E] } }[OtherEventName];

export type AuditEventName = AuditEvent['event'];

type KeyOfAny<T> = T extends unknown ? keyof T : never;
/** Facts as they are read: under the names that they have, whatever an older release or somebody else made of them. */
export type ReadFacts<E extends AuditEventName> = {
  readonly [K in keyof Moved | KeyOfAny<Extract<AuditEvent, { event: E }>['facts']>]?: unknown;
};

/**
 * An entry that was read, of one of these events. An event that only another release has is none of them, and is read all
 * the same: what switches over events must do nothing, or the least, in its default.
 */
export type ReadEvent<E extends AuditEventName> = {
  [One in E]: { seq: number; at: EpochMs; event: One; facts: ReadFacts<One> };
}[E];
