/**
 * What producers hear, as it stands on the wire: a result, and how an item stands. zod is the one source: the types and
 * the OpenAPI document come from here. snake_case, absent where there is nothing to say. Pure.
 */
import { z } from 'zod';
import { ERROR_TAGS, OUTCOMES } from './item.ts';
import { STATUSES } from './lifecycle.ts';

const time = z.iso.datetime().describe('RFC 3339, UTC');
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const free = z.record(z.string(), z.unknown());

/** The words of a verdict, in the order of the buttons. */
const VERDICT_WORDS = ['approve', 'edit', 'reject', 'answer', 'prefer'] as const;

const decidedBy = z.union([
  z.strictObject({
    type: z.literal('human'),
    slack_user: z.string(),
    name: z.string().describe('empty once it has been erased'),
    level: z.int(),
  }),
  z.strictObject({ type: z.enum(['policy', 'ladder', 'producer', 'reuse']) }),
]);

const approval = z.strictObject({
  slack_user: z.string(),
  stage: z.string().describe('`decide` where there are no stages'),
  verdict: z.enum(VERDICT_WORDS),
  at: time,
});

const rungTried = z.strictObject({
  level: z.int(),
  state: z
    .enum(['paged', 'skipped', 'missed', 'not_reached'])
    .describe(
      'skipped: nobody to page; missed: passed during an outage; not_reached: it ended before',
    ),
  paged_at: time.optional(),
  paged: z.array(z.string()).optional().describe('Slack ids: users, user groups, the channel'),
});
/** One rung of an item that expired. */
export type RungTried = z.infer<typeof rungTried>;

const answer = z.union([z.string(), free]).optional();
const action = z.strictObject({ name: z.string(), args: free.optional() }).optional();
const choice = z.string().optional();
const rationale = z.string().optional();
/** What a person says beside the verdict. */
const person = {
  rationale,
  error_tags: z.array(z.enum(ERROR_TAGS)).optional(),
  approvals: z.array(approval).optional().describe('each signature that counts, in order'),
};

const common = {
  decision_id: z.string(),
  item_id: z.string(),
  run_id: z.string().optional(),
  state: z.unknown().optional().describe('as the producer sent it'),
  decided_by: decidedBy,
  policy: z.strictObject({ rule: z.string(), version: digest }),
  requested_at: time,
  claimed_at: time.optional().describe('the first claim'),
  decided_at: time,
  item_digest: digest,
  card_digest: digest.optional().describe('of the card as whoever decided saw it'),
};

/** What may come with each outcome. What was erased is absent. */
const ended = <O extends (typeof OUTCOMES)[number], More extends z.ZodRawShape>(
  outcome: O,
  more: More,
) => z.strictObject({ ...common, outcome: z.literal(outcome), ...more });

export const resultSchema = z.discriminatedUnion('outcome', [
  ended('approved', { action, ...person }),
  ended('edited', { action, answer, ...person }),
  ended('answered', { answer, choice, ...person }),
  ended('rejected', person),
  ended('preferred', { choice, ...person }),
  ended('expired', {
    fallback: z.enum(['reject', 'approve']).optional().describe('what the policy advises'),
    rungs: z.array(rungTried).optional().describe('every rung of the ladder, the first first'),
  }),
  ended('cancelled', {}),
  ended('auto_approved', { action }),
  ended('auto_rejected', { rationale }),
  ended('auto_answered', { answer, choice }),
]);
/** What the producer hears. */
export type Result = z.infer<typeof resultSchema>;

export const itemStatusSchema = z.strictObject({
  item_id: z.string(),
  status: z.enum(STATUSES),
  rule: z.string(),
  policy_version: digest,
  created_at: time,
  due_at: time
    .nullable()
    .describe('the earlier of the open rung’s deadline and the item’s own end; null: no limit'),
  warnings: z
    .array(z.string())
    .optional()
    .describe(
      'what to know of an item that was taken in all the same: a domain that the policy does not have, a sensitive path that matches nothing',
    ),
  result: resultSchema.optional(),
});
/** What POST and GET answer. */
export type ItemStatus = z.infer<typeof itemStatusSchema>;
