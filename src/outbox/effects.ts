/** The effects on the world outside that can be wanted, as the outbox keeps them. Types, and which of them merge. */
import type { EpochMs } from '../domain/clock.ts';
import type { PageReason } from '../domain/page-reason.ts';
import type { ExportName } from '../store/export-pages.ts';

/** Where a line of text goes. A card's thread is found when the line is sent: the card may not be posted yet. */
export type Address =
  | { to: 'card'; card_id: string }
  | { to: 'thread'; channel: string; thread_ts: string }
  | { to: 'channel'; channel: string }
  | { to: 'user'; user: string };

/** What is said; the words are drawn when it is sent, from how things stand then. */
export type Line =
  | { line: 'reminder'; due_at: EpochMs }
  | ({ line: 'paged'; rung: number; held: number } & PageReason)
  | { line: 'woke'; user: string }
  | { line: 'passed'; by: string }
  | { line: 'nobody' }
  | { line: 'overdue'; released: string | null }
  | { line: 'ran_out'; user: string }
  /** `woken`: it was snoozed, and that is over. */
  | { line: 'reassigned'; by: string; user: string; words: string | null; woken?: true }
  | { line: 'snoozed'; by: string; until: EpochMs }
  | { line: 'resumed'; by: string; waited_for: 'snooze' | 'info' }
  | { line: 'info_requested' | 'info_asked' | 'info_given'; info_id: string }
  | { line: 'answer' }
  | { line: 'override' | 'override_cancelled'; override_id: string }
  | { line: 'handoff'; rotation: string; side: 'in' | 'out'; others: string[] }
  | { line: 'gap'; rotation: string; from: EpochMs; until: EpochMs; users: string[] }
  | { line: 'report'; words: string };

export type Effect =
  | { effect: 'draw_card'; card_id: string }
  | { effect: 'say'; address: Address; what: Line }
  | { effect: 'note'; channel: string; user: string; thread_ts: string | null; words: string }
  /** A file by direct message. */
  | { effect: 'export'; user: string; what: ExportName; since: EpochMs; until: EpochMs }
  | { effect: 'sync_usergroup'; usergroup: string }
  | { effect: 'ask_about_person'; user: string }
  /** A person's Home, as things then stand. */
  | { effect: 'home'; user: string }
  /** `to`: the queue that the item named, where it named one. */
  | { effect: 'result'; decision_id: string; to?: string }
  | { effect: 'webhook'; decision_id: string; url: string }
  | { effect: 'info_webhook'; info_id: string; url: string }
  /** PagerDuty's alert of an item, by the name of the service's key: raised by a rung; somebody has it; or ended. */
  | { effect: 'pagerduty'; action: 'trigger'; key: string; rung: number }
  | { effect: 'pagerduty'; action: 'acknowledge' | 'resolve'; key: string };

/** What waits is done once, as things then are: a card or a Home drawn, a user group kept, somebody asked about. */
export function mergeKey(effect: Effect): string | null {
  switch (effect.effect) {
    case 'draw_card':
      return `draw:${effect.card_id}`;
    case 'sync_usergroup':
      return `usergroup:${effect.usergroup}`;
    case 'ask_about_person':
      return `person:${effect.user}`;
    case 'home':
      return `home:${effect.user}`;
    default:
      return null;
  }
}
