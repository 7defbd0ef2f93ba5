/** `/hitl queue`: what waits, the next due first. Pure. */
import type { RichTextElement } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import type { Status } from '../../src/domain/lifecycle.ts';
import { cut, cutMiddle, escapeMrkdwn, safeLine } from '../text/escape.ts';
import { webLink } from '../text/web-link.ts';
import type { Message } from '../text/message.ts';
import {
  bold,
  bullets,
  date,
  link,
  ours,
  richText,
  said,
  section,
  user,
} from '../text/rich-text.ts';
import { counted, spanWords } from '../text/words.ts';

export interface QueueLine {
  id: string;
  title: string;
  domain_title: string;
  due_at: EpochMs | null;
  status: Status;
  claimed_by: string | null;
  /** Where several people decide: "stage compliance"; null or absent: one does. */
  waits_for?: string | null;
  /** Of the card, from Slack. */
  permalink: string | null;
}

const MOST_LINES = 15;

/**
 * @param domain its title, null for all; `items` in the order to show, `total` how many there are in all; `now` null: it
 * is read later too, so that times are said as dates
 */
export function queueList(input: {
  domain: string | null;
  items: QueueLine[];
  total: number;
  now: EpochMs | null;
}): Message {
  const { domain, items, total, now } = input;
  const where = domain === null ? '' : ` in ${escapeMrkdwn(domain)}`;
  if (items.length === 0) {
    const words = `Nothing is waiting${where}. 🎉`;
    return {
      text: words,
      blocks: [
        richText(
          section(
            ours('Nothing is waiting'),
            ...(domain === null ? [] : [ours(' in '), said(domain, 80)]),
            ours('. 🎉'),
          ),
        ),
      ],
    };
  }
  const lines = items.slice(0, MOST_LINES).map((item) => line(item, domain, now));
  const rest = total - lines.length;
  if (rest > 0) lines.push([ours(`and ${rest} more`)]);
  const waiting = `${counted(total, 'item')} ${total === 1 ? 'is' : 'are'} waiting`;
  return {
    text: `${waiting}${where}`,
    blocks: [
      richText(
        section(bold(waiting), ...(domain === null ? [] : [ours(' in '), said(domain, 80)])),
        bullets(lines),
      ),
    ],
  };
}

function line(item: QueueLine, domain: string | null, now: EpochMs | null): RichTextElement[] {
  const where = item.permalink === null ? null : webLink(item.permalink);
  const title = cut(safeLine(item.title), 120);
  const elements: RichTextElement[] = [
    where && where.href.length <= 300 ? link(where.href, title) : ours(title),
  ];
  if (domain === null) elements.push(ours(' · '), said(item.domain_title, 60));
  if (item.due_at !== null) {
    elements.push(
      ...(now === null
        ? [ours(' · due '), date(item.due_at)]
        : [
            ours(
              item.due_at > now
                ? ` · due in ${spanWords(item.due_at - now)}`
                : ` · overdue by ${spanWords(now - item.due_at)}`,
            ),
          ]),
    );
  }
  if (item.waits_for) elements.push(ours(' · '), said(item.waits_for, 80));
  if (item.claimed_by !== null) elements.push(ours(' · '), user(item.claimed_by), ours(' has it'));
  elements.push(ours(' · '), ours(cutMiddle(item.id, 60), { code: true }));
  return elements;
}
