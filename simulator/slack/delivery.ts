// Handing things to the app: one envelope over whichever transport it uses, and events again when
// they were not acked. Interactive payloads go out once, as in Slack.
import { randomUUID } from 'node:crypto';
import type { Json } from './controls.ts';
import type { Problem, Workspace } from './records.ts';
import { addProblem } from './workspace.ts';

type EnvelopeKind = 'events_api' | 'interactive' | 'slash_commands';

export interface Envelope {
  envelope_id: string;
  type: EnvelopeKind;
  payload: Json;
  accepts_response_payload: boolean;
  /** Events only. */
  retry_attempt?: number;
  retry_reason?: string;
  /** For people: `block_actions item_approve`. */
  what: string;
}

/** Slack's limit; real time, because it guards a real transport. */
const ACK_LIMIT_MS = 3_000;
const EVENT_RETRY_AFTER_MS = [0, 60_000, 300_000];

export type Ack =
  | { ok: true; acked_in_ms: number; response: unknown }
  | {
      ok: false;
      reason: 'no_connection' | 'connection_lost' | 'timeout' | 'refused';
      detail: string;
    };

/** Sends one envelope `copies` times and answers with the first ack, or why there was none in time. */
export type Transport = (envelope: Envelope, copies: number) => Promise<Ack>;

export interface Delivery {
  /** Slash commands and interactions: once, never again. */
  send(kind: 'interactive' | 'slash_commands', payload: Json, what: string): Promise<Ack>;
  /** Events: again at once, after a minute, after five, until acked. Resolves when acked or given up. */
  sendEvent(payload: Json, what: string): Promise<Ack>;
  /** The next envelope goes out twice. */
  twice(): void;
  /** A connection came up: events that wait for one go out now. */
  connected(): void;
  close(): void;
}

export function createDelivery(transport: Transport): Delivery {
  let doubled = 0;
  let closed = false;
  const waiting = new Map<() => void, NodeJS.Timeout>();

  function copies(): number {
    if (doubled === 0) return 1;
    doubled -= 1;
    return 2;
  }

  /** Until `ms` have passed, or a connection comes up where `orConnected`. */
  function pause(ms: number, orConnected: boolean): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, ms);
      timer.unref();
      if (orConnected) waiting.set(go, timer);
    });
  }

  return {
    send(kind, payload, what) {
      const envelope: Envelope = {
        envelope_id: randomUUID(),
        type: kind,
        payload,
        accepts_response_payload: true,
        what,
      };
      return transport(envelope, copies());
    },
    async sendEvent(payload, what) {
      const base = {
        envelope_id: randomUUID(),
        type: 'events_api' as const,
        payload,
        accepts_response_payload: false,
        what,
      };
      let ack = await transport({ ...base, retry_attempt: 0, retry_reason: '' }, copies());
      for (const [index, delay] of EVENT_RETRY_AFTER_MS.entries()) {
        if (ack.ok || closed) return ack;
        const disconnected = ack.reason === 'no_connection' || ack.reason === 'connection_lost';
        await pause(disconnected ? Math.max(delay, 60_000) : delay, disconnected);
        if (closed) return ack;
        ack = await transport(
          { ...base, retry_attempt: index + 1, retry_reason: 'timeout' },
          copies(),
        );
      }
      return ack;
    },
    twice() {
      doubled += 1;
    },
    connected() {
      for (const go of waiting.keys()) go();
    },
    close() {
      closed = true;
      for (const go of waiting.keys()) go();
    },
  };
}

/** Watches one envelope for its ack: complains at three seconds, and says so when it comes later. */
export function watchAck(
  workspace: Workspace,
  envelope: Envelope,
): {
  result: Promise<Ack>;
  acked(response: unknown): void;
  failed(reason: 'connection_lost' | 'refused', detail: string): void;
} {
  const startedAt = performance.now();
  let problem: Problem | undefined;
  let settle: (ack: Ack) => void = () => {};
  const result = new Promise<Ack>((resolve) => {
    settle = resolve;
  });
  const timer = setTimeout(() => {
    problem = addProblem(
      workspace,
      'late_ack',
      `${envelope.what} was not acked within ${ACK_LIMIT_MS} ms`,
    );
    settle({ ok: false, reason: 'timeout', detail: `no ack within ${ACK_LIMIT_MS} ms` });
  }, ACK_LIMIT_MS);
  return {
    result,
    acked(response) {
      clearTimeout(timer);
      const acked_in_ms = performance.now() - startedAt;
      if (problem) problem.message += `; the ack came after ${Math.round(acked_in_ms)} ms`;
      settle({ ok: true, acked_in_ms, response });
    },
    failed(reason, detail) {
      clearTimeout(timer);
      settle({ ok: false, reason, detail });
    },
  };
}
