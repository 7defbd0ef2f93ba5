/** `/hitl audit ITEM`: the whole life of an item, and whether its record stands. Pure. */
import type { RichTextBlockElement, RichTextElement } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import type { Decision, ItemRecord } from '../../src/domain/decision.ts';
import type { FeedbackRecord } from '../../src/domain/feedback.ts';
import { cut, escapeMrkdwn } from '../text/escape.ts';
import { historyLines } from '../cards/history.ts';
import { hidesTruth, truthWords } from './feedback-words.ts';
import type { Message } from '../text/message.ts';
import { outcomeElements } from '../cards/outcome.ts';
import { bold, bullets, date, ours, plain, richText, said, section } from '../text/rich-text.ts';
import { seenItem } from '../cards/seen-item.ts';
import { counted, KIND_WORDS, shortDigest } from '../text/words.ts';

const MOST_LINES = 25;
const MOST_DIFFERENCES = 10;

export interface AuditInput {
  record: ItemRecord;
  decision: Decision | null;
  digests: { text_digest: string; card_digest: string | null } | null;
  feedback: (FeedbackRecord & { erased: boolean })[];
  /** Oldest first; `words` are ours. */
  history: { seq: number; at: EpochMs; words: string }[];
  /** What does not stand, in words of ours. */
  differences: string[];
}

export function auditText(input: AuditInput): Message {
  const { record, decision, history, differences, digests } = input;
  const item = seenItem(record);
  const title = item ? item.title : `Item ${record.id} (its texts have been erased)`;
  const left = history.length - MOST_LINES;
  const elements: RichTextBlockElement[] = [
    section(said(title, 300, { bold: true })),
    section(
      ours(`${KIND_WORDS[record.kind]}, rule `),
      said(record.rule, 100, { code: true }),
      ours(', asked '),
      date(record.requested_at),
    ),
    section(
      bold('What happened'),
      ...(left > 0 ? [ours(` (the last ${MOST_LINES} of ${history.length})`)] : []),
    ),
    bullets(historyLines(history.slice(-MOST_LINES))),
  ];
  if (record.status === 'decided')
    elements.push(
      section(bold('What was decided')),
      ...outcomeElements(record, decision, { max: 500 }),
    );
  if (input.feedback.length > 0)
    elements.push(
      section(bold('What turned out later')),
      bullets(input.feedback.slice(-10).map((one) => laterLine(record, one))),
    );
  elements.push(...proof(history, differences));
  const marks = [
    record.id,
    `Policy ${shortDigest(record.policy_version)}`,
    `Item ${shortDigest(record.item_digest)}`,
    ...(digests === null ? [] : [`Said ${shortDigest(digests.text_digest)}`]),
    ...(digests?.card_digest ? [`Card as seen ${shortDigest(digests.card_digest)}`] : []),
  ];
  return {
    text: `Audit: ${escapeMrkdwn(cut(title, 300))}`,
    blocks: [
      richText(...elements),
      { type: 'context', elements: marks.map((mark) => plain(mark, 140)) },
    ],
  };
}

function laterLine(record: ItemRecord, one: AuditInput['feedback'][number]): RichTextElement[] {
  const truth = hidesTruth(record) && one.truth !== null ? 'hidden' : truthWords(one);
  return [
    date(one.at),
    ours(' · '),
    bold(one.verdict),
    ...(truth === null ? [] : [ours(': '), said(truth, 300)]),
    ours(' · told by '),
    said(one.source, 60),
  ];
}

function proof(history: AuditInput['history'], differences: string[]): RichTextBlockElement[] {
  if (differences.length === 0) {
    const entries = counted(history.length, 'entry', 'entries');
    return [
      section(
        ours(`✅ All of this is as the log recorded it: ${entries}, each by its hash. `),
        said('hitl audit verify', 40, { code: true }),
        ours(' checks the whole chain.'),
      ),
    ];
  }
  const more = differences.length - MOST_DIFFERENCES;
  return [
    section(bold('⚠️ This is not as the log recorded it. Somebody changed the database:')),
    bullets([
      ...differences.slice(0, MOST_DIFFERENCES).map((one) => [said(one, 300)]),
      ...(more > 0 ? [[ours(`and ${more} more`)]] : []),
    ]),
  ];
}
