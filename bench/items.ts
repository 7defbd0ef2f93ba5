/** The items that the bench puts in: about as long as real ones, routed by the policy that ships. */

const REPLY =
  'Thank you for your patience. Your parcel left the depot this morning and is expected to arrive tomorrow between 10:00 and 14:00. You can follow it with the link in your order confirmation.';

/** Sure, and little to lose: let through by the rule `sure`. An approval: no spot check looks behind it. */
export const sureItem = (id: string) => ({
  id,
  kind: 'approval',
  domain: 'support',
  title: 'Reply to a customer who asks for the delivery date of order 4711',
  body: 'The customer wrote on Monday that the parcel had not arrived, and asks when it will. The carrier says that it left the depot in Leipzig this morning and is on its way.',
  proposal: REPLY,
  action: { name: 'send_reply', args: { order: 4711, channel: 'mail' } },
  confidence: 0.94,
  impact: 3,
  ensemble: [{ source: 'second-model', answer: REPLY, confidence: 0.9 }],
  evidence: [{ label: 'Carrier status', text: 'Left depot LEJ 06:12, planned for tomorrow' }],
  tags: ['delivery', 'reply'],
  model: { name: 'writer', version: '3.2', prompt_version: '41' },
  run_id: `run-${id}`,
});

/** Unsure: asked of the billing experts by the rule `unsure`, for 30 minutes. */
export const unsureItem = (id: string) => ({
  id,
  kind: 'approval',
  domain: 'billing',
  title: 'Refund 240 EUR to customer 88?',
  body: 'The customer was charged twice for invoice 1182 and asks for one of the two payments back. The second charge came four minutes after the first, from the same card.',
  justification: 'Two charges of the same amount within four minutes; no second order exists.',
  action: { name: 'refund', args: { amount: 240, currency: 'EUR', customer: '88' } },
  confidence: 0.42,
  impact: 5,
  evidence: [
    {
      label: 'Invoice 1182',
      text: '240.00 EUR, paid twice',
      url: 'https://example.com/invoices/1182',
    },
  ],
  tags: ['refund'],
  model: { name: 'writer', version: '3.2', prompt_version: '41' },
  run_id: `run-${id}`,
});
