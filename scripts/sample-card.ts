/** The picture in the README: the demo's refund as its experts first see it, drawn by the blocks that the product sends. */
import { itemCard } from '../blocks/item-card.ts';
import { withinLimits } from '../blocks/limits.ts';
import { allowedFor } from '../src/item.ts';
import { refund } from '../simulator/demo/sample-items.ts';
import { cardPicture } from './card-picture.ts';

const ASKED_AT = Date.parse('2026-11-23T09:14:00Z');

/** The SVG of it; the same wherever and whenever it is drawn. */
export function sampleCard(): string {
  const message = itemCard({
    record: {
      id: refund.id,
      kind: refund.kind,
      allowed: allowedFor(refund),
      requester_slack_user: null,
      version: 1,
      view_rev: 1,
      status: 'open',
      outcome: null,
      claimed_by: null,
      claimed_at: null,
      decided_at: null,
      item: refund,
      item_digest: '',
      domain: 'billing',
      rule: 'unsure',
      policy_version: '',
      why: ['confidence 0.48, below 0.60'],
      level: 1,
      by: null,
      reason_required: false,
      fallback: 'reject',
      at_the_end: 'expired',
      impact: refund.impact ?? 10,
      source: 'queue',
      requested_at: ASKED_AT,
      due_at: ASKED_AT + 30 * 60_000,
      expires_at: null,
      check_of: null,
      blind: false,
    },
    domain: { id: 'billing', title: 'Billing', guide: null, visible_fields: null },
    decision: null,
    now: ASKED_AT,
  });
  const reading = { now: ASKED_AT, timezone: 'UTC' };
  return cardPicture(withinLimits('message', message), reading, {
    name: 'HITL Pager',
    at: '9:14 AM',
  });
}
