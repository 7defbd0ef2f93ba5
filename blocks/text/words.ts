/** The words for kinds, outcomes, tags, numbers and spans of time: one wording everywhere. Pure. */
import type { EpochMs } from '../../src/domain/clock.ts';
import type { DecidedBy } from '../../src/domain/decision.ts';
import type { ErrorTag, Kind, Outcome } from '../../src/domain/item.ts';

export const KIND_WORDS: Record<Kind, string> = {
  approval: 'Approval',
  question: 'Question',
  review: 'Review',
  comparison: 'Comparison',
};

export const TAG_WORDS: Record<ErrorTag, string> = {
  factual: 'Factually wrong',
  policy_violation: 'Against policy',
  tone: 'Wrong tone',
  out_of_scope: 'Out of scope',
  bias: 'Biased',
  incomplete: 'Incomplete',
  other: 'Other',
};

/** How an item ended: a sign, one bold word, and what more there is to say where no person decided. No full stop: a time follows. */
export const OUTCOME_WORDS: Record<Outcome, { sign: string; word: string; more: string | null }> = {
  approved: { sign: '✅', word: 'Approved', more: null },
  edited: { sign: '✏️', word: 'Edited and approved', more: null },
  answered: { sign: '💬', word: 'Answered', more: null },
  rejected: { sign: '❌', word: 'Rejected', more: null },
  preferred: { sign: '⚖️', word: 'Preference given', more: null },
  expired: { sign: '⌛', word: 'Expired', more: ': nobody decided in time (not a rejection)' },
  cancelled: { sign: '🚫', word: 'Cancelled', more: ': the AI took it back, nobody decided' },
  auto_approved: { sign: '🤖', word: 'Let through', more: ' by policy: nobody was asked' },
  auto_rejected: { sign: '⛔', word: 'Refused', more: ' by policy: nobody was asked' },
  auto_answered: {
    sign: '♻️',
    word: 'Answered',
    more: ' from an earlier decision: nobody was asked',
  },
};

/** "Bob approved this": what a person did, as a verb. */
export const DID_WORDS: Record<Outcome, string> = {
  approved: 'approved this',
  edited: 'edited and approved this',
  answered: 'answered this',
  rejected: 'rejected this',
  preferred: 'made the choice',
  expired: 'let this expire',
  cancelled: 'cancelled this',
  auto_approved: 'let this through',
  auto_rejected: 'refused this',
  auto_answered: 'answered this',
};

/** Who decided, where it was no person. */
export const DECIDER_WORDS: Record<Exclude<DecidedBy['type'], 'human'>, string> = {
  policy: 'the policy',
  ladder: 'the clock',
  producer: 'the AI',
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span of time in ms as people say it: "40 s", "4 min", "2 h 5 min", "3 d 4 h". Below zero counts as none. */
export function spanWords(ms: number): string {
  const span = Math.max(0, Number.isFinite(ms) ? ms : 0);
  const two = (whole: number, unit: string, rest: number, small: string) =>
    rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${small}`;
  if (span < MINUTE) return `${Math.max(1, Math.round(span / 1000))} s`;
  if (span < HOUR) return `${Math.floor(span / MINUTE)} min`;
  if (span < DAY)
    return two(Math.floor(span / HOUR), 'h', Math.floor((span % HOUR) / MINUTE), 'min');
  return two(Math.floor(span / DAY), 'd', Math.floor((span % DAY) / HOUR), 'h');
}

/** `2026-11-21 10:00 UTC`, for clients that cannot show local time. */
export const utcWords = (time: EpochMs): string =>
  `${new Date(heldTime(time)).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** What `Date` can hold, so that no time makes a card fail. */
export const heldTime = (time: EpochMs): EpochMs =>
  Number.isFinite(time) ? Math.min(Math.max(time, 0), 253_402_300_799_000) : 0;

/** Ten signs: `▰▰▰▰▱▱▱▱▱▱` for 0.42. */
export function bar(share: number): string {
  const full = Math.min(10, Math.max(0, Math.round(share * 10)));
  return '▰'.repeat(full) + '▱'.repeat(10 - full);
}

/** `▰▰▰▰▱▱▱▱▱▱ 42 %` */
export const percentWords = (share: number): string => `${bar(share)} ${wholePercent(share)} %`;

/** `sha256:5f0c…` as its first twelve digits: enough to find it by. */
export const shortDigest = (digest: string): string => digest.replace(/^sha256:/, '').slice(0, 12);

/** Rounded, but never to 0 or 100 where it is neither. */
export function wholePercent(share: number): number {
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 1) return 99;
  if (rounded === 0 && share > 0) return 1;
  return rounded;
}

/** A number without a tail of digits: 7, 7.5. */
export const shortNumber = (value: number): string => String(Math.round(value * 10) / 10);

/** "1 item", "2 items". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** A list as people write it: "a, b and c". */
export function joined<T>(parts: readonly T[][], comma: T, and: T): T[] {
  return parts.flatMap((part, at) =>
    at === 0 ? part : [at === parts.length - 1 ? and : comma, ...part],
  );
}
