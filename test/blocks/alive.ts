/** Strings that would ping, link or break out, and a reader that finds what is alive in a message. */
import fc from 'fast-check';
import { historyLines } from '../../blocks/cards/history.ts';
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import type { Message } from '../../blocks/text/message.ts';
import { richText, section } from '../../blocks/text/rich-text.ts';
import { parseMrkdwn } from '../../simulator/web/text/mrkdwn.ts';

/** What would ping, link or break out, in any order and number; and any text. */
export const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '` ',
        ' `',
        '`',
        '```',
        '<!subteam^S0X>',
        '<@U0Y>',
        '<@W0YYYY|bob>',
        '<#C0Z|general>',
        '<!here>',
        '<!channel>',
        '<!date^0^{date}^https://evil.example|now>',
        '<https://evil.example|The card>',
        'https://evil.example',
        '&lt;@U0Y&gt;',
        '\n',
        '\u2028',
        '<',
        '>',
        '<@U0Y',
        '\u200b',
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

/** Elements of a message that are not dead text, in its blocks and in what its fallback would do; U0OWN and its like are ours. */
export function aliveIn({ text, blocks }: Message): string[] {
  const shown = flat(blocks);
  const mrkdwn = shown.flatMap((one) =>
    one.type === 'mrkdwn' && typeof one['text'] === 'string' ? [one['text']] : [],
  );
  const inline = [text, ...mrkdwn].flatMap((one) => parseMrkdwn(one).flatMap((part) => flat(part)));
  return [...shown, ...inline]
    .map((one) => `${one.type} ${idOf(one)}`.trim())
    .filter(
      (kind) =>
        /^(user|usergroup|channel|broadcast|link|mention|special)/.test(kind) &&
        !kind.includes('0OWN'),
    );
}

/** The same of a sentence that the pager writes itself, as a message and as a line of history. */
export const alive = (words: string): string[] => [
  ...aliveIn(plainMessage(words)),
  ...aliveIn({
    text: '',
    blocks: [richText(...historyLines([{ at: 0, words }]).map((one) => section(...one)))],
  }),
];

interface Found {
  type: string;
  [key: string]: unknown;
}

/** Everything in it that has a kind. */
function flat(value: unknown): Found[] {
  if (Array.isArray(value)) return value.flatMap(flat);
  if (typeof value !== 'object' || value === null) return [];
  const kind = 'kind' in value ? value.kind : 'type' in value ? value.type : undefined;
  const own = typeof kind === 'string' ? [{ ...value, type: kind }] : [];
  return [...own, ...Object.values(value).flatMap(flat)];
}

const idOf = (one: Found): string =>
  JSON.stringify(one['user_id'] ?? one['usergroup_id'] ?? one['channel_id'] ?? one['id'] ?? '');
