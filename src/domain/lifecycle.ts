/**
 * The life of an item: one pure function says what may happen to it and what it then is. Every change of an item's
 * state goes through `transition`; nothing else writes `status`, `outcome`, `version` or a claim. No I/O, no clock.
 */
import type { EpochMs } from './clock.ts';
import type { Allowable, ErrorTag, Kind, Outcome } from './item.ts';
import type { FormAnswer } from './answer-fields.ts';

export const STATUSES = ['open', 'claimed', 'decided'] as const;
export type Status = (typeof STATUSES)[number];

/** One of the stages that an item passes: its people, and how long they have (ms; null: as the ladder says). */
export interface Stage {
  name: string;
  /** Who may decide it, as policies/ writes people. */
  by: string;
  level: number | null;
  decide_within: number | null;
}

/** Where several people decide: that many who agree, or one after the other. */
export interface Several {
  /** How many different people must give the same verdict. */
  quorum: number;
  /** In order; none where there is one, without a name. */
  stages: readonly Stage[];
  /** The stage that is open, from 0. */
  stage: number;
  /** The stages that have sent it back. */
  sent_back: readonly number[];
  /** The first rung of this stage (or of those who decide singly): whom earlier rungs paged may not decide it. */
  from_rung: number;
  /** The quorum is out of reach: whom the rungs since have paged decide, each alone. */
  singly: boolean;
}

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
  /** null: one person decides. */
  several: Several | null;
}

/** What a person said. `edit` carries the arguments of an approval or the text of a review. */
export type Verdict =
  | { word: 'approve'; rationale?: string }
  | { word: 'edit'; edited: string | { [key: string]: unknown }; rationale?: string }
  | { word: 'reject'; rationale: string; error_tags: ErrorTag[] }
  | { word: 'answer'; answer: string | FormAnswer; choice?: string; rationale?: string }
  | { word: 'prefer'; choice: string; rationale?: string };

/** A person's word at a stage. */
export interface Signed {
  by: string;
  stage: number;
}

export type LifeEvent =
  | { type: 'claim'; by: string }
  | { type: 'release'; by: string }
  | {
      type: 'decide';
      by: string;
      verdict: Verdict;
      /** The revision the person saw; absent: said in the thread, of the item as such. */ seen_rev?: number;
      /** Of several: how many people, this one included, now give this very verdict, and who has signed which stage. */
      agreed?: number;
      /** It is what this person said last. */
      repeats?: boolean;
      signed?: readonly Signed[];
      /** The rung that a next stage would begin with. */
      next_rung?: number;
    }
  /** Back to the stage before, with a reason; each stage may once. */
  | {
      type: 'send_back';
      by: string;
      seen_rev: number;
      signed: readonly Signed[];
      next_rung: number;
    }
  /** The quorum is out of reach: the next rung's people decide singly. */
  | { type: 'open_up'; next_rung: number }
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
  | { refused: 'needs_reason' }
  /** The same person never stands at two stages. */
  | { refused: 'signed_before'; stage: string }
  /** Of a quorum: it is what they said last. */
  | { refused: 'said_before' }
  | { refused: 'nothing_before' }
  | { refused: 'sent_back_before' };

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
  /** To other people: unclaimed, and what cards showed until now is out of date. */
  const turn = (several: Several): Transition => ({
    ok: true,
    state: {
      ...state,
      version: state.version + 1,
      view_rev: state.view_rev + 1,
      status: 'open',
      claimed_by: null,
      several,
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
      if (state.several !== null) {
        const { several } = state;
        const before = elsewhere(several, event.by, event.signed ?? []);
        if (before !== null) return no({ refused: 'signed_before', stage: before });
        if (event.repeats) return no({ refused: 'said_before' });
        // A word that the quorum still waits upon.
        if ((event.agreed ?? 1) < several.quorum)
          return { ok: true, state: { ...state, version: state.version + 1 } };
        if (event.verdict.word !== 'reject' && several.stage < several.stages.length - 1)
          return turn({
            ...several,
            stage: several.stage + 1,
            from_rung: event.next_rung ?? several.from_rung,
          });
      }
      return end(OUTCOME_OF[event.verdict.word]);
    case 'inform':
      return {
        ok: true,
        state: { ...state, version: state.version + 1, view_rev: state.view_rev + 1 },
      };
    case 'send_back': {
      const { several } = state;
      if (event.by === state.requester_slack_user) return no({ refused: 'own_request' });
      if (event.seen_rev !== state.view_rev) return no({ refused: 'changed' });
      if (several === null || several.stage === 0) return no({ refused: 'nothing_before' });
      const before = elsewhere(several, event.by, event.signed);
      if (before !== null) return no({ refused: 'signed_before', stage: before });
      if (several.sent_back.includes(several.stage)) return no({ refused: 'sent_back_before' });
      return turn({
        ...several,
        stage: several.stage - 1,
        sent_back: [...several.sent_back, several.stage],
        from_rung: event.next_rung,
      });
    }
    case 'open_up':
      if (state.several === null) return no({ refused: 'nothing_before' });
      return turn({ ...state.several, quorum: 1, singly: true, from_rung: event.next_rung });
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

/** The name of another stage that this person has had a word at, or null. */
function elsewhere(several: Several, by: string, signed: readonly Signed[]): string | null {
  const other = signed.find((one) => one.by === by && one.stage !== several.stage);
  return other === undefined ? null : (several.stages[other.stage]?.name ?? 'an earlier stage');
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
