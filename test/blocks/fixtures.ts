/** A good sample item of each kind, and the records and decisions around an item. */
import { rfc3339, type EpochMs } from '../../src/domain/clock.ts';
import type { Decision, ItemRecord } from '../../src/domain/decision.ts';
import { allowedFor, type Item, type Kind, type Outcome } from '../../src/domain/item.ts';
import { parseItem } from '../../src/domain/parse-item.ts';
import type { CardDomain, CardInput } from '../../blocks/cards/card-input.ts';

export const NOW: EpochMs = Date.parse('2026-11-21T10:00:00Z');
const MINUTE = 60_000;

export const approval: Item = {
  id: 'order-4711',
  kind: 'approval',
  domain: 'billing',
  title: 'Refund 240 EUR to customer 88?',
  body: 'Customer 88 was charged twice for order 4711 and asks for one charge back.',
  justification: 'Two charges of 240 EUR within 40 seconds, one delivery.',
  action: {
    name: 'refund',
    args: { customer: 88, amount: 240, iban: 'DE89 3704 0044 0532 0130 00' },
  },
  confidence: 0.42,
  impact: 7,
  evidence: [
    { label: 'Invoice 1182', text: 'Charged 240.00 EUR', url: 'https://example.com/invoices/1182' },
  ],
  sensitive: ['$.action.args.iban'],
  model: { name: 'refund-model', version: '3.1' },
  requester: { name: 'support-bot', slack_user: 'U024BE7LH' },
};

export const question: Item = {
  id: 'gap-12',
  kind: 'question',
  title: 'May a customer return an opened software licence?',
  body: 'The terms do not say. The customer has not activated it.',
  proposal: 'Probably not.',
  options: [
    { id: 'yes', label: 'Yes', prefill: 'Yes, as long as it was not activated.' },
    { id: 'no', label: 'No' },
  ],
  confidence: 0.3,
};

export const form: Item = {
  id: 'form-1',
  kind: 'question',
  title: 'What do we know about this supplier?',
  answer_schema: {
    type: 'object',
    properties: {
      name: { type: 'string', title: 'Name', maxLength: 80 },
      notes: { type: 'string', description: 'What else matters' },
      country: { type: 'string', enum: ['DE', 'FR', 'PL'] },
      since: { type: 'string', format: 'date', default: '2020-02-29' },
      mail: { type: 'string', format: 'email' },
      site: { type: 'string', format: 'url' },
      employees: { type: 'integer', minimum: 1, maximum: 1_000_000 },
      rating: { type: 'number', minimum: 0, maximum: 5, default: 2.5 },
      active: { type: 'boolean', default: true },
      goods: {
        type: 'array',
        items: { type: 'string', enum: ['paper', 'ink', 'glue'] },
        minItems: 1,
      },
    },
    required: ['name', 'country'],
  },
};

export const review: Item = {
  id: 'reply-9',
  kind: 'review',
  title: 'Is this reply right?',
  proposal: 'Dear customer, your parcel will arrive on Monday.',
  confidence: 0.71,
  impact: 3,
};

export const comparison: Item = {
  id: 'pair-3',
  kind: 'comparison',
  title: 'Which summary is better?',
  candidates: [
    { id: 'model-x', text: 'The customer wants a refund.' },
    { id: 'model-y', text: 'The customer was charged twice and wants one charge back.' },
    { id: 'model-z', text: 'A customer wrote.' },
  ],
};

export const GOOD: Record<Kind, Item> = { approval, question, review, comparison };

export const billing: CardDomain = {
  id: 'billing',
  title: 'Billing',
  guide: 'Refunds under 500 EUR need an invoice number.',
  visible_fields: null,
};

export function record(item: Item, more: Partial<ItemRecord> = {}): ItemRecord {
  return {
    id: item.id,
    kind: item.kind,
    allowed: allowedFor(item),
    requester_slack_user: item.requester?.slack_user ?? null,
    version: 3,
    view_rev: 2,
    status: 'open',
    outcome: null,
    claimed_by: null,
    claimed_at: null,
    decided_at: null,
    item,
    item_digest: `sha256:${'0'.repeat(64)}`,
    domain: 'billing',
    rule: 'unsure',
    policy_version: `sha256:${'1'.repeat(64)}`,
    why: ['confidence 0.42, below 0.60'],
    level: 1,
    by: null,
    reason_required: false,
    fallback: null,
    at_the_end: 'expired',
    impact: item.impact ?? 10,
    source: 'http',
    owner: null,
    requested_at: NOW - 4 * MINUTE,
    due_at: NOW + 30 * MINUTE,
    expires_at: null,
    several: null,
    check_of: null,
    blind: false,
    behind_since: null,
    ...more,
  };
}

export function decisionOf(outcome: Outcome, more: Partial<Decision> = {}): Decision {
  const human = ['approved', 'edited', 'answered', 'rejected', 'preferred'].includes(outcome);
  return {
    id: '7b0e3f0a-62f6-4c53-9d0c-6a1d6c1f5a10',
    item_id: 'order-4711',
    outcome,
    decided_by: human
      ? { type: 'human', slack_user: 'U0BOB', name: 'Bob', level: 1 }
      : {
          type: outcome === 'expired' ? 'ladder' : outcome === 'cancelled' ? 'producer' : 'policy',
        },
    error_tags: [],
    decided_at: NOW,
    ...more,
  };
}

export const open = (item: Item, more: Partial<ItemRecord> = {}): CardInput => ({
  record: record(item, more),
  domain: billing,
  decision: null,
  now: NOW,
});

export const claimed = (item: Item): CardInput =>
  open(item, { status: 'claimed', claimed_by: 'U0ALICE', claimed_at: NOW - MINUTE });

export const decided = (
  item: Item,
  decision: Decision,
  more: Partial<ItemRecord> = {},
): CardInput => ({
  ...open(item, {
    status: 'decided',
    outcome: decision.outcome,
    decided_at: decision.decided_at,
    ...more,
  }),
  decision,
});

/** The texts are gone, the record stays. */
export const erased = (input: CardInput): CardInput => ({
  ...input,
  record: { ...input.record, item: null },
});

/** Every state that a card can be drawn in. */
export function everyState(item: Item): [string, CardInput][] {
  const words = item.body ?? 'because';
  const endings: Decision[] = [
    decisionOf('approved'),
    decisionOf('edited', { answer: words.slice(0, 3000), rationale: words.slice(0, 3000) }),
    decisionOf('edited', {
      action: { name: 'refund', args: { customer: 88, amount: 200, iban: 'DE00' } },
    }),
    decisionOf('answered', { answer: words.slice(0, 3000), choice: 'yes' }),
    decisionOf('answered', {
      answer: { name: words.slice(0, 500), employees: 3, goods: ['ink'], active: false },
    }),
    decisionOf('rejected', {
      rationale: words.slice(0, 3000),
      error_tags: ['factual', 'tone', 'other'],
    }),
    decisionOf('preferred', { choice: item.candidates?.[0]?.id ?? 'tie', rationale: 'Clearer.' }),
    decisionOf('preferred', { choice: 'tie' }),
    decisionOf('expired'),
    decisionOf('cancelled'),
    decisionOf('auto_approved'),
    decisionOf('auto_rejected'),
    decisionOf('auto_answered', { answer: 'As before.' }),
  ];
  return [
    ['open', open(item)],
    ['claimed', claimed(item)],
    ['overdue', open(item, { due_at: NOW - MINUTE })],
    ['without a limit', open(item, { due_at: null, why: [] })],
    ['erased', erased(open(item))],
    ...endings.map((end): [string, CardInput] => [
      end.outcome,
      decided(item, end, { fallback: 'reject' }),
    ]),
    ['erased after the decision', erased(decided(item, decisionOf('approved')))],
  ];
}

/** The item as intake would take it; throws where a fixture is no item. */
export function taken(item: Item): Item {
  const parsed = parseItem(item);
  if (!parsed.ok)
    throw new Error(`not an item at ${rfc3339(NOW)}: ${JSON.stringify(parsed.errors)}`);
  return parsed.item;
}
