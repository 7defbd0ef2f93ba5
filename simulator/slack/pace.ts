// Slack's rate limits: a pace for posts in each channel, and calls a minute for each method's tier.
import type { Workspace } from './records.ts';
import { addProblem } from './workspace.ts';

export interface PaceOptions {
  per_channel_ms: number;
  burst: number;
  /** Calls a minute by tier as well (20, 50, 100); true where nothing is said. */
  tiers?: boolean;
}

export type Tier = 1 | 2 | 3 | 4 | 'post' | 'none';

/** Tier 1 says "1+", yet Slack lets an app open several sockets in a row. */
const PER_MINUTE: Record<1 | 2 | 3 | 4, number> = { 1: 10, 2: 20, 3: 50, 4: 100 };
/** Slack says "about one a second": an arrival a little early after a long row of exact ones passes. */
const TOLERANCE = 0.05;

export interface Pace {
  set(options: PaceOptions | null): void;
  /** Seconds to wait, where this call comes too early; else undefined, and the call is counted. */
  check(method: string, tier: Tier, channel: string | undefined): number | undefined;
}

interface ChannelPace {
  /** When the next post would be due at an even pace (generic cell rate algorithm). */
  due_at: number;
  refused_until?: number;
}

export function createPace(workspace: Workspace, options: PaceOptions | null): Pace {
  let current = options;
  let channels = new Map<string, ChannelPace>();
  let windows = new Map<string, { started_at: number; count: number }>();

  function checkChannel(pace: PaceOptions, channel: string): number | undefined {
    const now = workspace.clock.now();
    const state = channels.get(channel) ?? { due_at: now };
    channels.set(channel, state);
    const allowance = (pace.burst - 1 + TOLERANCE) * pace.per_channel_ms;
    if (now < state.due_at - allowance) {
      if (state.refused_until !== undefined && now < state.refused_until) {
        addProblem(
          workspace,
          'ignored_retry_after',
          `a second 429 in a row in ${channel}: posted ${Math.ceil(state.refused_until - now)} ms before Retry-After had passed`,
        );
      }
      const seconds = Math.max(1, Math.ceil((state.due_at - allowance - now) / 1000));
      state.refused_until = now + seconds * 1000;
      return seconds;
    }
    state.due_at = Math.max(now, state.due_at) + pace.per_channel_ms;
    state.refused_until = undefined;
    return undefined;
  }

  function checkTier(method: string, tier: 1 | 2 | 3 | 4): number | undefined {
    const now = workspace.clock.now();
    const window = windows.get(method);
    if (!window || now - window.started_at >= 60_000) {
      windows.set(method, { started_at: now, count: 1 });
      return undefined;
    }
    if (window.count >= PER_MINUTE[tier]) {
      return Math.max(1, Math.ceil((window.started_at + 60_000 - now) / 1000));
    }
    window.count += 1;
    return undefined;
  }

  return {
    set(next) {
      current = next;
      channels = new Map();
      windows = new Map();
    },
    check(method, tier, channel) {
      if (!current || tier === 'none') return undefined;
      if (tier === 'post') return channel ? checkChannel(current, channel) : undefined;
      return current.tiers === false ? undefined : checkTier(method, tier);
    },
  };
}
