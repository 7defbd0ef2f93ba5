/** What comes of changing by hand who is on call: to whoever does it, and to whom it concerns. Pure. */
import type { ActionsBlock } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import { escapeMrkdwn } from '../text/escape.ts';
import type { Message } from '../text/message.ts';
import { bold, date, label, ours, richText, said, section, user } from '../text/rich-text.ts';
import { joined } from '../text/words.ts';

/** An override, as much of it as is shown. */
export interface ShownOverride {
  id: string;
  rotation: string;
  slack_user: string;
  starts_at: EpochMs;
  ends_at: EpochMs;
  made_by: string;
}

/** The way to take it back. */
export const cancelActions = ({ id }: Pick<ShownOverride, 'id'>): ActionsBlock => ({
  type: 'actions',
  block_id: `override:${id}`,
  elements: [
    { type: 'button', text: label('Cancel this'), action_id: 'override_cancel', value: id },
  ],
});

/** To whoever made it. `hours`: it holds outside the rotation's working hours too. */
export function overriddenMessage(
  override: ShownOverride,
  more: { instead_of: readonly string[]; beyond_hours: boolean },
): Message {
  const elements = [
    ours('✅ '),
    user(override.slack_user),
    ours(' is on call for '),
    said(override.rotation, 64, { code: true }),
    ours(' from '),
    date(override.starts_at),
    ours(' until '),
    date(override.ends_at),
    ...(more.instead_of.length === 0
      ? []
      : [
          ours(', instead of '),
          ...joined(
            more.instead_of.map((one) => [user(one)]),
            ours(', '),
            ours(' and '),
          ),
        ]),
    ours('.'),
  ];
  if (more.beyond_hours)
    elements.push(ours(' That holds outside its working hours too: nights and days off count.'));
  return {
    text: `<@${override.slack_user}> is on call for ${escapeMrkdwn(override.rotation)}.`,
    blocks: [richText(section(...elements)), cancelActions(override)],
  };
}

/** To whoever would give away, by what they typed, what is somebody else's: with the times that were understood. */
export const notYourShiftMessage = (asked: { starts_at: EpochMs; ends_at: EpochMs }): Message => ({
  text: 'Not all of that time is your own shift.',
  blocks: [
    richText(
      section(
        ours('Not all of the time from '),
        date(asked.starts_at),
        ours(' until '),
        date(asked.ends_at),
        ours(' is your own shift. You can give away yours, or take it yourself with '),
        ours('me', { code: true }),
        ours('; anything else is for a manager.'),
      ),
    ),
  ],
});

/** To whoever it concerns and did not make it, ahead of its time. */
export function overrideLine(override: ShownOverride, reader: string): Message {
  const mine = override.slack_user === reader;
  return {
    text: mine ? '📟 You were put on call.' : '📟 Somebody takes time on call from you.',
    blocks: [
      richText(
        section(
          ours('📟 '),
          user(override.made_by),
          ...(mine
            ? [ours(' put '), bold('you'), ours(' on call for ')]
            : override.made_by === override.slack_user
              ? [ours(' takes over from you on call for ')]
              : [ours(' put '), user(override.slack_user), ours(' on call instead of you for ')]),
          said(override.rotation, 64, { code: true }),
          ours(', from '),
          date(override.starts_at),
          ours(' until '),
          date(override.ends_at),
          ...(mine
            ? [ours('. If you cannot, cancel it; whoever’s turn it is has it then.')]
            : [ours('. To look at it: '), ours('/hitl oncall', { code: true })]),
        ),
      ),
      ...(mine ? [cancelActions(override)] : []),
    ],
  };
}

/** To whoever was told of it, or made it, and did not cancel it. */
export function overrideCancelledLine(
  override: Omit<ShownOverride, 'made_by'> & { cancelled_by: string },
  reader: string,
): Message {
  const { cancelled_by, slack_user, rotation, starts_at, ends_at } = override;
  const mine = slack_user === reader;
  return {
    text: mine
      ? '↩️ You are not on call after all.'
      : '↩️ A change of who is on call was cancelled.',
    blocks: [
      richText(
        section(
          ours('↩️ '),
          user(cancelled_by),
          ours(' cancelled that '),
          ...(mine ? [bold('you'), ours(' are')] : [user(slack_user), ours(' is')]),
          ours(' on call for '),
          said(rotation, 64, { code: true }),
          ours(' from '),
          date(starts_at),
          ours(' until '),
          date(ends_at),
          ours('. Whoever’s turn it is has it.'),
        ),
      ),
    ],
  };
}
