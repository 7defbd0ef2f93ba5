/** What an item's clocks wait for, in a card's line of times. Pure. */
import type { CardInput } from './card-input.ts';
import { dateMrkdwn, userMrkdwn } from '../text/rich-text.ts';

export const waitMrkdwn = (waits: NonNullable<CardInput['waits']>): string =>
  waits.kind === 'snooze'
    ? `😴 Snoozed by ${userMrkdwn(waits.by)} until ${dateMrkdwn(waits.until)}`
    : `❔ Waits for an answer to ${userMrkdwn(waits.by)}`;
