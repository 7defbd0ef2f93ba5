/**
 * What a condition sees of an item. Pure. Nothing an item carries can add a name here or shadow one: every key is ours.
 */
import { allowedFor, type Allowable, type Item, type Kind } from '../../src/domain/item.ts';
import { asDoubles } from '../../src/domain/exact-json.ts';
import { canonicalJson } from '../../src/domain/hash.ts';

/** Every field of an item, none absent, down to the fields of its evidence, options and ensemble. */
export interface NeutralItem {
  id: string;
  /** Empty only where what came in is not an item. */
  kind: Kind | '';
  domain: string;
  title: string;
  body: string;
  proposal: NonNullable<Item['proposal']>;
  justification: string;
  action: Required<NonNullable<Item['action']>>;
  candidates: NonNullable<Item['candidates']>;
  options: Required<NonNullable<Item['options']>[number]>[];
  answer_schema: object;
  allowed: Allowable[];
  confidence: number;
  impact: number;
  ensemble: Required<NonNullable<Item['ensemble']>[number]>[];
  source_reliability: number;
  evidence: Required<NonNullable<Item['evidence']>[number]>[];
  tags: string[];
  cohort: string;
  sensitive: string[];
  model: Required<NonNullable<Item['model']>>;
  requester: Required<NonNullable<Item['requester']>>;
  thread: NonNullable<Item['thread']>;
  expires_at: string;
  callback: NonNullable<Item['callback']>;
  run_id: string;
  state: unknown;
}

/**
 * The item as conditions see it: every field present, what the producer left out at its neutral value. A missing
 * confidence is no confidence, a missing impact is the highest; unknown is the careful side. What is no item at all
 * (null) has every field at its neutral value.
 */
export function neutralItem(given: Item | null): NeutralItem {
  const item: Partial<Item> = given ?? {};
  return {
    id: item.id ?? '',
    kind: item.kind ?? '',
    domain: item.domain ?? '',
    title: item.title ?? '',
    body: item.body ?? '',
    proposal: asDoubles(item.proposal ?? '') as NeutralItem['proposal'],
    justification: item.justification ?? '',
    action: {
      name: item.action?.name ?? '',
      args: asDoubles(item.action?.args ?? {}) as NeutralItem['action']['args'],
    },
    candidates: item.candidates ?? [],
    options: (item.options ?? []).map((one) => ({
      id: one.id,
      label: one.label,
      description: one.description ?? '',
      prefill: one.prefill ?? '',
    })),
    answer_schema: item.answer_schema ?? {},
    allowed: given ? allowedFor(given) : [],
    confidence: item.confidence ?? 0,
    impact: item.impact ?? 10,
    ensemble: (item.ensemble ?? []).map((one) => ({
      source: one.source,
      answer: one.answer,
      confidence: one.confidence ?? 0,
    })),
    source_reliability: item.source_reliability ?? 0,
    evidence: (item.evidence ?? []).map((one) => ({
      label: one.label,
      text: one.text ?? '',
      url: one.url ?? '',
    })),
    tags: item.tags ?? [],
    cohort: item.cohort ?? '',
    sensitive: item.sensitive ?? [],
    model: {
      name: item.model?.name ?? '',
      version: item.model?.version ?? '',
      prompt_version: item.model?.prompt_version ?? '',
      input_version: item.model?.input_version ?? '',
    },
    requester: {
      name: item.requester?.name ?? '',
      slack_user: item.requester?.slack_user ?? '',
    },
    thread: item.thread ?? { channel: '', ts: '' },
    expires_at: item.expires_at ?? '',
    callback: item.callback ?? { url: '' },
    run_id: item.run_id ?? '',
    state: asDoubles(item.state ?? {}),
  };
}

/**
 * Share of the ensemble that differs from the proposal, 0..1; 0 without an ensemble. Where there is no proposal, the
 * ensemble's most frequent answer stands in for it. Answers are compared without case and surrounding white space.
 */
export function disagreement(item: Item): number {
  const answers = (item.ensemble ?? []).map((one) => one.answer.trim().toLowerCase());
  if (answers.length === 0) return 0;
  const proposal =
    item.proposal === undefined
      ? mostFrequent(answers)
      : typeof item.proposal === 'string'
        ? item.proposal
        : canonicalJson(item.proposal);
  const stands = proposal.trim().toLowerCase();
  return answers.filter((answer) => answer !== stands).length / answers.length;
}

function mostFrequent(answers: string[]): string {
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
