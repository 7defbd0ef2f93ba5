/**
 * What stands of what several people said: each signature that counts, and the item as the last of them left it. A leaf:
 * pure.
 */
import type { Opinion } from './decision.ts';
import { canonicalJson } from './hash.ts';
import type { Item } from './item.ts';
import { withEdited } from './redact.ts';
import type { Several, Verdict } from './lifecycle.ts';
import { lastWords } from './agreement.ts';

/** The verdict that an opinion is; null where it is none (one's own words, a sending back). */
export function verdictOf(opinion: Opinion): Verdict | null {
  const { word, answer, edited, choice, rationale, error_tags } = opinion;
  switch (word) {
    case 'approve':
      return { word, rationale };
    case 'edit':
      return edited === undefined ? null : { word, edited, rationale };
    case 'reject':
      return { word, rationale: rationale ?? '', error_tags };
    case 'answer':
      return answer === undefined ? null : { word, answer, choice, rationale };
    case 'prefer':
      return choice === undefined ? null : { word, choice, rationale };
    case 'own_words':
    case 'send_back':
      return null;
    default:
      return word satisfies never;
  }
}

/** A verdict with who gave it. */
export interface Signature {
  opinion: Opinion;
  verdict: Verdict;
  person: string;
}

/**
 * The signatures that stand while the item is open, oldest first: of a quorum each person's last word; of stages the
 * last word at each stage before the open one, for what came before it was sent back is void.
 */
export function signaturesOf(opinions: readonly Opinion[], several: Several): Signature[] {
  const all = opinions.flatMap((opinion): Signature[] => {
    const verdict = verdictOf(opinion);
    return verdict === null ? [] : [{ opinion, verdict, person: opinion.slack_user }];
  });
  if (several.stages.length === 0) return lastWords(all);
  return several.stages.flatMap((_, at) => {
    const last = all.findLast((one) => one.opinion.stage === at);
    return at < several.stage && last !== undefined ? [last] : [];
  });
}

/** The item as earlier stages left it: an edit takes the place of what the AI proposed. */
export function standingItem(item: Item, signatures: readonly Signature[]): Item {
  const edit = signatures.findLast((one) => one.verdict.word === 'edit')?.verdict;
  if (edit?.word !== 'edit') return item;
  const { edited } = edit;
  return item.kind === 'approval' && item.action !== undefined && typeof edited === 'object'
    ? withEdited(item, { action: { ...item.action, args: edited } })
    : withEdited(item, { proposal: edited });
}

/** What a verdict comes to where an earlier stage has edited: approving that is editing, and editing it back approving. */
export function effectiveVerdict(item: Item, standing: Item, verdict: Verdict): Verdict {
  if (verdict.word !== 'approve' && verdict.word !== 'edit') return verdict;
  const part = (of: Item): unknown =>
    of.kind === 'approval' && of.action !== undefined ? (of.action.args ?? {}) : of.proposal;
  const edited = verdict.word === 'edit' ? verdict.edited : part(standing);
  const { rationale } = verdict;
  if (canonicalJson(edited) === canonicalJson(part(item))) return { word: 'approve', rationale };
  return typeof edited === 'string' || (typeof edited === 'object' && edited !== null)
    ? { word: 'edit', edited: edited as string | Record<string, unknown>, rationale }
    : verdict;
}
