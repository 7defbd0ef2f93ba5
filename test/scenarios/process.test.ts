import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { acceptItem } from '../../src/intake/accept-item.ts';
import { parseItem } from '../../src/domain/parse-item.ts';
import { openDatabase } from '../../src/store/database.ts';
import { startPager } from '../../src/app/start-pager.ts';
import { openDesk, question, refund, type Desk } from './desk.ts';
import { ONE_RUNG } from './one-rung.ts';

describe('a process that ends and starts again', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy: ONE_RUNG });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  /** Another process with these settings; it must not get far. */
  const another = (env: Record<string, string>) => {
    const read = readConfig({
      SLACK_BOT_TOKEN: desk.slack.botToken,
      SLACK_APP_TOKEN: desk.slack.appToken,
      SLACK_API_URL: desk.slack.apiUrl,
      HITL_POLICY: 'policies/default.yaml',
      PORT: '0',
      ...env,
    });
    if (!read.ok) throw new Error(read.problems.join('\n'));
    return startPager(read.config, {
      clock: desk.clock,
      log: pino({ level: 'silent' }),
    });
  };

  it('everything is kept: open items and their cards, claims, decisions, deadlines', async () => {
    await desk.submit(refund('kept-open'));
    await desk.submit(refund('kept-claimed'));
    await desk.submit(refund('kept-decided'));
    await desk.slack
      .user('alice')
      .clicks('Claim')
      .on(await desk.card('kept-claimed'));
    await desk.slack
      .user('alice')
      .clicks('Approve')
      .on(await desk.card('kept-decided'));
    const result = await desk.result('kept-decided');
    const open = await desk.card('kept-open');
    await desk.card('kept-claimed', 'Release');

    await desk.restart();
    expect((await desk.card('kept-open')).ts).toBe(open.ts);
    expect(await desk.status('kept-claimed')).toMatchObject({ status: 'claimed' });
    expect((await desk.status('kept-decided')).result).toEqual(result);
    await desk.slack.user('bob').clicks('Approve').on(open);
    expect(await desk.result('kept-open')).toMatchObject({
      outcome: 'approved',
      decided_by: { slack_user: 'U0BOB' },
    });
    await desk.advance('30m');
    expect(await desk.result('kept-claimed')).toMatchObject({ outcome: 'expired' });
    for (const id of ['kept-open', 'kept-claimed', 'kept-decided'])
      expect(
        desk.slack
          .messages('C0BILLING')
          .filter((message) => JSON.stringify(message.blocks).includes(id)),
      ).toHaveLength(1);
  });

  it('what was taken in just before the end is carried out after the start', async () => {
    desk.slack.faults.every('chat.postMessage', { status: 500 });
    await desk.submit(question('before-1'));
    await desk.pager.stop();
    desk.slack.faults.clear();
    desk.clock.advance(2000);
    await desk.restart();
    await desk.card('before-1');
  });

  it('a second process on the same folder is refused, and told what to do; the first goes on', async () => {
    await expect(another({ HITL_DATA_DIR: desk.data_dir })).rejects.toThrow(
      /another hitl process uses this data folder .*HITL_DATA_DIR/,
    );
    await desk.submit(refund('first-1'));
    await desk.card('first-1');
  });

  it('a port that is taken is named, and nothing is left behind: the folder is free again', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve));
    const port = String((taken.address() as AddressInfo).port);
    const folder = join(desk.data_dir, 'second');
    await expect(another({ HITL_DATA_DIR: folder, PORT: port })).rejects.toThrow(
      new RegExp(`cannot listen on 127.0.0.1:${port}.*PORT`),
    );
    await new Promise<void>((resolve) => void taken.close(() => resolve()));
    const pager = await another({ HITL_DATA_DIR: folder, PORT: port });
    await pager.ready;
    await pager.stop();
  });

  it('a policy that is wrong is told line by line before anything is opened', async () => {
    await expect(
      another({ HITL_DATA_DIR: join(desk.data_dir, 'third'), HITL_POLICY: 'package.json' }),
    ).rejects.toMatchObject({
      problems: expect.arrayContaining([expect.stringContaining('package.json')]),
    });
  });

  it('stopping finishes what is in flight, and is the same when it is said twice', async () => {
    await desk.submit(refund('flight-1'));
    const card = await desk.card('flight-1');
    const { world } = desk.pager;
    const parsed = parseItem(refund('flight-2', { confidence: 0.99, impact: 1 }));
    if (!parsed.ok) throw new Error('no item');
    // The edit is under way, an item is being written, and a client waits, when the word comes.
    const click = desk.slack.user('alice').clicks('Approve').on(card);
    const waiting = desk.api('GET', '/v1/items/flight-1?wait=60');
    const accepting = acceptItem(world, {
      item: parsed.item,
      written: parsed.written,
      source: 'queue',
    });
    expect((await click).failed).toBeUndefined();
    await Promise.all([desk.pager.stop(), desk.pager.stop()]);
    expect((await accepting).accepted).toBe('new');
    expect((await waiting).body).toMatchObject({ item_id: 'flight-1' });
    const db = openDatabase(join(desk.data_dir, 'hitl.db'), { readonly: true });
    const decided = await db
      .selectFrom('items')
      .select(['id', 'outcome'])
      .where('id', 'like', 'flight-%')
      .orderBy('id')
      .execute();
    expect(decided).toEqual([
      { id: 'flight-1', outcome: 'approved' },
      { id: 'flight-2', outcome: 'auto_approved' },
    ]);
    const leased = await db
      .selectFrom('outbox')
      .select('id')
      .where('lease', 'is not', null)
      .execute();
    expect(leased).toEqual([]);
    await db.destroy();
    await desk.restart();
    await desk.card('flight-1', 'Approved');
    await desk.result('flight-2');
  });
});

describe('Slack away when the process starts', () => {
  it('items are taken in all the same, readiness waits, and it connects when Slack is back', async () => {
    const desk = await openDesk({ policy: ONE_RUNG });
    await desk.pager.stop();
    desk.slack.faults.every('auth.test', { status: 500 });
    desk.slack.faults.every('chat.postMessage', { status: 500 });
    const restarting = desk.restart();
    await desk.until('it tries', () =>
      desk.slack.calls.some((call) => call.method === 'auth.test' && call.status === 500),
    );
    desk.slack.faults.clear();
    await desk.until('it is connected', async () => {
      desk.clock.advance(500);
      return desk.slack.connections() > 0;
    });
    await restarting;
    await desk.submit(refund('later-1'));
    await desk.card('later-1');
    await desk.close();
  });

  it('a token that is refused for good is told as that', async () => {
    const desk = await openDesk({ policy: ONE_RUNG });
    await desk.pager.stop();
    desk.slack.faults.every('auth.test', { error: 'invalid_auth' });
    await expect(desk.restart()).rejects.toThrow(
      /Slack refuses the token \(invalid_auth\).*hitl doctor/,
    );
    desk.slack.faults.clear();
    await desk.close();
  });
});
