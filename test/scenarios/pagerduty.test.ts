import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from './desk.ts';
import { withRungs } from './one-rung.ts';
import { startPagerduty, type Pagerduty } from './pagerduty-stand-in.ts';
import { laneRows } from './lane-rows.ts';
import { edited } from '../edited.ts';

const KEY = 'r0utingkeyr0utingkeyr0utingkey00';
const UNKNOWN = 'unkn0wnkeyunkn0wnkeyunkn0wnkey00';

/** Billing calls alice, then PagerDuty, and nobody after that. */
const policy = withRungs(`      - { level: 1, notify: [U0ALICE], decide_within: 30m }
      - { level: 2, notify: ["pagerduty:OPS"], decide_within: 1h }
`);
/** By a key that PagerDuty does not know, then mia. */
const unknownKey = withRungs(`      - { level: 1, notify: [U0ALICE], decide_within: 30m }
      - { level: 2, notify: ["pagerduty:OLD"], decide_within: 1h }
      - { level: 3, notify: [U0BOSS], decide_within: 4h }
`);

describe('a rung that calls PagerDuty', () => {
  let desk: Desk;
  let pagerduty: Pagerduty;
  beforeAll(async () => {
    pagerduty = await startPagerduty(KEY);
    desk = await openDesk({
      policy,
      env: { HITL_PAGERDUTY_KEYS: `OPS:${KEY},OLD:${UNKNOWN}`, HITL_PAGERDUTY_URL: pagerduty.url },
    });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    const said = JSON.stringify([
      desk.logs,
      desk.slack.messages('C0BILLING'),
      desk.slack.messages('C0OPS'),
    ]);
    expect(said).not.toContain(KEY);
    expect(said).not.toContain(UNKNOWN);
    await desk.close();
    await pagerduty.close();
  });

  const eventsOf = (from: number) => pagerduty.events.slice(from);
  const came = (from: number, times: number) =>
    desk.until(`${times} events`, () => eventsOf(from).length >= times && eventsOf(from));
  const row = async (id: string) => {
    const [newest] = await laneRows(desk, 'pagerduty', id);
    if (!newest) throw new Error(`nothing of ${id} goes to PagerDuty`);
    return newest;
  };
  const settled = (id: string) =>
    desk.until(
      `PagerDuty's row of ${id} has ended`,
      async () => (await row(id)).state !== 'pending',
    );
  /** Time goes on to the next try. */
  const nextTry = async (id: string): Promise<void> => {
    const waits = await desk.until(`the event of ${id} waits`, async () => {
      const { lease, not_before, attempts } = await row(id);
      return lease === null && attempts > 0 && not_before - desk.clock.now();
    });
    desk.clock.advance(waits);
  };
  const inChannel = (channel: string, words: string) =>
    desk.slack.messages(channel).filter((one) => desk.textOf(one).includes(words));

  it('triggers one alert when the item climbs there, and resolves it when it is decided', async () => {
    await desk.submit(refund('climbs-1', { impact: 8 }));
    const card = await desk.card('climbs-1');
    expect(pagerduty.events).toEqual([]);
    await desk.advance('30m');
    const [event] = await came(0, 1);
    expect(event).toEqual({
      routing_key: KEY,
      event_action: 'trigger',
      dedup_key: expect.stringMatching(/^hitl-[0-9a-f]{40}$/),
      client: 'HITL Pager',
      client_url: expect.stringContaining(`/archives/C0BILLING/p${card.ts.replace('.', '')}`),
      links: [{ href: expect.stringContaining('/archives/C0BILLING/'), text: 'The card in Slack' }],
      payload: {
        summary: 'Billing needs a decision: Refund 240 EUR to customer 88?',
        source: 'hitl-pager',
        severity: 'critical',
        timestamp: '2026-11-23T09:30:00.000Z',
        component: 'billing',
        class: 'approval',
        custom_details: {
          item_id: 'climbs-1',
          level: 2,
          impact: 8,
          due_at: '2026-11-23T10:30:00.000Z',
        },
      },
    });
    await desk.until('the thread says so', () =>
      inChannel('C0BILLING', 'I called PagerDuty too').at(0),
    );
    await desk.slack
      .user('bob')
      .clicks('Approve')
      .on(await desk.card('climbs-1', 'level 2'));
    const [, end] = await came(0, 2);
    expect(end).toEqual({
      routing_key: KEY,
      event_action: 'resolve',
      dedup_key: event?.dedup_key,
    });
    await settled('climbs-1');
    expect(pagerduty.alerts.get(event?.dedup_key ?? '')).toEqual({ opened: 1, stands: 'resolved' });
    expect(eventsOf(0)).toHaveLength(2);
  });

  it('a lost answer sends the same alert again; it is resolved when the item expires; a sensitive title stays here', async () => {
    const from = pagerduty.events.length;
    pagerduty.next('lost', 503, { status: 429, headers: { 'retry-after': '7' } });
    await desk.submit(refund('lost-1', { sensitive: ['$.title'] }));
    await desk.card('lost-1');
    await desk.advance('30m');
    for (const times of [1, 2]) {
      await came(from, times);
      await nextTry('lost-1');
    }
    await came(from, 3);
    await desk.until('the lane rests', async () => (await row('lost-1')).lease === null);
    desk.clock.advance(8000);
    const tries = await came(from, 4);
    expect(new Set(tries.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(JSON.stringify(tries)).not.toContain('Refund 240');
    await settled('lost-1');
    await desk.advance('1h');
    expect((await desk.result('lost-1')).outcome).toBe('expired');
    const [, , , , end] = await came(from, 5);
    expect(end).toMatchObject({ event_action: 'resolve', dedup_key: tries[0]?.dedup_key });
    await settled('lost-1');
    expect(pagerduty.alerts.get(end?.dedup_key ?? '')).toEqual({ opened: 1, stands: 'resolved' });
  });

  it('a claim acknowledges the alert, after it was raised; letting go changes nothing there', async () => {
    const from = pagerduty.events.length;
    pagerduty.next(503);
    await desk.submit(refund('claimed-1'));
    await desk.card('claimed-1');
    await desk.advance('30m');
    await came(from, 1);
    const bob = desk.slack.user('bob');
    await bob.clicks('Claim').on(await desk.card('claimed-1', 'level 2'));
    const claimed = await desk.card('claimed-1', 'Claimed by');
    await desk.until('all is told', async () => {
      desk.clock.advance(1000);
      const rows = await laneRows(desk, 'pagerduty');
      return rows.every((one) => one.state !== 'pending');
    });
    const told = eventsOf(from);
    expect(told.map((one) => one.event_action)).toEqual(['trigger', 'trigger', 'acknowledge']);
    const key = told[0]?.dedup_key ?? '';
    expect(told.every((one) => one.dedup_key === key)).toBe(true);
    expect(pagerduty.alerts.get(key)).toEqual({ opened: 1, stands: 'acknowledged' });
    await bob.clicks('Release').on(claimed);
    const free = await desk.until('it is let go', async () => {
      const card = await desk.card('claimed-1');
      return !desk.textOf(card).includes('Claimed by') && card;
    });
    expect(pagerduty.alerts.get(key)).toEqual({ opened: 1, stands: 'acknowledged' });
    await bob.clicks('Approve').on(free);
    await desk.until('it is resolved', () => {
      desk.clock.advance(1000);
      return pagerduty.alerts.get(key)?.stands === 'resolved';
    });
    await settled('claimed-1');
  });

  it('an alert that could not be raised before the decision is not raised after it', async () => {
    const from = pagerduty.events.length;
    pagerduty.next(500);
    await desk.submit(refund('late-1'));
    await desk.card('late-1');
    await desk.advance('30m');
    await came(from, 1);
    await desk.until('it waits', async () => (await row('late-1')).lease === null);
    await desk.slack
      .user('bob')
      .clicks('Approve')
      .on(await desk.card('late-1', 'level 2'));
    await desk.card('late-1', 'Approved');
    await desk.until('nothing waits', async () => {
      // The service asked for a slower pace before.
      desk.clock.advance(2000);
      const rows = await laneRows(desk, 'pagerduty');
      return rows.every((one) => one.state !== 'pending');
    });
    expect(eventsOf(from).map((one) => one.event_action)).toEqual(['trigger', 'resolve']);
  });

  it('a key that PagerDuty refuses is told once, and its rung is passed by at once', async () => {
    writeFileSync(join(desk.data_dir, 'policy.yaml'), unknownKey);
    expect(await desk.pager.reload()).toEqual([]);
    for (const id of ['refused-1', 'refused-2']) {
      await desk.submit(refund(id));
      await desk.card(id);
    }
    const from = pagerduty.events.length;
    await desk.advance('30m');
    await came(from, 2);
    for (const id of ['refused-1', 'refused-2']) await settled(id);
    await desk.advance('1s');
    for (const id of ['refused-1', 'refused-2'])
      await desk.until(`mia is paged for ${id}`, () =>
        desk.slack.dm('mia').some((one) => JSON.stringify(one.blocks).includes(id)),
      );
    await desk.until('the operators are told', () =>
      inChannel('C0OPS', 'could not be paged by the key').at(0),
    );
    expect(inChannel('C0OPS', 'could not be paged by the key')).toHaveLength(1);
  });

  it('a policy that names a key which is not there is not taken', async () => {
    const file = join(desk.data_dir, 'policy.yaml');
    writeFileSync(file, edited(policy, ['pagerduty:OPS', 'pagerduty:NIGHT']));
    expect(await desk.pager.reload()).toEqual([
      `${file}: ladder billing-desk, rung 2 names \`pagerduty:NIGHT\`, and HITL_PAGERDUTY_KEYS has no key of that name: set it (NAME:routing_key), or take it out of the policy`,
    ]);
  });
});
