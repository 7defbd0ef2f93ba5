// Items in every state that fits their kind, as the gallery shows them. Pure.
import type { CardInput } from '../../blocks/cards/card-input.ts';
import { KINDS, type Item, type Kind, type Outcome } from '../../src/domain/item.ts';
import { GOOD, everyState, form } from '../blocks/fixtures.ts';
import { MINIMAL, hostile, huge } from '../blocks/hard-items.ts';

export interface Sample {
  shape: 'good' | 'minimal' | 'hostile' | 'huge';
  kind: Kind;
  /** What it is called on the page: its kind, or what sets it apart. */
  name: string;
  item: Item;
}

/** A question with more options than become buttons. */
const menu: Item = {
  id: 'ticket-2207',
  kind: 'question',
  title: 'Which team should take this ticket?',
  body: 'The customer writes about an invoice that their import did not read.',
  options: ['Billing', 'Imports', 'Sales', 'Support', 'Nobody: close it'].map((label, at) => ({
    id: `team-${at}`,
    label,
    description: at === 1 ? 'Files, mappings, failed runs' : undefined,
  })),
  confidence: 0.51,
  impact: 4,
  ensemble: [
    { source: 'router-a', answer: 'Billing', confidence: 0.5 },
    { source: 'router-b', answer: 'Imports', confidence: 0.45 },
  ],
};

export const samples: Sample[] = [
  ...KINDS.flatMap((kind): Sample[] => [
    { shape: 'good', kind, name: kind, item: GOOD[kind] },
    { shape: 'minimal', kind, name: kind, item: MINIMAL[kind] },
    { shape: 'hostile', kind, name: kind, item: hostile(kind) },
    { shape: 'huge', kind, name: kind, item: huge(kind) },
  ]),
  { shape: 'good', kind: 'question', name: 'question with a form', item: form },
  { shape: 'good', kind: 'question', name: 'question with a menu', item: menu },
];

/** Outcomes that only some kinds can have. */
const KINDS_OF: Partial<Record<Outcome, readonly Kind[]>> = {
  approved: ['approval', 'review'],
  edited: ['approval', 'review'],
  rejected: ['approval', 'review'],
  answered: ['question'],
  preferred: ['comparison'],
  auto_answered: ['question'],
};

function fits(item: Item, { decision }: CardInput): boolean {
  if (decision === null) return true;
  if (KINDS_OF[decision.outcome]?.includes(item.kind) === false) return false;
  // Of the two ways to edit and to answer, the one that is this item's.
  if (decision.outcome === 'edited') return (item.kind === 'approval') === Boolean(decision.action);
  if (decision.outcome === 'answered')
    return (item.answer_schema !== undefined) === (typeof decision.answer !== 'string');
  return true;
}

/** Each state that the item can be drawn in, by a name of its own. */
export function statesOf(item: Item): { state: string; input: CardInput }[] {
  const taken = new Map<string, number>();
  return everyState(item)
    .filter(([, input]) => fits(item, input))
    .map(([name, input]) => {
      const times = (taken.get(name) ?? 0) + 1;
      taken.set(name, times);
      const state = name.replaceAll('_', ' ');
      return { state: times === 1 ? state : `${state} ${times}`, input };
    });
}
