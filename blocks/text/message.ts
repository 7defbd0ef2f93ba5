/** What a card or a line is to Slack. No building here. */
import type { KnownBlock } from '@slack/types';

export interface Message {
  /** Plain fallback for notifications and screen readers, escaped: at most a line or two. */
  text: string;
  blocks: KnownBlock[];
}
