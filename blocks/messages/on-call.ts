/** `/hitl oncall`: who has it, until when, who comes next, and what was changed by hand. Pure. */
import type { ActionsBlock, Button, KnownBlock, RichTextElement } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import { escapeMrkdwn } from '../text/escape.ts';
import type { Message } from '../text/message.ts';
import { date, label, ours, richText, said, section, user } from '../text/rich-text.ts';
import { cancelActions, type ShownOverride } from './override-lines.ts';
import { joined } from '../text/words.ts';

export interface OnCallNow {
  rotation: string;
  /** Titles of the domains it is for. */
  domains: readonly string[];
  users: readonly string[];
  why: 'shift' | 'override' | 'outside_hours' | 'not_started';
  /** null: nothing changes soon. */
  until: EpochMs | null;
  /** null: one person has it all. */
  next: { at: EpochMs; users: readonly string[] } | null;
  overrides: readonly ShownOverride[];
  /** Whoever looks may take it from whoever has it. */
  may_take: boolean;
}

const MOST_ROTATIONS = 8;
const MOST_OVERRIDES = 5;

/** @param timezone of whoever looks: it travels with the button, so that the calendar opens at once */
export function onCallMessage(rotations: readonly OnCallNow[], timezone: string): Message {
  const shown = rotations.slice(0, MOST_ROTATIONS);
  const blocks: KnownBlock[] = shown.flatMap((one) => rotationBlocks(one, timezone));
  const rest = rotations.length - shown.length;
  if (rest > 0)
    blocks.push(
      richText(
        section(
          ours(`and ${rest} more: name one, like `),
          ours('/hitl oncall billing', { code: true }),
        ),
      ),
    );
  return { text: shown.map(onCallText).join('\n'), blocks };
}

function rotationBlocks(one: OnCallNow, timezone: string): KnownBlock[] {
  const elements = [...headElements(one), ours('\n'), ...nowElements(one)];
  if (one.next !== null) {
    elements.push(ours('\nNext: '), ...people(one.next.users));
    elements.push(ours(', from '), date(one.next.at), ours('.'));
  }
  const blocks: KnownBlock[] = [richText(section(...elements))];
  for (const override of one.overrides.slice(0, MOST_OVERRIDES))
    blocks.push(...overrideBlocks(override));
  const buttons: Button[] = [
    button('Next 14 days', 'shift_calendar', `${one.rotation} ${timezone}`),
  ];
  if (one.may_take) buttons.unshift(button('Take the shift now', 'shift_take', one.rotation));
  blocks.push(actions(`shift:${one.rotation}`, buttons));
  return blocks;
}

const headElements = (one: OnCallNow): RichTextElement[] => [
  ...(one.domains.length === 0
    ? []
    : [
        ...joined(
          one.domains.map((title) => [said(title, 80, { bold: true })]),
          ours(', '),
          ours(' and '),
        ),
        ours(' · '),
      ]),
  said(one.rotation, 64, { code: true }),
];

function nowElements(one: OnCallNow): RichTextElement[] {
  const until = one.until === null ? [] : [ours(' until '), date(one.until)];
  switch (one.why) {
    case 'override':
      return [
        ours('📟 '),
        ...people(one.users),
        ours(' is on call'),
        ...until,
        ours(' (changed by hand).'),
      ];
    case 'shift':
      return [
        ours('📟 '),
        ...people(one.users),
        ours(one.users.length > 1 ? ' are on call' : ' is on call'),
        ...until,
        ours('.'),
      ];
    case 'outside_hours':
      return [ours('💤 Nobody is on call'), ...until, ours(': these are not its working hours.')];
    case 'not_started':
      return [ours('⚠️ Nobody is on call'), ...until, ours(': its first shift has not begun.')];
    default:
      return one.why satisfies never;
  }
}

function onCallText(one: OnCallNow): string {
  const name = escapeMrkdwn(one.rotation);
  return one.users.length === 0
    ? `${name}: nobody is on call`
    : `${name}: ${one.users.map((id) => `<@${id}>`).join(' and ')}`;
}

const people = (users: readonly string[]): RichTextElement[] =>
  joined(
    users.map((id) => [user(id)]),
    ours(', '),
    ours(' and '),
  );

function overrideBlocks(override: ShownOverride): KnownBlock[] {
  return [
    richText(
      section(
        ours('⇄ '),
        user(override.slack_user),
        ours(' from '),
        date(override.starts_at),
        ours(' until '),
        date(override.ends_at),
        ...(override.made_by === override.slack_user
          ? []
          : [ours(', by '), user(override.made_by)]),
      ),
    ),
    cancelActions(override),
  ];
}

const button = (text: string, action_id: string, value: string): Button => ({
  type: 'button',
  text: label(text),
  action_id,
  value,
});
const actions = (block_id: string, elements: Button[]): ActionsBlock => ({
  type: 'actions',
  block_id,
  elements,
});
