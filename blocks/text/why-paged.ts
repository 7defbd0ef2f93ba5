/** Why a page goes to whom it goes: sentences for the card's thread, and for the DM of whoever is called. Pure. */
import type { RichTextElement } from '@slack/types';
import type { PageReason, PersonalStory } from '../../src/domain/page-reason.ts';
import { ours, said, user } from './rich-text.ts';

/** In the card's thread. `skipped` and `missed` are levels here. Empty: there is nothing to tell. */
export const whyPaged = (story: PageReason): RichTextElement[] =>
  sentences([becauseWords(story, 'Nobody', 1000), ...passedByWords(story)]);

/**
 * In a person's DM, where nothing above it tells what happened. `skipped` and `missed` are levels here.
 * @param before the level that had it before; null: none had
 */
export function whyYou(story: PersonalStory, before: number | null): RichTextElement[] {
  const { because, ...told } = story;
  const nobody = before === null ? 'Nobody' : `Nobody at level ${before}`;
  return sentences([
    story.woke ? [ours('Your quiet hours are over.')] : [],
    because === 'given'
      ? [
          ...(story.by === null ? [] : [user(story.by)]),
          ours(' gave you this'),
          ...quoted(story.reason, 300),
        ]
      : because === 'again'
        ? [ours('There was nobody to page until now.')]
        : becauseWords({ ...told, because }, nobody, 300),
    ...passedByWords(story),
  ]);
}

/** Nobody decided in time, or whoever had claimed it did not. */
export const undecidedWords = (released: string | null, nobody = 'Nobody'): RichTextElement[] =>
  released === null
    ? [ours(`${nobody} decided in time.`)]
    : [user(released), ours(' ran out of time, so the claim is released.')];

function becauseWords(
  { because, by, reason, released }: PageReason,
  nobody: string,
  max: number,
): RichTextElement[] {
  switch (because) {
    case 'asked':
    case 'again':
      return [];
    case 'unclaimed':
      return [ours(`${nobody} claimed this in time.`)];
    case 'undecided':
      return undecidedWords(released, nobody);
    case 'passed':
      return by === null ? [] : [user(by), ours(' can’t take this one.')];
    case 'escalated':
      return [...(by === null ? [] : [user(by)]), ours(' escalated this'), ...quoted(reason, max)];
    case 'unreachable':
      return [ours('I couldn’t reach the people I paged.')];
    case 'stage':
      return [ours('The stage before has approved this.')];
    case 'sent_back':
      return [ours('This was sent back; the reason is on the card.')];
    case 'apart':
      return [ours('Those asked could not agree; what they said is on the card.')];
    default:
      return because satisfies never;
  }
}

function quoted(words: string | null, max: number): RichTextElement[] {
  if (words === null) return [ours('.')];
  const quote = said(words, max);
  return [ours(': “'), quote, ours(/[.!?…]$/.test(quote.text) ? '”' : '”.')];
}

const passedByWords = ({
  skipped,
  missed,
}: Pick<PageReason, 'skipped' | 'missed'>): RichTextElement[][] => [
  ...skipped.map((level) => [ours(`Level ${level} was skipped: nobody on call.`)]),
  missed.length > 0
    ? [
        ours(
          `${missed.length === 1 ? 'Level' : 'Levels'} ${missed.join(' and ')} timed out while I was offline.`,
        ),
      ]
    : [],
];

const sentences = (each: readonly RichTextElement[][]): RichTextElement[] =>
  each.filter((one) => one.length > 0).flatMap((one, at) => (at === 0 ? one : [ours(' '), ...one]));
