/** Home: what waits for one person, whether they are on call, their week; for managers how things stand. Pure. */
import type { HomeView, KnownBlock, RichTextElement } from '@slack/types';
import type { HomeInput, OnCallLine } from '../../src/domain/home-input.ts';
import { homeItem } from './home-item.ts';
import { managerBlocks } from './home-manager.ts';
import {
  bold,
  bullets,
  date,
  label,
  mrkdwn,
  ours,
  richText,
  said,
  section,
} from '../text/rich-text.ts';
import { counted, spanWords } from '../text/words.ts';

export function homeView(input: HomeInput): HomeView {
  const blocks: KnownBlock[] = [
    ...waitingBlocks(input),
    { type: 'divider' },
    heading('On call'),
    onCallBlock(input),
    heading('Your week'),
    weekBlock(input),
    ...(input.manager === null
      ? []
      : [{ type: 'divider' } as const, ...managerBlocks(input.manager)]),
    {
      type: 'context',
      elements: [
        mrkdwn('`/hitl ask` puts a question to an expert · `/hitl help` says what else there is'),
      ],
    },
  ];
  return { type: 'home', blocks };
}

const heading = (text: string): KnownBlock => ({ type: 'header', text: label(text) });

function waitingBlocks({ items, more, now, user, decides, week }: HomeInput): KnownBlock[] {
  if (items.length === 0) {
    return [
      heading('Nothing waits for you 🎉'),
      richText(
        section(
          ours(
            // Whoever is called by a rung alone decides too.
            decides || Object.keys(week.outcomes).length > 0
              ? 'What comes stands here, and on its card in the channel.'
              : 'You do not decide anything here. Your own questions are answered where you asked them.',
          ),
        ),
      ),
    ];
  }
  const all = items.length + more;
  return [
    heading(`${counted(all, 'item')} ${all === 1 ? 'waits' : 'wait'} for you`),
    ...items.flatMap((item, at) => homeItem(item, at, { now, user })),
    ...(more === 0
      ? []
      : [
          {
            type: 'context' as const,
            elements: [mrkdwn(`and ${more} more: \`/hitl queue\` lists what is due next`)],
          },
        ]),
  ];
}

const titles = (line: Pick<OnCallLine, 'domains' | 'rotation'>): RichTextElement[] => [
  said(line.domains.length > 0 ? line.domains.join(', ') : line.rotation, 100, { bold: true }),
];

function onCallBlock({ on_call, next_shift }: HomeInput): KnownBlock {
  const lines: RichTextElement[][] = on_call.map((line) => [
    ours('📟 You are on call for '),
    ...titles(line),
    ...(line.until === null ? [] : [ours(' until '), date(line.until)]),
  ]);
  if (on_call.length === 0) lines.push([ours('You are not on call now.')]);
  if (next_shift !== null)
    lines.push([
      ours('Your next shift: '),
      ...titles(next_shift),
      ours(', from '),
      date(next_shift.at),
    ]);
  return richText(bullets(lines));
}

/** What went ahead, was changed or stopped because of them: an answer that changed nothing is not worth their minutes. */
function weekBlock({ week }: HomeInput): KnownBlock {
  const { outcomes, median_ms } = week;
  const total = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  if (total === 0 || median_ms === null)
    return richText(section(ours('You have decided nothing in the last 7 days.')));
  const changes: [number | undefined, string][] = [
    [outcomes.approved, 'went ahead as the AI had it'],
    [outcomes.edited, 'went ahead changed by you'],
    [outcomes.rejected, 'stopped by you'],
    [outcomes.answered, 'answered by you'],
    [outcomes.preferred, 'settled by your choice'],
  ];
  return richText(
    section(
      ours('You decided '),
      bold(counted(total, 'item')),
      ours(`, ${total === 1 ? '' : 'half of them '}within ${spanWords(median_ms)} of being asked.`),
    ),
    bullets(
      changes.flatMap(([count, what]) =>
        count === undefined || count === 0 ? [] : [[bold(String(count)), ours(` ${what}`)]],
      ),
    ),
  );
}
