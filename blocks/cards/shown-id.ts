/** What an item is called (`/hitl why ITEM`), small at the foot of a card. Pure. */
import type { PlainTextElement } from '@slack/types';
import { cutMiddle } from '../text/escape.ts';
import { plain } from '../text/rich-text.ts';

const ID_MAX = 60;

/** A long one loses its middle; Details have it whole. */
export const shownId = (record: { id: string }): PlainTextElement =>
  plain(cutMiddle(record.id, ID_MAX), ID_MAX);
