/** `/hitl why ITEM`: why a person was asked, or was not, and what has happened since. Pure. */
import type { RichTextBlockElement } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import {
  isBlindNow,
  type Decision,
  type ItemRecord,
  type Opinion,
} from '../../src/domain/decision.ts';
import type { Outcome } from '../../src/domain/item.ts';
import { cut, escapeMrkdwn } from '../text/escape.ts';
import { type HistoryLine, historyLines } from '../cards/history.ts';
import { seenItem, seenReasons } from '../cards/seen-item.ts';
import type { Message } from '../text/message.ts';
import { opinionBlocks } from '../cards/opinions.ts';
import { outcomeElements } from '../cards/outcome.ts';
import { bold, bullets, date, ours, plain, richText, said, section } from '../text/rich-text.ts';
import { KIND_WORDS, shortDigest, spanWords } from '../text/words.ts';

/** `history` oldest first; its `words` are ours. */
export function whyText(input: {
  record: ItemRecord;
  decision: Decision | null;
  /** Of several people: what they have said. */
  opinions?: readonly Opinion[];
  history: HistoryLine[];
  now: EpochMs;
}): Message {
  const { record, decision, history, now } = input;
  const item = seenItem(record);
  const title = item ? item.title : `Item ${record.id} (its texts have been erased)`;
  const why = seenReasons(record);
  const elements: RichTextBlockElement[] = [
    section(said(title, 300, { bold: true })),
    askedLine(record, why.length > 0, now),
  ];
  if (why.length > 0) elements.push(bullets(why.slice(0, 10).map((line) => [said(line, 300)])));
  if (record.status === 'decided')
    elements.push(
      ...outcomeElements(record, decision, { max: 500, more: 'see the card’s Details' }),
    );
  const lines = historyLines(history.slice(-12));
  if (lines.length > 0) elements.push(section(bold('What has happened')), bullets(lines));
  return {
    text: `Why: ${escapeMrkdwn(cut(title, 300))}`,
    blocks: [
      richText(...elements),
      ...opinionBlocks(input),
      {
        type: 'context',
        elements: [
          plain(record.id, 140),
          plain(`Policy ${shortDigest(record.policy_version)}`, 100),
        ],
      },
    ],
  };
}

const DID: Partial<Record<Outcome, string>> = {
  auto_approved: 'let through by itself',
  auto_rejected: 'refused by itself',
};

/** "Approval, asked 21 Nov 10:04 (6 min ago) by rule `unsure`, because"; what a rule decided alone: "let through by itself". */
function askedLine(record: ItemRecord, because: boolean, now: EpochMs) {
  const ago = record.status === 'decided' ? '' : ` (${spanWords(now - record.requested_at)} ago)`;
  return section(
    ours(`${KIND_WORDS[record.kind]}, ${(record.outcome && DID[record.outcome]) ?? 'asked'} `),
    date(record.requested_at),
    ours(`${ago} by rule `),
    said(record.rule, 100, { code: true }),
    ours(
      because
        ? ', because'
        : isBlindNow(record)
          ? '. Why is shown once it is decided: its experts answer blind.'
          : '.',
    ),
  );
}
