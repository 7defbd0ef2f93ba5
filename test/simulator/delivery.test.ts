import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ack, Envelope } from '../../simulator/slack/delivery.ts';
import { createDelivery, watchAck } from '../../simulator/slack/delivery.ts';
import { emptyWorkspace } from '../../simulator/slack/workspace.ts';

const envelope: Envelope = {
  envelope_id: 'e-1',
  type: 'interactive',
  payload: {},
  accepts_response_payload: true,
  what: 'block_actions item_approve',
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('the three seconds for an ack', () => {
  it('pass quietly when the ack comes in time', async () => {
    const workspace = emptyWorkspace({ now: () => 0 });
    const watch = watchAck(workspace, envelope);
    vi.advanceTimersByTime(2_999);
    watch.acked({ ok: 1 });
    expect(await watch.result).toMatchObject({ ok: true, acked_in_ms: 2_999, response: { ok: 1 } });
    expect(workspace.problems).toEqual([]);
  });

  it('end with a failed click and a problem, which says when the ack came after all', async () => {
    const workspace = emptyWorkspace({ now: () => 0 });
    const watch = watchAck(workspace, envelope);
    vi.advanceTimersByTime(3_000);
    expect(await watch.result).toMatchObject({ ok: false, reason: 'timeout' });
    expect(workspace.problems).toMatchObject([
      { kind: 'late_ack', message: 'block_actions item_approve was not acked within 3000 ms' },
    ]);
    vi.advanceTimersByTime(500);
    watch.acked({});
    expect(workspace.problems[0]?.message).toMatch(/the ack came after 3500 ms$/);
  });

  it('are not the app’s fault when its connection was cut', async () => {
    const workspace = emptyWorkspace({ now: () => 0 });
    const watch = watchAck(workspace, envelope);
    watch.failed('connection_lost', 'cut');
    vi.advanceTimersByTime(10_000);
    expect(await watch.result).toMatchObject({ ok: false, reason: 'connection_lost' });
    expect(workspace.problems).toEqual([]);
  });
});

describe('an event that is not acked', () => {
  function recorded(answers: Ack[]) {
    const sent: { attempt: number | undefined; reason: string | undefined; id: unknown }[] = [];
    const delivery = createDelivery(async (each) => {
      sent.push({
        attempt: each.retry_attempt,
        reason: each.retry_reason,
        id: each.payload['event_id'],
      });
      return answers.shift() ?? { ok: true, acked_in_ms: 1, response: {} };
    });
    return { sent, delivery };
  }
  const timeout: Ack = { ok: false, reason: 'timeout', detail: '' };
  const noSocket: Ack = { ok: false, reason: 'no_connection', detail: '' };

  it('comes again at once, after a minute, after five, and then no more', async () => {
    const { sent, delivery } = recorded([timeout, timeout, timeout, timeout]);
    const result = delivery.sendEvent({ event_id: 'Ev1' }, 'event');
    await vi.advanceTimersByTimeAsync(0);
    expect(sent.map(({ attempt }) => attempt)).toEqual([0, 1]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent.map(({ attempt }) => attempt)).toEqual([0, 1, 2]);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(sent).toEqual([
      { attempt: 0, reason: '', id: 'Ev1' },
      { attempt: 1, reason: 'timeout', id: 'Ev1' },
      { attempt: 2, reason: 'timeout', id: 'Ev1' },
      { attempt: 3, reason: 'timeout', id: 'Ev1' },
    ]);
    expect(await result).toEqual(timeout);
  });

  it('waits for a connection where there was none', async () => {
    const { sent, delivery } = recorded([noSocket]);
    const result = delivery.sendEvent({ event_id: 'Ev1' }, 'event');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toHaveLength(1);
    delivery.connected();
    expect(await result).toMatchObject({ ok: true });
    expect(sent.map(({ attempt }) => attempt)).toEqual([0, 1]);
  });

  it('is the only kind that comes again: a click does not', async () => {
    const { sent, delivery } = recorded([timeout]);
    expect(await delivery.send('interactive', {}, 'click')).toEqual(timeout);
    await vi.advanceTimersByTimeAsync(400_000);
    expect(sent).toHaveLength(1);
  });
});
