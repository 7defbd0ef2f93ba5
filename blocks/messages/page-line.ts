/** The one line that a page puts into the card's thread: why it moves, whom it calls, until when. Pure. */
import type { RichTextElement } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import type { PageReason } from '../../src/domain/page-reason.ts';
import type { CardDomain } from '../cards/card-input.ts';
import { escapeMrkdwn } from '../text/escape.ts';
import type { Message } from '../text/message.ts';
import { bold, date, ours, richText, said, section, user } from '../text/rich-text.ts';
import { undecidedWords, whyPaged } from '../text/why-paged.ts';
import { joined } from '../text/words.ts';

/** `skipped` and `missed` are levels here. */
export interface PageLine extends PageReason {
  domain: Pick<CardDomain, 'title'>;
  level: number;
  /** How many have quiet hours, and hear of it when those end. */
  held: number;
  /** The open stage's name; null: there are none. */
  stage: string | null;
  people: readonly string[];
  usergroups: readonly string[];
  /** Names of PagerDuty services' keys. */
  pagerduty: readonly string[];
  claim_by: EpochMs | null;
  decide_by: EpochMs | null;
}

export function pageLine(page: PageLine): Message {
  const why = whyPaged(page);
  const elements: RichTextElement[] = [ours('📟 '), ...(why.length > 0 ? [...why, ours(' ')] : [])];
  elements.push(...calledElements(page), ...untilElements(page));
  if (page.held > 0)
    elements.push(
      ours(
        page.held === 1
          ? ' They’re in quiet hours and will be notified afterwards.'
          : ` ${page.held} of them are in quiet hours and will be notified afterwards.`,
      ),
    );
  if (page.pagerduty.length > 0)
    elements.push(
      ours(' I called PagerDuty too: '),
      said(page.pagerduty.join(', '), 300),
      ours('.'),
    );
  const verb =
    page.because === 'asked'
      ? 'needs a decision'
      : page.stage === null
        ? `is now at level ${page.level}`
        : `is now at stage ${escapeMrkdwn(page.stage)}`;
  return {
    text: `📟 A card of ${escapeMrkdwn(page.domain.title)} ${verb}.`,
    blocks: [richText(section(...elements))],
  };
}

/** Whom it calls, each as a mention. */
const mentions = (
  people: readonly string[],
  usergroups: readonly string[],
): RichTextElement[][] => [
  ...people.map((id) => [user(id)]),
  ...usergroups.map((id): RichTextElement[] => [{ type: 'usergroup', usergroup_id: id }]),
];

function calledElements({
  because,
  level,
  people,
  usergroups,
  domain,
  stage,
}: PageLine): RichTextElement[] {
  const where = stage === null ? `level ${level}` : stage;
  const called = joined(mentions(people, usergroups), ours(', '), ours(' and '));
  if (called.length === 0)
    return [
      ours('Now it is '),
      said(where, 64, { bold: true }),
      ours(': anyone of '),
      said(domain.title, 80),
      ours(' here can take it'),
    ];
  return because === 'asked'
    ? [...called, ours(', this one is for you')]
    : [...called, ours(', you are up next ('), said(where, 64, { bold: true }), ours(')')];
}

function untilElements({ claim_by, decide_by }: PageLine): RichTextElement[] {
  const elements: RichTextElement[] = [];
  if (claim_by !== null && (decide_by === null || claim_by < decide_by))
    elements.push(ours(': please claim it by '), date(claim_by));
  if (decide_by !== null)
    elements.push(ours(elements.length > 0 ? ', decide by ' : ': due '), date(decide_by));
  return [...elements, ours('.')];
}

/** The last rung's time is over, and the policy waits without end. */
export function overdueLine({
  domain,
  released,
}: {
  domain: Pick<CardDomain, 'title'>;
  /** Whose claim ran into it. */
  released: string | null;
}): Message {
  return {
    text: `⏰ Nobody decided a card of ${escapeMrkdwn(domain.title)} in time.`,
    blocks: [
      richText(
        section(
          ours('⏰ '),
          ...undecidedWords(released),
          ours(' There is nobody above to page, so it stays open here: anyone who decides for '),
          said(domain.title, 80),
          ours(' can still take it.'),
        ),
      ),
    ],
  };
}

/** To whoever had claimed it, when it has expired. */
export const ranOutLine = ({ user: holder }: { user: string }): Message => ({
  text: '⌛ A card that somebody had claimed has expired.',
  blocks: [
    richText(
      section(
        ours('⌛ '),
        user(holder),
        ours(', you had this one, and its time is over: it has expired. '),
        bold('Re-open'),
        ours(' on the card asks again.'),
      ),
    ),
  ],
});

/** There is nobody to page on any rung. */
export function nobodyLine({ domain }: { domain: Pick<CardDomain, 'title'> }): Message {
  return {
    text: `📟 Nobody can be paged for a card of ${escapeMrkdwn(domain.title)}.`,
    blocks: [
      richText(
        section(
          ours(
            '📟 There is nobody to page right now. I keep looking, and page whoever comes on call; anyone who decides for ',
          ),
          said(domain.title, 80),
          ours(' can take it here meanwhile.'),
        ),
      ),
    ],
  };
}

/** Somebody of several passed it on. */
export function passedLine({
  by,
  people,
  usergroups,
}: {
  by: string;
  people: readonly string[];
  usergroups: readonly string[];
}): Message {
  const left = joined(
    mentions(
      people.filter((one) => one !== by),
      usergroups,
    ),
    ours(', '),
    ours(' and '),
  );
  return {
    text: '📟 Someone who was paged can’t take this.',
    blocks: [
      richText(
        section(
          ours('📟 '),
          user(by),
          ours(' can’t take this one'),
          ...(left.length > 0 ? [ours('; it is still with '), ...left] : []),
          ours('.'),
        ),
      ),
    ],
  };
}
