/** Asks Slack once a minute whether it takes the bot token: a night without items must not hide that it does not. */
import type { WebClient } from '@slack/web-api';
import { repeat, type Repeated } from '../world/repeat.ts';
import type { World } from '../world/world.ts';
import { slackTrouble } from './slack-error.ts';

const EVERY_MS = 60_000;

/** What comes of it is seen by whoever counts the calls. */
export const startSlackWatch = (world: Pick<World, 'clock' | 'log'>, web: WebClient): Repeated =>
  repeat(
    world,
    { every_ms: EVERY_MS, first: 'later', failed: 'Slack could not be asked; trying again' },
    async () => {
      try {
        await web.auth.test();
      } catch (error) {
        // One that is none of Slack's is thrown again.
        slackTrouble(error);
      }
    },
  );
