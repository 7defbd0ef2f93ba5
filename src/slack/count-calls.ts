/** Counts the calls of the Web API by what came of them, as they pass on their way. */
import type { WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';
import { rootWords } from '../domain/error-chain.ts';
import { createSlackHealth } from './slack-health.ts';

type Fetch = NonNullable<WebClientOptions['fetch']>;

export type CallResult = 'ok' | 'refused' | 'rate_limited' | 'http_error' | 'no_answer';

export interface SlackCalls {
  /** For a client: calls go through it. */
  fetch: Fetch;
  /** What is wrong with Slack, a sentence each; empty: all is well. */
  troubles(): string[];
  counts(): { method: string; result: CallResult; count: number }[];
}

export function createSlackCalls(world: { clock: Clock; log: Logger }): SlackCalls {
  const health = createSlackHealth(world);
  const counted = new Map<string, { method: string; result: CallResult; count: number }>();
  const count = (method: string, result: CallResult) => {
    const key = `${method} ${result}`;
    const held = counted.get(key) ?? { method, result, count: 0 };
    held.count += 1;
    counted.set(key, held);
  };
  return {
    troubles: health.troubles,
    counts: () => [...counted.values()],
    async fetch(input, init) {
      const method = methodOf(String(input));
      let answer: Response;
      try {
        answer = await globalThis.fetch(input, init);
      } catch (error) {
        count(method, 'no_answer');
        health.silent(rootWords(error));
        throw error;
      }
      if (answer.status === 429) count(method, 'rate_limited');
      else if (!answer.ok) {
        count(method, 'http_error');
        health.silent(`HTTP ${answer.status}`);
      } else {
        const text = await answer.clone().text();
        const isDone = /"ok":\s*true/.test(text);
        count(method, isDone ? 'ok' : 'refused');
        health.answered(
          method,
          isDone ? null : (/"error":\s*"(\w+)"/.exec(text)?.[1] ?? 'unknown'),
        );
      }
      return answer;
    },
  };
}

/** The last part of the address where it names a method: anything else makes no series of its own. */
function methodOf(url: string): string {
  const [, method] = /\/api\/([a-z]+(?:\.[a-zA-Z]+)+)(?:\?|$)/.exec(url) ?? [];
  return method ?? 'other';
}
