/**
 * The item: what an AI asks about, as it comes over the wire. zod is the one source of its shape; the types, the JSON
 * Schema and the errors a producer reads all come from here. Pure.
 *
 * Glossary
 * - item: one thing the AI asks about; `kind` says what sort of question it is.
 * - card: the item as Slack shows it. claim: "I have it". decision: one person's word. outcome: how the item ended.
 * - producer: the system that put the item in. requester: the agent or person on whose behalf it did.
 */
import { z } from 'zod';
import { answerSchema } from './answer-schema.ts';
import { writeJson } from './exact-json.ts';
import { jsonValue } from './json-value.ts';
import { isMadeId } from './made-id.ts';
import { QUEUE_NAME } from './reply-queue.ts';
import { followPaths, pathProblem } from './sensitive-paths.ts';

/** The whole item, as UTF-8 JSON. */
export const ITEM_MAX_BYTES = 256 * 1024;
/** `state`, as UTF-8 JSON. */
export const STATE_MAX_BYTES = 64 * 1024;

export const KINDS = ['approval', 'question', 'review', 'comparison'] as const;
export const OUTCOMES = [
  'approved',
  'edited',
  'answered',
  'rejected',
  'preferred',
  'expired',
  'cancelled',
  'auto_approved',
  'auto_rejected',
  'auto_answered',
] as const;
export const ALLOWABLE = ['approve', 'edit', 'reject', 'answer', 'escalate'] as const;
export const ERROR_TAGS = [
  'factual',
  'policy_violation',
  'tone',
  'out_of_scope',
  'bias',
  'incomplete',
  'other',
] as const;

export type Kind = (typeof KINDS)[number];
export type Outcome = (typeof OUTCOMES)[number];
export type Allowable = (typeof ALLOWABLE)[number];
export type ErrorTag = (typeof ERROR_TAGS)[number];

const short = z.string().min(1).max(200);
const text = (max: number) => z.string().min(1).max(max);
const bytes = (written: string): number => new TextEncoder().encode(written).length;
const isWebUrl = (value: string): boolean =>
  URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol);
const webUrl = text(3000).refine(isWebUrl, 'must be an http or https address');
const json = z.record(z.string(), jsonValue);
/** RFC 3339 has four digits for a year. */
const END_OF_TIME = Date.UTC(10_000, 0, 1);
const distinctIds = (list: { id: string }[]): boolean =>
  new Set(list.map((one) => one.id)).size === list.length;
/** JSONPath: `$.action.args.iban`, `$.evidence[*].text`, `$['card number']`, `$..iban`. */
const fieldPath = short.superRefine((path, context) => {
  const message = path.length > 200 ? null : pathProblem(path);
  if (message !== null) context.addIssue({ code: 'custom', message });
});

const fields = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(128)
    .refine((id) => id !== '.' && id !== '..', 'must not be "." or "..", which no address can hold')
    .refine(
      (id) => !isMadeId(id),
      'must not be "item~" and 32 hex digits: only the pager makes such ids',
    ),
  kind: z.enum(KINDS),
  domain: short.optional(),
  title: text(300),
  body: text(20_000).optional(),
  proposal: z.union([text(20_000), json]).optional(),
  justification: text(5000).optional(),
  action: z.strictObject({ name: short, args: json.optional() }).optional(),
  candidates: z
    .array(z.strictObject({ id: short, text: text(10_000) }))
    .min(2)
    .max(5)
    .refine(distinctIds, 'must have different ids')
    .refine(
      (list) => list.every((one) => one.id !== 'tie'),
      'must not be called "tie", which says that none is better',
    )
    .optional(),
  options: z
    .array(
      z.strictObject({
        id: short,
        label: short,
        description: short.optional(),
        prefill: text(3000).optional(),
      }),
    )
    .max(10)
    .refine(distinctIds, 'must have different ids')
    .optional(),
  answer_schema: answerSchema.optional(),
  allowed: z.array(z.enum(ALLOWABLE)).min(1).max(5).optional(),
  confidence: z.number().min(0).max(1).optional(),
  impact: z.number().min(0).max(10).optional(),
  ensemble: z
    .array(
      z.strictObject({
        source: short,
        answer: text(20_000),
        confidence: z.number().min(0).max(1).optional(),
      }),
    )
    .max(20)
    .optional(),
  source_reliability: z.number().min(0).max(1).optional(),
  evidence: z
    .array(z.strictObject({ label: short, text: text(5000).optional(), url: webUrl.optional() }))
    .max(20)
    .optional(),
  tags: z.array(short).max(50).optional(),
  cohort: short.optional(),
  sensitive: z.array(fieldPath).max(50).optional(),
  model: z
    .strictObject({
      name: short.optional(),
      version: short.optional(),
      prompt_version: short.optional(),
      input_version: short.optional(),
    })
    .optional(),
  requester: z
    .strictObject({
      name: short.optional(),
      slack_user: z
        .string()
        .regex(/^[UW][A-Z0-9]{2,30}$/, 'must be a Slack user id, like U024BE7LH')
        .optional(),
    })
    .optional(),
  thread: z
    .strictObject({
      channel: z
        .string()
        .regex(/^[CGD][A-Z0-9]{2,30}$/, 'must be a Slack channel id, like C024BE7LH'),
      ts: z
        .string()
        .regex(/^\d{1,12}\.\d{1,9}$/, 'must be a Slack message ts, like 1700000000.000100'),
    })
    .optional(),
  expires_at: z.iso
    .datetime({ offset: true })
    .refine((time) => Date.parse(time) < END_OF_TIME, 'must be before the year 10000')
    .optional(),
  callback: z.strictObject({ url: webUrl }).optional(),
  reply_to: z
    .string()
    .regex(
      QUEUE_NAME,
      'must be the name of a queue: at most 100 letters, digits, `_`, `.` or `-`, as BullMQ takes them',
    )
    .optional(),
  run_id: short.optional(),
  state: z
    .unknown()
    .refine(
      (value) => value === undefined || bytes(writeJson(value)) <= STATE_MAX_BYTES,
      'must be at most 64 KiB of JSON',
    )
    .optional(),
});

/** The names of an item's fields. */
export const FIELDS: ReadonlySet<string> = new Set(Object.keys(fields.shape));

/** What a decision of each kind can be, before `allowed` narrows it. */
const FITTING: Record<Kind, readonly Allowable[]> = {
  approval: ['approve', 'edit', 'reject', 'escalate'],
  review: ['approve', 'edit', 'reject', 'escalate'],
  question: ['answer', 'escalate'],
  comparison: ['answer', 'escalate'],
};

/** The item on the wire: shape and what each kind needs. */
export const itemSchema = fields.superRefine((item, context) => {
  const need = (present: boolean, path: string, message: string) => {
    if (!present) context.addIssue({ code: 'custom', path: [path], message });
  };
  if (item.kind === 'comparison')
    need(item.candidates !== undefined, 'candidates', 'is needed for a comparison');
  else need(item.candidates === undefined, 'candidates', 'belongs to a comparison only');
  if (item.kind === 'review')
    need(item.proposal !== undefined, 'proposal', 'is needed for a review: it is what is reviewed');
  if (item.kind === 'approval')
    need(
      item.action !== undefined || item.proposal !== undefined,
      'action',
      'is needed for an approval (or a proposal): it is what is approved',
    );
  else need(item.action === undefined, 'action', 'belongs to an approval only');
  if (item.kind !== 'question') {
    need(item.options === undefined, 'options', 'belongs to a question only');
    need(item.answer_schema === undefined, 'answer_schema', 'belongs to a question only');
  }
  const able = (item.allowed ?? FITTING[item.kind]).filter(
    (one) => one !== 'escalate' && FITTING[item.kind].includes(one),
  );
  need(
    able.length > 0,
    'allowed',
    `leaves nothing that decides ${item.kind === 'approval' ? 'an' : 'a'} ${item.kind}: it takes ${FITTING[item.kind].join(', ')}`,
  );
  need(
    !item.sensitive?.length || !followPaths(item.sensitive, item, () => null).gaveUp,
    'sensitive',
    'has paths that take too long to follow in an item of this size: name the fields more closely',
  );
});

export type Item = z.output<typeof fields>;
export type { FieldError } from './measures.ts';

/** The words that decide this item: what fits its kind, less what the producer does not take. */
export const allowedFor = (item: Pick<Item, 'kind' | 'allowed'>): Allowable[] =>
  FITTING[item.kind].filter((one) => item.allowed === undefined || item.allowed.includes(one));
