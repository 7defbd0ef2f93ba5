// What Slack does on a bad day, as switches, and what the app did about it, as counts.
import { isJson } from '../../slack/controls.ts';
import type { Fault } from '../../slack/faults.ts';
import type { Call } from '../../slack/records.ts';
import type { Slack } from '../../slack/slack.ts';
import type { Mishap, Trouble, TroubleInfo } from '../protocol.ts';

/** What posts and changes messages: where a bad day shows. */
const WRITING = ['chat.postMessage', 'chat.update', 'chat.postEphemeral'];
const EVERYTHING = ['*'];

const FAULTS: Record<Trouble, { methods: string[]; fault: Fault }> = {
  rate_limited: { methods: WRITING, fault: { ratelimited: 2 } },
  server_error: { methods: WRITING, fault: { status: 500 } },
  slow: { methods: EVERYTHING, fault: { slow_ms: 1_200 } },
};
/** In this order the first that applies is met. */
const ORDER: Trouble[] = ['server_error', 'rate_limited', 'slow'];
const PROBLEMS_SHOWN = 8;

export interface TroubleMaker {
  turn(trouble: Trouble, on: boolean): void;
  once(mishap: Mishap): void;
  info(): TroubleInfo;
  stop(): void;
}

export function createTroubleMaker(slack: Slack): TroubleMaker {
  const on = new Set<Trouble>();
  const counts = new Map<string, TroubleInfo['methods'][number]>();
  /** What was called for and did not come through, to be known again when it is repeated. */
  const failed = new Set<string>();
  let retries = 0;
  const stop = slack.onChange((change) => {
    if (change.type !== 'call') return;
    const { call } = change;
    const count = counts.get(call.method) ?? {
      method: call.method,
      ok: 0,
      rate_limited: 0,
      refused: 0,
      lost: 0,
    };
    count[howItWent(call)] += 1;
    counts.set(call.method, count);
    const key = whatFor(call);
    if (failed.has(key)) retries += 1;
    if (call.ok && call.status !== 0) failed.delete(key);
    else failed.add(key);
  });
  return {
    turn(trouble, turnOn) {
      if (turnOn) on.add(trouble);
      else on.delete(trouble);
      slack.faults.clear();
      for (const each of ORDER) {
        if (!on.has(each)) continue;
        const { methods, fault } = FAULTS[each];
        for (const method of methods) slack.faults.every(method, fault);
      }
    },
    once(mishap) {
      switch (mishap) {
        case 'cut_sockets':
          return slack.cutSockets();
        case 'deliver_twice':
          return slack.deliverTwice();
        case 'lose_answer':
          return slack.faults.next('chat.postMessage', 'lost_answer');
        default:
          return mishap satisfies never;
      }
    },
    info: () => ({
      on: [...on],
      connections: slack.connections(),
      methods: [...counts.values()].sort((a, b) => (a.method < b.method ? -1 : 1)),
      retries,
      problems: slack.problems
        .slice(-PROBLEMS_SHOWN)
        .map(({ kind, message }) => ({ kind, message })),
    }),
    stop,
  };
}

function howItWent(call: Call): 'ok' | 'rate_limited' | 'refused' | 'lost' {
  if (call.status === 0) return 'lost';
  if (call.status === 429) return 'rate_limited';
  return call.ok ? 'ok' : 'refused';
}

/** What tells one call from another when it is made again. */
function whatFor({ method, args }: Call): string {
  const { channel, ts, user, text, metadata } = args;
  const about = isJson(metadata) ? JSON.stringify(metadata) : metadata;
  return JSON.stringify([method, channel, ts, user, about ?? text]);
}
