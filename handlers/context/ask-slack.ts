/** Asks Slack something that nobody's click waits for: again and again where it does not answer. */
import { WebAPIPlatformError } from '@slack/web-api';
import type { HandlerContext } from './handler-context.ts';
import { waitUnlessStopping } from './wait-unless-stopping.ts';

const MOST_TRIES = 8;

/** @param what for the log. Returns null where Slack says no by name, never answers, or the process stops. */
export async function askSlack<T>(
  desk: HandlerContext,
  what: string,
  ask: () => Promise<T>,
): Promise<T | null> {
  for (let attempt = 1; !desk.stopping.aborted; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      const saidNo = error instanceof WebAPIPlatformError && error.data.error !== 'ratelimited';
      const last = saidNo || attempt === MOST_TRIES;
      desk.world.log.warn(
        { err: error, attempt },
        `${what}: Slack does not say; ${last ? 'given up' : 'asking again'}`,
      );
      if (last) return null;
      await waitUnlessStopping(desk, attempt);
    }
  }
  return null;
}
