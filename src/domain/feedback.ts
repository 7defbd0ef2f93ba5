/** What turned out later about a decided item, as it comes over the wire. zod is the one source of its shape. Pure. */
import { z } from 'zod';
import { rfc3339, type EpochMs } from './clock.ts';
import { canonicalJson } from './hash.ts';
import { withoutAbsent } from './absent-fields.ts';
import { jsonValue } from './json-value.ts';
import { type FieldError } from './item.ts';
import { fieldErrors } from './field-errors.ts';
import { keepingProblem, nestingProblem } from './keepable-json.ts';

/** `reversed`: the decision was undone; `complaint`: somebody objected; neither says by itself who was right. */
export const VERDICTS = ['right', 'wrong', 'reversed', 'complaint'] as const;
export type FeedbackVerdict = (typeof VERDICTS)[number];

const TRUTH_MOST = 20_000;

export const feedbackSchema = z.strictObject({
  verdict: z.enum(VERDICTS),
  truth: z
    .union([z.string().min(1), z.record(z.string(), jsonValue)])
    .refine(
      (truth) => (typeof truth === 'string' ? truth : canonicalJson(truth)).length <= TRUTH_MOST,
      `must be at most ${TRUTH_MOST} characters`,
    )
    .optional()
    .describe('what would have been right: the answer, the arguments, or the choice'),
  at: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('when it turned out; absent: when this is received'),
});

export type Feedback = z.output<typeof feedbackSchema>;
export type ParsedFeedback = { ok: true; feedback: Feedback } | { ok: false; errors: FieldError[] };

/** Reads what came in as feedback. Never throws. */
export function parseFeedback(input: unknown): ParsedFeedback {
  const wrong = (problem: string): ParsedFeedback => ({
    ok: false,
    errors: [{ field: 'feedback', problem }],
  });
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return wrong('must be a JSON object');
  const deep = nestingProblem(input);
  if (deep !== null) return wrong(deep);
  const unkept = keepingProblem(canonicalJson(input));
  if (unkept !== null)
    return wrong(`${unkept.field === 'item' ? '' : `${unkept.field} `}${unkept.problem}`);
  // An empty truth may mean that nothing would have been right: that is not dropped in silence.
  const given = withoutAbsent(feedbackSchema, input, 'an error');
  const parsed = feedbackSchema.safeParse(given);
  return parsed.success
    ? { ok: true, feedback: parsed.data }
    : {
        ok: false,
        errors: fieldErrors(parsed.error.issues, given, {
          schema: feedbackSchema,
          noun: 'feedback',
        }),
      };
}

/** Feedback as it is kept. */
export interface FeedbackRecord {
  id: string;
  item_id: string;
  verdict: FeedbackVerdict;
  /** null: none was given, or it has been erased. */
  truth: Feedback['truth'] | null;
  /** When it turned out. */
  at: EpochMs;
  received_at: EpochMs;
  /** The name of the token it came under. */
  source: string;
}

export const feedbackStatusSchema = z.strictObject({
  feedback_id: z.string(),
  item_id: z.string(),
  verdict: z.enum(VERDICTS),
  truth: z
    .union([z.string(), z.record(z.string(), z.unknown())])
    .optional()
    .describe('absent where none was given, or it was erased'),
  at: z.iso.datetime(),
  received_at: z.iso.datetime(),
});

/** The answer to whoever gave it. */
export const feedbackStatus = (kept: FeedbackRecord): z.infer<typeof feedbackStatusSchema> => ({
  feedback_id: kept.id,
  item_id: kept.item_id,
  verdict: kept.verdict,
  ...(kept.truth === null ? {} : { truth: kept.truth }),
  at: rfc3339(kept.at),
  received_at: rfc3339(kept.received_at),
});
