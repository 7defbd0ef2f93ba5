/**
 * What the audit log tells of one item: its row and its decision as its entries, read in order, say they must be. Pure;
 * nothing is read or compared here.
 */
import { decided, froze, opined, turnedOut } from './expected-columns.ts';
import type { ReadEvent, ReadFacts } from '../domain/audit-event.ts';
import { acceptedColumns } from './item-in-log-form.ts';
import type { Columns, ItemEntry } from './log-entry.ts';

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
export function replayItem(entries: readonly ItemEntry[]): Told {
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

function tell(told: Told, entry: ItemEntry): void {
  const { seq, event, facts } = entry;
  const fault = (what: string) => void told.faults.push({ seq, what });
  if (event === 'item.accepted') return accept(told, entry, fault);
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
  change(told, item, entry, fault);
}

function accept(
  told: Told,
  { at, facts }: ReadEvent<'item.accepted'>,
  fault: (what: string) => void,
): void {
  if (told.item !== null) return fault('the item was accepted before');
  told.item = acceptedColumns(facts);
  if (facts.behind === true) told.item.behind_since = at;
  told.why_digest = facts.why_digest;
}

/** What an entry after the first changes. An event that is missing here does not compile. */
function change(
  told: Told,
  item: Columns,
  entry: Exclude<ItemEntry, { event: 'item.accepted' }>,
  fault: (what: string) => void,
): void {
  const { at } = entry;
  switch (entry.event) {
    case 'item.erased':
      return erase(told, entry.facts);
    case 'item.info_requested':
      told.info.push({
        id: entry.facts.info_id,
        asked_by: entry.facts.slack_user,
        asked_at: at,
        question_digest: entry.facts.question_digest,
      });
      return;
    case 'item.info_given': {
      const asked = told.info.find((one) => one.id === entry.facts.info_id);
      if (!asked) return fault('an answer stands before what it answers');
      asked.answered_by = entry.facts.slack_user;
      asked.answered_at = at;
      asked.answer_digest = entry.facts.answer_digest;
      return;
    }
    case 'item.froze_similar':
      told.freezes.push(froze(entry));
      return;
    case 'item.freeze_confirmed':
    case 'item.freeze_lifted': {
      const freeze = told.freezes.find((one) => one.id === entry.facts.freeze_id);
      if (!freeze) return fault(`${entry.event} stands before the freeze`);
      const done = entry.event === 'item.freeze_lifted' ? 'lifted' : 'confirmed';
      freeze[`${done}_by`] = entry.facts.slack_user;
      freeze[`${done}_at`] = at;
      return;
    }
    case 'item.reopened':
      told.reopened.push({ id: entry.facts.as, by: entry.facts.slack_user, at });
      return;
    case 'item.claimed':
      item.status = 'claimed';
      item.claimed_by = entry.facts.slack_user;
      item.claimed_at ??= at;
      return;
    case 'item.reassigned':
      told.paged.add(entry.facts.to);
      item.status = 'open';
      item.claimed_by = null;
      return;
    case 'item.released':
      item.status = 'open';
      item.claimed_by = null;
      return;
    case 'item.paged':
      for (const list of [entry.facts.people, entry.facts.usergroups, entry.facts.pagerduty])
        if (Array.isArray(list)) for (const one of list) told.paged.add(one);
      // The first page is part of being accepted, and changes nothing.
      if (entry.facts.version === undefined) return;
      item.status = 'open';
      item.claimed_by = null;
      item.level = entry.facts.level;
      item.due_at = entry.facts.due_at;
      return;
    case 'item.deadline_moved':
      item.due_at = entry.facts.due_at;
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
      item.outcome = entry.facts.outcome;
      item.decided_at = entry.facts.decided_at;
      told.decision = decided(entry.facts);
      return;
    case 'item.turned':
      item.behind_since = null;
      item.status = 'open';
      item.claimed_by = null;
      item.several_digest = entry.facts.several_digest;
      item.decider_digest = entry.facts.decider_digest;
      item.level = entry.facts.level;
      item.due_at = entry.facts.due_at;
      return;
    case 'item.opined':
      told.opinions.push(opined(entry.facts));
      return;
    case 'item.compared':
      if (told.decision === null) return fault('a comparison stands before the decision');
      told.decision.compared = entry.facts.compared;
      return;
    case 'item.feedback':
      told.feedback.push(turnedOut(entry));
      return;
    // They say what happened, and change no column.
    case 'item.woke':
    case 'item.reminded':
    case 'item.nobody':
    case 'item.overdue':
    case 'item.passed':
    case 'item.snoozed':
    case 'webhook.given_up':
      return;
    default:
      // What only another release writes changes nothing that this one knows of.
      return void (entry satisfies never);
  }
}

/** What was told up to here may be without its words from now on. */
function erase(told: Told, facts: ReadFacts<'item.erased'>): void {
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
