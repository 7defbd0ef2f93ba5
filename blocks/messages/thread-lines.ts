/** Lines that go into a thread: the reminder under a card, the answer where it was asked, how it ended. Pure. */
import type { RichTextBlockElement, RichTextElement } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import type { Decision, ItemRecord } from '../../src/domain/decision.ts';
import type { CardDomain } from '../cards/card-input.ts';
import type { Message } from '../text/message.ts';
import { WHOLE_ANSWER, endWords, outcomeElements } from '../cards/outcome.ts';
import { bold, date, ours, richText, said, section, user } from '../text/rich-text.ts';
import { cut, escapeMrkdwn } from '../text/escape.ts';
import { plainMessage } from './plain-message.ts';
import { seenItem } from '../cards/seen-item.ts';
import { spanWords } from '../text/words.ts';

type DomainTitle = Pick<CardDomain, 'title'>;

/** Under the card, before the time is up: how long is left, and who has it. */
export function reminderLine(input: {
  record: ItemRecord;
  due_at: EpochMs;
  now: EpochMs;
  domain: DomainTitle;
}): Message {
  const { record, due_at, now } = input;
  const left = due_at - now;
  const words = left > 0 ? `${spanWords(left)} left` : 'Time is up';
  const elements: RichTextElement[] = [ours('⏰ '), bold(words), ours(', until '), date(due_at)];
  elements.push(
    ...(record.claimed_by === null
      ? [ours('. Nobody has claimed this yet.')]
      : [ours('. '), user(record.claimed_by), ours(' has it.')]),
  );
  return {
    text: `⏰ ${words}: ${escapeMrkdwn(input.domain.title)} has a card waiting.`,
    blocks: [richText(section(...elements))],
  };
}

/** Into the conversation where it was asked: who answers for the domain, and what. */
export function answerLine(input: {
  record: ItemRecord;
  decision: Decision;
  domain: DomainTitle;
}): Message {
  const { record, decision, domain } = input;
  if (decision.decided_by.type !== 'human' || decision.outcome !== 'answered')
    return endLine({ record, decision });
  const [, ...answer]: RichTextBlockElement[] = outcomeElements(record, decision, WHOLE_ANSWER);
  return {
    text: `💬 An answer from ${escapeMrkdwn(domain.title)}`,
    blocks: [
      richText(
        section(
          ours('💬 '),
          user(decision.decided_by.slack_user),
          ours(' of '),
          said(domain.title, 80, { bold: true }),
          ours(' answers:'),
        ),
        ...answer,
      ),
    ],
  };
}

/** The same in a DM, where nothing above it says what was asked. */
export function answerMessage(input: Parameters<typeof answerLine>[0]): Message {
  const { record } = input;
  const line = answerLine(input);
  const title = seenItem(record)?.title ?? `Item ${record.id}`;
  return {
    text: `${line.text}: ${escapeMrkdwn(cut(title, 150))}`,
    blocks: [
      richText(section(ours('You asked: “'), said(title, 300, { bold: true }), ours('”'))),
      ...line.blocks,
    ],
  };
}

/** How it ended, for whoever reads the thread: the line of the card, with what was decided and why. */
export function endLine(input: { record: ItemRecord; decision: Decision | null }): Message {
  const { record, decision } = input;
  const { sign, word, more } = endWords(record, decision);
  return {
    text: `${sign} ${word}${more ?? ''}`,
    blocks: [richText(...outcomeElements(record, decision, WHOLE_ANSWER))],
  };
}

/** What the pager itself has to report (to the operators, to a domain's channel). Mentions in it work. */
export const reportLine = (words: string): Message => plainMessage(words);
