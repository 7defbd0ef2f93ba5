/**
 * Something outside is away: the log says so once, with the cause, then once a minute while it lasts, and once when it is
 * over. However often it is met meanwhile, whoever reads the log at night finds the few lines that matter.
 */
import type { Logger } from 'pino';
import type { Clock, EpochMs } from '../domain/clock.ts';

const AGAIN_MS = 60_000;
/** New causes that are said at once in one outage; the rest are counted. */
const CAUSES_SAID = 3;

export interface Outage {
  /** It was met, now. `cause`: in its own words; never an item's. */
  met(cause: string, more?: object): void;
  /** It works again. Says nothing where nothing was wrong. */
  over(): void;
}

/** @param words what the log says: `away` with what happens meanwhile, `back` */
export function createOutage(
  { clock, log }: { clock: Clock; log: Logger },
  words: { away: string; back: string },
  level: 'warn' | 'error' = 'warn',
): Outage {
  let since: EpochMs | null = null;
  let saidAt: EpochMs = 0;
  let unsaid = 0;
  const causes = new Set<string>();
  return {
    met(cause, more = {}) {
      const now = clock.now();
      since ??= now;
      const isNew = !causes.has(cause) && causes.size < CAUSES_SAID;
      // A clock that was set back must not silence it for longer than a minute.
      if (!isNew && Math.abs(now - saidAt) < AGAIN_MS) {
        unsaid += 1;
        return;
      }
      causes.add(cause);
      const lasted = now > since ? { for_s: Math.round((now - since) / 1000) } : {};
      log[level]({ cause, ...lasted, ...(unsaid > 0 ? { unsaid } : {}), ...more }, words.away);
      saidAt = now;
      unsaid = 0;
    },
    over() {
      if (since === null) return;
      log.info({ for_s: Math.round(Math.max(0, clock.now() - since) / 1000) }, words.back);
      since = null;
      unsaid = 0;
      causes.clear();
    },
  };
}
