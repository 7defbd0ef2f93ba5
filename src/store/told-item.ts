/**
 * What the audit log tells of one item: its row and its decision as its entries, read in order, say they must be. Pure;
 * nothing is read or compared here.
 */
import type { Selectable } from 'kysely';
import { saltedDigest } from '../digest.ts';
import type {
  AuditLogTable,
  DecisionsTable,
  FeedbackTable,
  ItemsTable,
  OpinionsTable,
} from './tables.ts';

/** An entry as it was read; `facts` are empty where its text is no entry. */
export interface ToldEntry {
  seq: number;
  at: number;
  event: string;
  facts: { [key: string]: unknown };
}

/** Columns (some in another form, see `itemAsTold`) and what they must hold; absent and null are alike. */
export type Columns = { [column: string]: unknown };

export interface Told {
  /** null: no entry says that it was accepted. */
  item: Columns | null;
  /** null: no entry says that it was decided. */
  decision: Columns | null;
  /** What people said that ended nothing by itself. */
  opinions: Columns[];
  /** What turned out later. */
  feedback: Columns[];
  /** Questions asked back, and their answers. */
  info: Columns[];
  /** Freezes that its decision made. */
  freezes: Columns[];
  /** What it was asked again as. */
  reopened: Columns[];
  /** People, user groups and services that were paged for it. */
  paged: Set<unknown>;
  /** Digest of why it was asked, under the body's salt. */
  why_digest: unknown;
  /** What was erased of it, null: nothing was. */
  erased: Erased | null;
  /** What in the entries contradicts itself. */
  faults: { seq: number; what: string }[];
}

/** What of an item's texts may be gone: what was there when it was erased. */
export interface Erased {
  /** Its body, and all that was said by then. */
  whole: boolean;
  /** Because somebody asked for it: no cohort and no tags are left. */
  on_request: boolean;
  /** Of the figures that stayed; absent: of before there was one. */
  facts_digest: unknown;
  /** Ids of decisions, opinions, feedback and questions asked back that may be without their words. */
  gone: Set<unknown>;
}

/** Reads an item's entries, oldest first. */
export function toldOf(entries: readonly ToldEntry[]): Told {
  const told: Told = {
    item: null,
    decision: null,
    opinions: [],
    feedback: [],
    info: [],
    freezes: [],
    reopened: [],
    paged: new Set(),
    why_digest: null,
    erased: null,
    faults: [],
  };
  for (const entry of entries) tell(told, entry);
  return told;
}

function tell(told: Told, entry: ToldEntry): void {
  const { seq, event, facts } = entry;
  const fault = (what: string) => void told.faults.push({ seq, what });
  if (event === 'item.accepted') {
    if (told.item !== null) return fault('the item was accepted before');
    told.item = accepted(facts);
    if (facts.behind === true) told.item.behind_since = entry.at;
    told.why_digest = facts.why_digest;
    return;
  }
  const { item } = told;
  if (item === null) return fault(`${event} stands before the item was accepted`);
  if (facts.version !== undefined) {
    if (item.status === 'decided') fault(`${event} comes after the item was decided`);
    if (facts.version !== Number(item.version) + 1)
      fault(
        `version ${String(facts.version)} follows version ${String(item.version)}: an entry between them is missing`,
      );
    item.version = facts.version;
    item.view_rev = facts.view_rev;
  }
  switch (event) {
    case 'item.erased':
      return erase(told, facts);
    case 'item.info_requested':
      told.info.push({
        id: facts.info_id,
        asked_by: facts.slack_user,
        asked_at: entry.at,
        question_digest: facts.question_digest,
      });
      return;
    case 'item.info_given': {
      const asked = told.info.find((one) => one.id === facts.info_id);
      if (!asked) return fault('an answer stands before what it answers');
      asked.answered_by = facts.slack_user;
      asked.answered_at = entry.at;
      asked.answer_digest = facts.answer_digest;
      return;
    }
    case 'item.froze_similar':
      told.freezes.push(froze(entry));
      return;
    case 'item.freeze_confirmed':
    case 'item.freeze_lifted': {
      const freeze = told.freezes.find((one) => one.id === facts.freeze_id);
      if (!freeze) return fault(`${event} stands before the freeze`);
      const done = event === 'item.freeze_lifted' ? 'lifted' : 'confirmed';
      freeze[`${done}_by`] = facts.slack_user;
      freeze[`${done}_at`] = entry.at;
      return;
    }
    case 'item.reopened':
      told.reopened.push({ id: facts.as, by: facts.slack_user, at: entry.at });
      return;
    case 'item.claimed':
      item.status = 'claimed';
      item.claimed_by = facts.slack_user;
      item.claimed_at ??= entry.at;
      return;
    case 'item.reassigned':
      told.paged.add(facts.to);
      item.status = 'open';
      item.claimed_by = null;
      return;
    case 'item.released':
      item.status = 'open';
      item.claimed_by = null;
      return;
    case 'item.paged':
      for (const list of [facts.people, facts.usergroups, facts.pagerduty])
        if (Array.isArray(list)) for (const one of list) told.paged.add(one);
      // The first page is part of being accepted, and changes nothing.
      if (facts.version === undefined) return;
      item.status = 'open';
      item.claimed_by = null;
      item.level = facts.level;
      item.due_at = facts.due_at;
      return;
    case 'item.deadline_moved':
      item.due_at = facts.due_at;
      return;
    case 'item.fallback_withheld':
      item.fallback = null;
      return;
    case 'item.came_forward':
      item.behind_since = null;
      return;
    case 'item.decided':
      item.behind_since = null;
      item.status = 'decided';
      item.outcome = facts.outcome;
      item.decided_at = facts.decided_at;
      told.decision = decided(facts);
      return;
    case 'item.turned':
      item.behind_since = null;
      item.status = 'open';
      item.claimed_by = null;
      item.several_digest = facts.several_digest;
      item.decider_digest = facts.decider_digest;
      item.level = facts.level;
      item.due_at = facts.due_at;
      return;
    case 'item.opined':
      told.opinions.push(opined(facts));
      return;
    case 'item.compared':
      if (told.decision === null) return fault('a comparison stands before the decision');
      told.decision.compared = facts.compared;
      return;
    case 'item.feedback':
      told.feedback.push(turnedOut(entry));
      return;
    default:
      // Anything else (a reminder, being overdue) says what happened and changes no column.
      return;
  }
}

const accepted = (facts: ToldEntry['facts']): Columns => ({
  version: facts.version,
  view_rev: facts.view_rev,
  kind: facts.kind,
  allowed: facts.allowed,
  status: 'open',
  outcome: null,
  requester_slack_user: facts.requester,
  claimed_by: null,
  claimed_at: null,
  decided_at: null,
  item_digest: facts.item_digest,
  domain: facts.domain,
  rule: facts.rule,
  policy_version: facts.policy_version,
  level: facts.level,
  decider_digest: facts.decider_digest,
  reason_required: facts.reason_required,
  fallback: facts.fallback,
  at_the_end: facts.at_the_end,
  impact: facts.impact,
  source: facts.source,
  requested_at: facts.requested_at,
  due_at: facts.due_at,
  expires_at: facts.expires_at,
  several_digest: facts.several_digest,
  check_of: facts.check_of,
  blind: facts.blind,
  route: facts.route,
  sample: facts.sample,
});

const decided = (facts: ToldEntry['facts']): Columns => ({
  id: facts.decision_id,
  outcome: facts.outcome,
  decided_by: facts.by,
  slack_user: facts.slack_user,
  level: facts.level,
  error_tags: facts.error_tags,
  decided_at: facts.decided_at,
  text_digest: facts.text_digest,
  card_digest: facts.card_digest,
  approvals: facts.approvals,
  compared: facts.compared,
});

/** What was told up to here may be without its words from now on. */
function erase(told: Told, facts: ToldEntry['facts']): void {
  told.erased ??= { whole: false, on_request: false, facts_digest: undefined, gone: new Set() };
  const { erased } = told;
  if (Array.isArray(facts.gone)) {
    for (const id of facts.gone) erased.gone.add(id);
    return;
  }
  for (const one of [
    told.decision,
    ...told.opinions,
    ...told.feedback,
    ...told.info,
    ...told.freezes,
  ])
    if (one) erased.gone.add(one.id);
  if (facts.part !== undefined) return;
  erased.whole = true;
  erased.facts_digest = facts.facts_digest;
  erased.on_request ||= facts.cause === 'request' && facts.facts_digest !== undefined;
}

const froze = ({ at, facts }: ToldEntry): Columns => ({
  id: facts.freeze_id,
  decision_id: facts.decision_id,
  domain: facts.domain,
  frozen_by: facts.slack_user,
  frozen_at: at,
  check_id: facts.check_id,
  title_digest: facts.title_digest,
  action_digest: facts.action_digest,
});

const turnedOut = ({ at, facts }: ToldEntry): Columns => ({
  id: facts.feedback_id,
  verdict: facts.verdict,
  truth_digest: facts.truth_digest,
  at: facts.at,
  received_at: at,
  source: facts.source,
});

const opined = (facts: ToldEntry['facts']): Columns => ({
  seq: facts.opinion_seq,
  id: facts.opinion_id,
  slack_user: facts.slack_user,
  level: facts.level,
  stage: facts.stage,
  word: facts.word,
  error_tags: facts.error_tags,
  said_at: facts.said_at,
  text_digest: facts.text_digest,
  card_digest: facts.card_digest,
});

/** Columns of `items` that the log does not tell of: its key, and what the body tells, which the log has a digest of. */
type Untold = 'id' | 'confidence' | 'model' | 'cohort' | 'tags_json';

/** Columns that stand in the log in another form, by the name that they have there. */
interface Otherwise {
  allowed: 'allowed_json';
  decider_digest: 'decider';
  several_digest: 'several_json';
}

/** Every column of `items` that the log tells of: one that is missing here does not compile. */
type ItemAsTold = Record<
  Exclude<keyof ItemsTable, Untold | Otherwise[keyof Otherwise]> | keyof Otherwise,
  unknown
>;

/**
 * A row of `items` in the log's form: one that the log does not tell of must be null. Written out column by column, for
 * taking so wide a row apart takes longer than all else that is done with it.
 */
export function itemAsTold(row: ItemsTable): Columns {
  return {
    version: row.version,
    view_rev: row.view_rev,
    kind: row.kind,
    status: row.status,
    outcome: row.outcome,
    requester_slack_user: row.requester_slack_user,
    claimed_by: row.claimed_by,
    claimed_at: row.claimed_at,
    decided_at: row.decided_at,
    item_digest: row.item_digest,
    domain: row.domain,
    rule: row.rule,
    policy_version: row.policy_version,
    level: row.level,
    fallback: row.fallback,
    at_the_end: row.at_the_end,
    impact: row.impact,
    source: row.source,
    requested_at: row.requested_at,
    due_at: row.due_at,
    expires_at: row.expires_at,
    check_of: row.check_of,
    behind_since: row.behind_since,
    route: row.route,
    sample: row.sample,
    allowed: parsed(row.allowed_json),
    decider_digest: row.decider === null ? null : saltedDigest('', row.decider),
    // Only 1 counts as yes where it is read, but any other number than 0 was put there by somebody else.
    reason_required: [false, true][row.reason_required] ?? row.reason_required,
    several_digest: row.several_json === null ? null : saltedDigest('', parsed(row.several_json)),
    blind: row.blind === 0 ? null : row.blind === 1 || row.blind,
  } satisfies ItemAsTold;
}

/** A row of `decisions` in the log's form. */
export function decisionAsTold(row: DecisionsTable): Columns {
  return {
    id: row.id,
    outcome: row.outcome,
    decided_by: row.decided_by,
    slack_user: row.slack_user,
    level: row.level,
    decided_at: row.decided_at,
    text_digest: row.text_digest,
    card_digest: row.card_digest,
    compared: row.compared,
    error_tags: parsed(row.error_tags_json),
    approvals: row.approvals_json === null ? null : parsed(row.approvals_json),
  } satisfies Record<
    Exclude<keyof DecisionsTable, 'item_id' | 'error_tags_json' | 'approvals_json'>,
    unknown
  > & { error_tags: unknown; approvals: unknown };
}

/** A row of `feedback` in the log's form. */
export function feedbackAsTold(row: FeedbackTable): Columns {
  const { item_id: _item, truth_json: _truth, salt: _salt, ...rest } = row;
  return rest;
}

/** A row of `opinions` in the log's form. */
export function opinionAsTold(row: Selectable<OpinionsTable>): Columns {
  const { item_id: _item, error_tags_json, ...rest } = row;
  return { ...rest, error_tags: parsed(error_tags_json) };
}

/** JSON as a value; a text that is none as itself. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** An entry as it stands in the log. */
export function toldEntry(
  row: Pick<AuditLogTable, 'seq' | 'at' | 'event' | 'entry_json'>,
): ToldEntry {
  const text = parsed(row.entry_json);
  const facts: unknown =
    typeof text === 'object' && text !== null ? Reflect.get(text, 'facts') : null;
  return {
    seq: row.seq,
    at: row.at,
    event: row.event,
    facts: typeof facts === 'object' && facts !== null ? { ...facts } : {},
  };
}
