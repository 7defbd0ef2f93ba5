/**
 * The life of an item: one pure function says what may happen to it and what it then is. Every change of an item's
 * state goes through `transition`; nothing else writes `status`, `outcome`, `version` or a claim. No I/O, no clock.
 */
import type { EpochMs } from './clock.ts';
import type { Allowable, ErrorTag, Kind, Outcome } from './item.ts';
import type { FormAnswer } from './answer-schema.ts';

export const STATUSES = ['open', 'claimed', 'decided'] as const;
export type Status = (typeof STATUSES)[number];

/** What of an item changes. Times in epoch ms. */
export interface ItemState {
  id: string;
  kind: Kind;
  /** What decides it, `allowedFor` of the item. */
  allowed: readonly Allowable[];
  /** The Slack id of the person it was asked for, who may never decide it; null where no person stands behind it. */
  requester_slack_user: string | null;
  /** Counts every change: the compare-and-set's key. */
  version: number;
  /** Counts changes of content and stage, not claims: what a card's buttons speak of. */
  view_rev: number;
  status: Status;
  outcome: Outcome | null;
  claimed_by: string | null;
  /** The first claim; stays when it is released. */
  claimed_at: EpochMs | null;
  decided_at: EpochMs | null;
}

/** What a person said. `edit` carries the arguments of an approval or the text of a review. */
export type Verdict =
  | { word: 'approve'; rationale?: string }
  | { word: 'edit'; edited: string | { [key: string]: unknown }; rationale?: string }
  | { word: 'reject'; rationale: string; error_tags: ErrorTag[] }
  | { word: 'answer'; answer: string | FormAnswer; choice?: string; rationale?: string }
  | { word: 'prefer'; choice: string; rationale?: string };

export type LifeEvent =
  | { type: 'claim'; by: string }
  | { type: 'release'; by: string }
  | {
      type: 'decide';
      by: string;
      verdict: Verdict;
      /** The revision the person saw; absent: said in the thread, of the item as such. */ seen_rev?: number;
    }
  /** The next rung is paged: whoever had claimed it had their time. */
  | { type: 'page' }
  /** It is given to somebody else. */
  | { type: 'hand_over' }
  /** What was asked back has been answered: there is more to read. */
  | { type: 'inform' }
  | {
      /** A word that ends nothing by itself. */
      type: 'opine';
      by: string;
      seen_rev: number;
    }
  | { type: 'let_through' }
  | { type: 'refuse' }
  | { type: 'expire' }
  | { type: 'cancel' };

/** Why an event did not happen; each has words for the person in `blocks/note`. */
export type Refusal =
  | { refused: 'decided'; outcome: Outcome }
  | { refused: 'claimed'; by: string }
  | { refused: 'not_claimed' }
  | { refused: 'not_yours'; by: string }
  | { refused: 'own_request' }
  | { refused: 'changed' }
  | { refused: 'does_not_fit'; word: Verdict['word'] }
  | { refused: 'needs_reason' };

export type Transition = { ok: true; state: ItemState } | ({ ok: false } & Refusal);

const no = (refusal: Refusal): Transition => ({ ok: false, ...refusal });

/**
 * What the item is after `event` at `now`, or why it stays as it is. A decided item never changes. A claim by its
 * holder again, and anything else that would change nothing, is refused by name rather than written.
 */
export function transition(state: ItemState, event: LifeEvent, now: EpochMs): Transition {
  if (state.status === 'decided') {
    return no({ refused: 'decided', outcome: state.outcome ?? 'expired' });
  }
  const end = (outcome: Outcome): Transition => ({
    ok: true,
    state: {
      ...state,
      version: state.version + 1,
      view_rev: state.view_rev + 1,
      status: 'decided',
      outcome,
      decided_at: now,
    },
  });
  switch (event.type) {
    case 'claim':
      if (state.claimed_by !== null) return no({ refused: 'claimed', by: state.claimed_by });
      return {
        ok: true,
        state: {
          ...state,
          version: state.version + 1,
          status: 'claimed',
          claimed_by: event.by,
          claimed_at: state.claimed_at ?? now,
        },
      };
    case 'release':
      if (state.claimed_by === null) return no({ refused: 'not_claimed' });
      if (state.claimed_by !== event.by) return no({ refused: 'not_yours', by: state.claimed_by });
      return {
        ok: true,
        state: { ...state, version: state.version + 1, status: 'open', claimed_by: null },
      };
    case 'decide':
      if (event.by === state.requester_slack_user) return no({ refused: 'own_request' });
      if (event.seen_rev !== undefined && event.seen_rev !== state.view_rev)
        return no({ refused: 'changed' });
      if (!fits(state, event.verdict.word))
        return no({ refused: 'does_not_fit', word: event.verdict.word });
      return end(OUTCOME_OF[event.verdict.word]);
    case 'inform':
      return {
        ok: true,
        state: { ...state, version: state.version + 1, view_rev: state.view_rev + 1 },
      };
    case 'page':
    case 'hand_over':
      return {
        ok: true,
        state: { ...state, version: state.version + 1, status: 'open', claimed_by: null },
      };
    case 'opine':
      if (event.by === state.requester_slack_user) return no({ refused: 'own_request' });
      if (event.seen_rev !== state.view_rev) return no({ refused: 'changed' });
      return { ok: true, state: { ...state, version: state.version + 1 } };
    case 'let_through':
      return end('auto_approved');
    case 'refuse':
      return end('auto_rejected');
    case 'expire':
      return end('expired');
    case 'cancel':
      return end('cancelled');
    default:
      return event satisfies never;
  }
}

const OUTCOME_OF: Record<Verdict['word'], Outcome> = {
  approve: 'approved',
  edit: 'edited',
  reject: 'rejected',
  answer: 'answered',
  prefer: 'preferred',
};

const WORDS_OF: Record<Kind, readonly Verdict['word'][]> = {
  approval: ['approve', 'edit', 'reject'],
  review: ['approve', 'edit', 'reject'],
  question: ['answer'],
  comparison: ['prefer'],
};

/** Whether that word decides an item of this kind, under what the producer can take. */
export function fits(state: Pick<ItemState, 'kind' | 'allowed'>, word: Verdict['word']): boolean {
  return (
    WORDS_OF[state.kind].includes(word) &&
    state.allowed.includes(word === 'prefer' ? 'answer' : word)
  );
}
