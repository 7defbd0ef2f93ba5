/** `/hitl help`: the commands that exist, and nothing else. Pure. */
import type { Message } from '../text/message.ts';
import { ownSentences } from '../text/own-sentences.ts';
import { bold, bullets, mrkdwn, ours, richText, said, section } from '../text/rich-text.ts';

/** What can be typed, and what it does. */
export const COMMANDS: readonly { usage: string; does: string }[] = [
  { usage: 'ask', does: 'put a question to an expert; the answer comes back to you' },
  { usage: 'queue [domain]', does: 'what is waiting, the next due first' },
  { usage: 'why ITEM', does: 'why a person was asked, and what has happened since' },
  { usage: 'oncall [domain]', does: 'who is on call now, until when, and who comes next' },
  {
    usage: 'override billing @bob for 4h',
    does: 'put somebody on call instead; also `me`, and `from fri 18:00 to mon 9:00`',
  },
  {
    usage: 'quiet 22:00-07:00',
    does: 'when you do not want to be paged; off ends it',
  },
  { usage: 'audit ITEM', does: 'its whole life, and whether the record of it stands' },
  {
    usage: 'export items|decisions|audit [30d]',
    does: 'a CSV file as a direct message; for managers',
  },
  { usage: 'freezes', does: 'what is paused or frozen: never let through without a person' },
  { usage: 'pause [domain|all] REASON', does: 'managers: stop letting anything through' },
  { usage: 'resume [domain|all]', does: 'managers: let things through again' },
  {
    usage: 'stats [30d] [domain] [by expert]',
    does: 'how fast, how often people disagree with the AI, who carries the load',
  },
  {
    usage: 'thresholds DOMAIN [MODEL] [error 2%]',
    does: 'managers: above which confidence the data supports letting through',
  },
  { usage: 'digest', does: 'managers: what stands out this week, and what usually helps' },
  { usage: 'help', does: 'this list' },
];

/** @param unknown a word that was typed and is no command */
export function helpText(unknown?: string): Message {
  const heading = bold('What you can ask the pager');
  const lines = COMMANDS.map(({ usage, does }) => [
    ours(`/hitl ${usage}`, { code: true }),
    ours(': '),
    ...ownSentences(does, 300),
  ]);
  return {
    text: `Commands: ${COMMANDS.map(({ usage }) => `/hitl ${usage}`).join(', ')}`,
    blocks: [
      richText(
        ...(unknown === undefined
          ? []
          : [section(ours('I do not know “'), said(unknown, 40), ours('”.'))]),
        section(heading),
        bullets(lines),
      ),
      {
        type: 'context',
        elements: [
          mrkdwn(
            'On any message: More actions › *Escalate to expert*. Under a question’s card: a reply that mentions me is your answer.',
          ),
        ],
      },
    ],
  };
}
