/**
 * What the AI of the demo asks about: one item a scene, as a producer sends it. Data only; what people do with them is
 * the story's.
 */
import type { Item } from '../../src/domain/item.ts';

/** Sure of itself, and little to lose: the policy lets it through. */
export const resetGuide: Item = {
  id: 'ticket-5120',
  kind: 'approval',
  domain: 'support',
  title: 'Send customer 2201 the guide to resetting their password?',
  body: '“I cannot log in any more, the app says my password is wrong.”',
  action: { name: 'send_article', args: { customer: '2201', article: 'reset-password' } },
  confidence: 0.97,
  impact: 1,
  model: { name: 'support-agent', version: '3.2' },
  requester: { name: 'support-bot' },
};

/** A draft that only needs a nod. */
export const transferReply: Item = {
  id: 'ticket-5127',
  kind: 'review',
  domain: 'support',
  title: 'Is this reply about moving a license right?',
  body: '“My company was renamed. Can I move our license to the new account without buying it again?”',
  proposal:
    'Yes. A license can be moved to another account of the same owner once a year. Send us a document that shows the new name, and we move it within two working days.',
  justification: 'The license terms allow a move to the same owner; a renamed company is one.',
  evidence: [
    {
      label: 'License terms, section 6',
      text: 'The owner may move the license to another account once in twelve months.',
      url: 'https://help.example.com/license-terms#6',
    },
  ],
  confidence: 0.55,
  impact: 4,
  model: { name: 'support-agent', version: '3.2' },
  requester: { name: 'support-bot' },
};

/** Money: the amount is debatable, and the account number is nobody's business. */
export const refund: Item = {
  id: 'refund-88',
  kind: 'approval',
  domain: 'billing',
  title: 'Refund 240 EUR to customer 88?',
  body: 'Customer 88 paid 240 EUR for a year, cancelled after three months, and wants the money back.',
  action: {
    name: 'refund',
    args: { amount: 240, currency: 'EUR', iban: 'DE02120300000000202051' },
  },
  sensitive: ['$.action.args.iban'],
  justification: 'The customer has been with us since 2019 and asked within the same year.',
  evidence: [
    {
      label: 'Invoice 1182',
      text: 'Yearly plan, 240.00 EUR, paid on 4 January',
      url: 'https://billing.example.com/invoices/1182',
    },
    {
      label: 'Terms, 4.2',
      text: 'Who cancels a yearly plan gets the months not begun back.',
      url: 'https://example.com/terms#4.2',
    },
  ],
  confidence: 0.48,
  impact: 5,
  tags: ['refund'],
  model: { name: 'billing-agent', version: '1.9' },
  requester: { name: 'billing-bot' },
  run_id: 'run-2031',
};

/** Neither sure nor harmless: it would be advice that the company may not give. */
export const taxReply: Item = {
  id: 'reply-907',
  kind: 'review',
  domain: 'compliance',
  title: 'May this reply about tax go out?',
  body: '“If I take 5,000 EUR out of my savings plan now, do I owe tax on it?”',
  proposal:
    'No. Withdrawals below 10,000 EUR a year are free of tax, so you can take the money out without telling anyone.',
  justification: 'Most withdrawals of this size that I have seen were below the allowance.',
  confidence: 0.71,
  impact: 8,
  model: { name: 'savings-agent', version: '0.8' },
  requester: { name: 'savings-bot' },
};

/** A gap in what the AI knows: none of its guesses is the whole truth. */
export const warranty: Item = {
  id: 'question-341',
  kind: 'question',
  domain: 'support',
  title: 'Does the warranty of the X2 headphones cover water damage?',
  body: 'The customer wore them in the rain. The manual says “splash-proof”; the warranty page does not mention water.',
  options: [
    { id: 'yes', label: 'Yes', prefill: 'Yes, the warranty covers it: we replace them for free.' },
    { id: 'no', label: 'No', prefill: 'No, the warranty does not cover damage by water.' },
  ],
  confidence: 0.31,
  impact: 4,
  ensemble: [
    { source: 'manual-search', answer: 'Yes: splash-proof', confidence: 0.4 },
    { source: 'warranty-search', answer: 'Not mentioned', confidence: 0.2 },
  ],
  model: { name: 'support-agent', version: '3.2' },
  requester: { name: 'support-bot' },
};

/** Two drafts, and taste decides. */
export const apology: Item = {
  id: 'draft-77',
  kind: 'comparison',
  domain: 'billing',
  title: 'Which reply to a customer who was charged twice?',
  body: '“You took my money TWICE. I want it back today or I am gone.”',
  candidates: [
    {
      id: 'formal',
      text: 'We regret the inconvenience. Your case has been forwarded to the responsible department and will be processed in due course.',
    },
    {
      id: 'direct',
      text: 'You are right, we charged you twice, and I am sorry. I have sent the second payment back; your bank will show it within three days.',
    },
  ],
  confidence: 0.58,
  impact: 3,
  model: { name: 'billing-agent', version: '1.9' },
  requester: { name: 'billing-bot' },
};

/** Waits for whoever opens the page: small money, and a reason to think twice. */
export const voucher: Item = {
  id: 'voucher-131',
  kind: 'approval',
  domain: 'billing',
  title: 'Give customer 131 a voucher of 30 EUR for the delay?',
  body: 'The parcel was nine days late. The customer has asked twice where it is, and not for money.',
  action: { name: 'send_voucher', args: { customer: 131, amount: 30, currency: 'EUR' } },
  justification: 'A voucher after a long delay has kept most customers so far.',
  confidence: 0.57,
  impact: 3,
  model: { name: 'billing-agent', version: '1.9' },
  requester: { name: 'billing-bot' },
};

/** The same, for whoever opens it once the story is told. */
export const lateFee: Item = {
  id: 'fee-502',
  kind: 'approval',
  domain: 'billing',
  title: 'Waive the late fee of customer 502?',
  body: 'Their bank was down for two days in October, and the payment came in a day after. Fee: 12 EUR.',
  action: { name: 'waive_fee', args: { customer: 502, fee: 12, currency: 'EUR' } },
  justification: 'The bank has confirmed the outage, and nothing was ever paid late before.',
  evidence: [{ label: 'Letter of the bank', text: 'No transfers on 14 and 15 October' }],
  confidence: 0.51,
  impact: 4,
  model: { name: 'billing-agent', version: '1.9' },
  requester: { name: 'billing-bot' },
};
