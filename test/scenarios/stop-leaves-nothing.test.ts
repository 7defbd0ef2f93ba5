import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoWorkspace } from '../../simulator/slack/seed.ts';
import { startSlack } from '../../simulator/slack/slack.ts';
import { createStopStack } from '../../src/app/stop-stack.ts';
import { built } from '../built.ts';
import { openDesk, refund, type Slack } from './desk.ts';

describe('a pager that is stopped', () => {
  let slack: Slack;
  let data_dir: string;
  beforeAll(async () => {
    slack = await startSlack({ seed: demoWorkspace });
    data_dir = await mkdtemp(join(tmpdir(), 'hitl-stop-'));
  });
  afterAll(async () => {
    await slack.close();
    await rm(data_dir, { recursive: true, force: true });
  });

  it('leaves no timer set, and its last sweep has ended', async () => {
    const desk = await openDesk();
    await desk.submit(refund('stop-1'));
    const card = await desk.card('stop-1');
    await desk.slack.user('alice').opensHome();
    await desk.slack.user('alice').clicks('Approve').on(card);
    await desk.result('stop-1');
    expect(desk.clock.pending()).toBeGreaterThan(5);
    await desk.stop();
    expect(desk.clock.pending()).toBe(0);
    await desk.close();
  });

  it('leaves no socket, thread or other handle in its process, which ends by itself', async () => {
    const child = fork(built('test/scenarios/start-and-stop.ts'), {
      execArgv: [],
      env: {
        PATH: process.env['PATH'] ?? '',
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_API_URL: slack.apiUrl,
        HITL_DATA_DIR: data_dir,
        HITL_API_TOKEN: 'a-token-for-this-test',
        PORT: '0',
      },
    });
    const ended = once(child, 'exit');
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    const answer = await fetch(`http://127.0.0.1:${port}/v1/items`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer a-token-for-this-test',
        'content-type': 'application/json',
      },
      body: JSON.stringify(refund('stop-2')),
    });
    expect(answer.status).toBe(202);
    // A question about figures starts their thread.
    await slack.user('mia').types('/hitl stats 7d', { channel: 'C0BILLING' });
    await slack.until(() => slack.ephemerals(undefined, 'U0BOSS').length > 0);
    child.send('stop');
    const [told] = (await once(child, 'message')) as [{ during: string[]; left: string[] }];
    expect(told.during).toEqual(expect.arrayContaining(['hitl.db', 'hitl.lock', 'tcp', 'thread']));
    expect(told.left).toEqual([]);
    expect(await ended).toEqual([0, null]);
  });
});

describe('what was started', () => {
  it('is stopped backwards, past a part that fails, once', async () => {
    const stopped: string[] = [];
    const stack = createStopStack(pino({ level: 'silent' }));
    stack.started('first', () => stopped.push('first'));
    stack.started('second', () => {
      stopped.push('second');
      throw new Error('it will not');
    });
    stack.started('third', async () => {
      await Promise.resolve();
      stopped.push('third');
    });
    const both = [stack.stop(), stack.stop()];
    await expect(both[0]).rejects.toThrow('not everything could be stopped');
    await expect(both[1]).rejects.toThrow('not everything could be stopped');
    expect(stopped).toEqual(['third', 'second', 'first']);
  });

  it('is stopped past a part that never ends, which is named', async () => {
    const stopped: string[] = [];
    const stack = createStopStack(pino({ level: 'silent' }), 20);
    stack.started('first', () => stopped.push('first'));
    stack.started('second', () => new Promise(() => {}));
    await expect(stack.stop()).rejects.toMatchObject({
      errors: [expect.objectContaining({ message: expect.stringContaining('second') })],
    });
    expect(stopped).toEqual(['first']);
  });
});
