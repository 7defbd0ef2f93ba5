/** `/hitl freezes`: what is not let through now, since when, by whom and why; with a button for those who may lift. Pure. */
import type { Button, KnownBlock, RichTextElement } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import type { Message } from '../text/message.ts';
import {
  bold,
  bullets,
  date,
  label,
  ours,
  richText,
  said,
  section,
  user,
} from '../text/rich-text.ts';
import { counted } from '../text/words.ts';

export interface PauseLine {
  /** A domain's title; null: everywhere. */
  domain: string | null;
  reason: string;
  /** null: the circuit breaker. */
  paused_by: string | null;
  paused_at: EpochMs;
}

export interface FreezeLine {
  id: string;
  /** Of the item whose decision froze them; null where it is not kept or not to be shown. */
  title: string | null;
  item_id: string;
  domain: string;
  action_name: string | null;
  frozen_by: string;
  frozen_at: EpochMs;
  confirmed_by: string | null;
}

const MOST = 15;

export function freezesList(input: {
  pauses: PauseLine[];
  freezes: FreezeLine[];
  may_lift: boolean;
}): Message {
  const { pauses, freezes, may_lift } = input;
  if (pauses.length + freezes.length === 0) {
    const words = 'Nothing is paused or frozen here: the policy alone decides what is let through.';
    return { text: words, blocks: [richText(section(ours(words)))] };
  }
  const blocks: KnownBlock[] = [];
  if (pauses.length > 0)
    blocks.push(richText(section(bold('Paused')), bullets(pauses.slice(0, MOST).map(pauseLine))));
  if (freezes.length > 0) {
    blocks.push(richText(section(bold('Frozen after a policy violation'))));
    for (const freeze of freezes.slice(0, MOST)) {
      blocks.push(richText(...freezeLines(freeze)));
      if (may_lift)
        blocks.push({
          type: 'actions',
          block_id: `freeze:${freeze.id}`,
          elements: [liftButton(freeze.id)],
        });
    }
    if (freezes.length > MOST)
      blocks.push(richText(section(ours(`and ${freezes.length - MOST} more`))));
  }
  return {
    text: [
      ...(pauses.length > 0 ? [counted(pauses.length, 'pause')] : []),
      ...(freezes.length > 0 ? [counted(freezes.length, 'freeze')] : []),
    ].join(', '),
    blocks,
  };
}

const liftButton = (id: string): Button => ({
  type: 'button',
  text: label('Lift the freeze'),
  action_id: 'freeze_lift',
  value: id,
});

const pauseLine = (pause: PauseLine): RichTextElement[] => [
  pause.domain === null ? bold('Everywhere') : said(pause.domain, 80, { bold: true }),
  ours(' since '),
  date(pause.paused_at),
  ours(', by '),
  pause.paused_by === null ? ours('the circuit breaker') : user(pause.paused_by),
  ours(': '),
  said(pause.reason, 300),
];

function freezeLines(freeze: FreezeLine) {
  const what: RichTextElement[] =
    freeze.action_name === null
      ? [ours('Anything with this title')]
      : [
          ours('The action '),
          said(freeze.action_name, 80, { code: true }),
          ours(' in '),
          said(freeze.domain, 80),
          ours(', and anything with this title'),
        ];
  const kept: RichTextElement[] =
    freeze.confirmed_by === null
      ? [ours('; compliance has not looked at it yet')]
      : [ours('; confirmed by '), user(freeze.confirmed_by)];
  return [
    section(
      freeze.title === null
        ? ours(`Item ${freeze.item_id}`)
        : said(freeze.title, 200, { bold: true }),
    ),
    bullets([
      what,
      [ours('since '), date(freeze.frozen_at), ours(', by '), user(freeze.frozen_by), ...kept],
      [said(freeze.item_id, 140, { code: true })],
    ]),
  ];
}
