/** How an item came to a rung: what a page, its line and its history tell. A leaf. */
/**
 * Why a rung is paged: asked first; the one before was not claimed, or not decided, in time; they passed it on, escalated it, or could
 * not be reached; or there was nobody to page until now.
 */
export type PagedBecause =
  | 'asked'
  | 'unclaimed'
  | 'undecided'
  | 'passed'
  | 'escalated'
  | 'unreachable'
  | 'again'
  /** The next stage's people; or the one before's, to whom it was sent back. */
  | 'stage'
  | 'sent_back'
  /** Those asked cannot agree any more. */
  | 'apart';

/** How an item came to a rung. */
export interface PageReason {
  because: PagedBecause;
  /** Who passed it on or escalated it, and why. */
  by: string | null;
  reason: string | null;
  /** Numbers of rungs that were passed by: nobody to page, or an outage. */
  skipped: number[];
  missed: number[];
  /** Whose claim ran out. */
  released: string | null;
}

/** Asked first, and whoever is paged are the first. */
export const ASKED: PageReason = {
  because: 'asked',
  by: null,
  reason: null,
  skipped: [],
  missed: [],
  released: null,
};

/** How it came to one person. */
export interface PersonalStory extends Omit<PageReason, 'because'> {
  /** `given`: somebody chose them. */
  because: PagedBecause | 'given';
  /** It waited for the end of their quiet hours. */
  woke: boolean;
}
