/**
 * Counting what several people said: opinions in, and whether that many different people agree. A leaf: pure, and of
 * words alone; who may speak is decided elsewhere.
 */
import { canonicalJson } from './hash.ts';
import type { Verdict } from './lifecycle.ts';

/** One person's word, as far as counting goes. `key` is the same where two people say the same. */
export interface Voice {
  person: string;
  key: string;
}

export type Agreement =
  /** That many different people said this. */
  | { agreement: 'closed'; key: string; people: string[] }
  /** `most`: how many agree so far; `spoken`: how many have said anything. */
  | { agreement: 'open'; most: number; spoken: number }
  /** Not even if everyone who has not spoken yet agreed with the largest group. */
  | { agreement: 'out_of_reach'; most: number; spoken: number };

/** What two verdicts must share to be the same: the word, and what is decided by it; never the reason. */
export function agreementKey(verdict: Verdict): string {
  switch (verdict.word) {
    case 'approve':
    case 'reject':
      return verdict.word;
    case 'edit':
      return `edit ${canonicalJson(verdict.edited)}`;
    case 'answer':
      return `answer ${canonicalJson(verdict.answer)}`;
    case 'prefer':
      return `prefer ${verdict.choice}`;
    default:
      return verdict satisfies never;
  }
}

/** Each person's last word, in the order in which those were said. */
export function lastWords<V extends { person: string }>(voices: readonly V[]): V[] {
  const last = new Map<string, V>();
  for (const voice of voices) {
    last.delete(voice.person);
    last.set(voice.person, voice);
  }
  return [...last.values()];
}

/**
 * How it stands. A person counts once, with their last word.
 * @param voices in the order in which they were said
 * @param asked who may speak; null: not known, and then nothing is out of reach
 */
export function agreementOf(
  voices: readonly Voice[],
  quorum: number,
  asked: ReadonlySet<string> | null,
): Agreement {
  const standing = lastWords(voices);
  const groups = new Map<string, string[]>();
  for (const { key, person } of standing) groups.set(key, [...(groups.get(key) ?? []), person]);
  for (const [key, people] of groups)
    if (people.length >= quorum) return { agreement: 'closed', key, people };
  const most = Math.max(0, ...[...groups.values()].map((people) => people.length));
  const spoken = new Set(standing.map((one) => one.person));
  const silent = asked === null ? quorum : [...asked].filter((one) => !spoken.has(one)).length;
  return {
    agreement: most + silent < quorum ? 'out_of_reach' : 'open',
    most,
    spoken: spoken.size,
  };
}
