/** Lines in a thread about what people do to an item's clocks: given to somebody, snoozed, asked back. Pure. */
import type { KnownBlock, RichTextElement } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import type { CardInfo } from '../cards/card-input.ts';
import type { Message } from '../text/message.ts';
import {
  date,
  label,
  ours,
  quote,
  richText,
  said,
  saidBlock,
  section,
  user,
} from '../text/rich-text.ts';

const WORDS_MAX = 1000;

const line = (text: string, ...elements: RichTextElement[]): Message => ({
  text,
  blocks: [richText(section(...elements))],
});

export const reassignedLine = (given: {
  by: string;
  user: string;
  words: string | null;
  /** It was snoozed until now. */
  woken: boolean;
  due_at: EpochMs | null;
}): Message =>
  line(
    '↪️ A card was given to somebody else.',
    ours('↪️ '),
    user(given.by),
    ours(' gives this one to '),
    user(given.user),
    ...(given.words === null
      ? [ours('.')]
      : [ours(': “'), said(given.words, WORDS_MAX), ours('”')]),
    ...(given.woken
      ? [
          ours(`${given.words === null ? '' : '.'} The snooze is over`),
          ...(given.due_at === null ? [] : [ours(', due '), date(given.due_at)]),
          ours('.'),
        ]
      : []),
  );

export const snoozedLine = (snooze: { by: string; until: EpochMs }): Message =>
  line(
    '😴 A card was snoozed.',
    ours('😴 '),
    user(snooze.by),
    ours(' snoozed this until '),
    date(snooze.until),
    ours('. Its clocks stand still; it can be decided all the same.'),
  );

export function resumedLine(resumed: {
  by: string;
  waited_for: 'snooze' | 'info';
  due_at: EpochMs | null;
}): Message {
  const why =
    resumed.waited_for === 'snooze'
      ? ', the snooze is over: this one is back'
      : ', nobody has answered your question in a day, so this one goes on without';
  return line(
    '⏰ A card is back.',
    ours('⏰ '),
    user(resumed.by),
    ours(why),
    ...(resumed.due_at === null ? [] : [ours(', due '), date(resumed.due_at)]),
    ours('.'),
  );
}

/** In the card's thread. */
export const infoAskedLine = ({ asked_by, question }: CardInfo): Message => ({
  text: '❔ An expert asked back.',
  blocks: [
    richText(
      section(
        ours('❔ '),
        user(asked_by),
        ours(' asked whoever wants this. The clocks stand still until they answer:'),
      ),
      quote(saidBlock(question, WORDS_MAX)),
    ),
  ],
});

export const infoGivenLine = ({ asked_by, answer, answered_by }: CardInfo): Message => ({
  text: '💡 What an expert asked back was answered.',
  blocks: [
    richText(
      section(
        ours('💡 '),
        user(asked_by),
        ours(', '),
        ...(answered_by === null ? [ours('the AI')] : [user(answered_by)]),
        ours(' answers your question:'),
      ),
      quote(saidBlock(answer ?? '', WORDS_MAX)),
    ),
  ],
});

/** Where it was asked for: the question, and the way to answer it. */
export function infoRequestedMessage(input: {
  item_id: string;
  title: string;
  domain: string;
  request: CardInfo;
}): Message {
  const { item_id, title, domain, request } = input;
  const blocks: KnownBlock[] = [
    richText(
      section(
        ours('❔ Before they decide “'),
        said(title, 200, { bold: true }),
        ours('”, '),
        user(request.asked_by),
        ours(' of '),
        said(domain, 80),
        ours(' wants to know:'),
      ),
      quote(saidBlock(request.question, WORDS_MAX)),
    ),
  ];
  if (request.answer === null)
    blocks.push({
      type: 'actions',
      elements: [
        {
          type: 'button',
          text: label('Answer'),
          action_id: 'item_give_info',
          value: item_id,
          style: 'primary',
        },
      ],
    });
  return { text: '❔ An expert needs to know something from you.', blocks };
}

/** Somebody's quiet hours are over. */
export const wokeLine = (woke: { user: string; due_at: EpochMs | null }): Message =>
  line(
    '🌅 A card waited for the end of quiet hours.',
    ours('🌅 '),
    user(woke.user),
    ours(', this one waited for the end of your quiet hours'),
    ...(woke.due_at === null ? [] : [ours(', due '), date(woke.due_at)]),
    ours('.'),
  );
