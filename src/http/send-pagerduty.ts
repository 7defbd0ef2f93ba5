/**
 * Sends one event to PagerDuty (Events API v2): 202 is taken, 429 and 5xx are tried again, any other refusal is for
 * good. The routing key stands in the body alone; nothing of it, or of the answer's body, is said anywhere.
 */
import { z } from 'zod';

const TIMEOUT_MS = 10_000;

/** As PagerDuty documents it. The address of the API, and the key, are the operator's. */
export interface PagerdutyEvent {
  event_action: 'trigger' | 'acknowledge' | 'resolve';
  /** At most 255 characters: what all events of one alert have in common. */
  dedup_key: string;
  client?: string;
  client_url?: string;
  links?: { href: string; text: string }[];
  payload?: {
    /** At most 1024 characters. */
    summary: string;
    source: string;
    severity: 'critical' | 'error' | 'warning' | 'info';
    /** RFC 3339. */
    timestamp: string;
    component: string;
    class: string;
    custom_details: Record<string, string | number>;
  };
}

export type Sent =
  | { sent: true }
  /** It never will be. */
  | { sent: false; refused: number }
  /** Not now; `in_ms` where PagerDuty named a time. */
  | { sent: false; refused: null; error: string; in_ms: number | null };

/** One try. */
export async function sendPagerduty(
  to: { url: string; routing_key: string },
  event: PagerdutyEvent,
): Promise<Sent> {
  try {
    const answer = await fetch(to.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'hitl-pager' },
      body: JSON.stringify({ routing_key: to.routing_key, ...event }),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    if (answer.ok) return { sent: true };
    const { status } = answer;
    if (status === 408 || status === 429 || status >= 500)
      return {
        sent: false,
        refused: null,
        error: `PagerDuty answered ${status}`,
        in_ms: restOf(answer.headers.get('retry-after')),
      };
    return { sent: false, refused: status };
  } catch (error) {
    return { sent: false, refused: null, error: noAnswer(error), in_ms: null };
  }
}

/** `Retry-After` in seconds, at most five minutes: in ms; null where it names none. */
function restOf(header: string | null): number | null {
  const seconds = z.coerce.number().int().min(1).safeParse(header);
  return seconds.success ? Math.min(seconds.data, 300) * 1000 : null;
}

/** `fetch failed` says nothing; what it failed of stands deeper. */
function noAnswer(error: unknown): string {
  if (!(error instanceof Error)) return 'PagerDuty gave no answer';
  const deeper = error.cause instanceof Error ? error.cause : error;
  return `PagerDuty gave no answer: ${deeper.message}`;
}
