/** What an operator reads at three in the morning: Redis gone for minutes, and Slack with a token that was revoked. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from '../scenarios/desk.ts';
import { laneRows } from '../scenarios/lane-rows.ts';
import { startRedis, type RedisServer } from './redis-server.ts';

describe('the log through an outage', () => {
  let redis: RedisServer;
  let desk: Desk;
  beforeAll(async () => {
    redis = await startRedis();
    desk = await openDesk({ env: { REDIS_URL: redis.url } });
  });
  afterAll(async () => {
    desk.slack.faults.clear();
    await desk.close();
    await redis.close();
  });
  const ready = () => desk.api('GET', '/readyz', undefined, null);
  /** The lines that are shown by default, from `begin` on. */
  const shown = (begin: number) =>
    desk.logs
      .slice(begin)
      .filter((line) => ['warn', 'error', 'fatal'].includes(String(line['level'])));
  const withCause = (begin: number, cause: RegExp) =>
    shown(begin).filter((line) => cause.test(String(line['cause'])));

  it('says once that Redis is away, and with what; once a minute while it lasts; and that it is back', async () => {
    const begin = desk.logs.length;
    await redis.kill();
    await desk.until('it is not ready', async () => (await ready()).status === 503);
    await desk.until('it is said', () => withCause(begin, /ECONNREFUSED/).length === 1);
    for (const id of ['a', 'b', 'c', 'd'])
      await desk.api('POST', '/v1/items', refund(`let-${id}`, { confidence: 0.99, impact: 1 }));
    await desk.until('the results wait', () => {
      desk.clock.advance(500);
      return (
        desk.logs.slice(begin).filter((line) => line['msg'] === 'not delivered yet').length >= 8
      );
    });
    expect(withCause(begin, /ECONNREFUSED/).length).toBeLessThanOrEqual(2);
    expect((await ready()).body.missing).toContainEqual(
      expect.stringMatching(/^Redis does not answer \(.*ECONNREFUSED/),
    );
    desk.clock.advance(60_000);
    await desk.until('it is said again, a minute later', () =>
      withCause(begin, /ECONNREFUSED/).some((line) => Number(line['for_s']) >= 60),
    );
    // Three a minute at most: Redis, its results, and a job that could not be asked for.
    expect(shown(begin).length).toBeLessThanOrEqual(8);
    expect(JSON.stringify(shown(begin))).not.toMatch(/\\n\s+at /);

    await redis.again();
    await desk.until('it is ready', async () => (await ready()).status === 200);
    await desk.until('it is said that it is back', () =>
      desk.logs.slice(begin).some((line) => line['level'] === 'info' && 'for_s' in line),
    );
    await desk.until('the results are delivered', async () => {
      desk.clock.advance(2000);
      const rows = await laneRows(desk, 'results', 'let-a');
      return rows.every((row) => row.state === 'done');
    });
  });

  it('says that Slack refuses the token, and by what name; so does /readyz, without any item', async () => {
    const begin = desk.logs.length;
    desk.slack.faults.every('*', { error: 'token_revoked' });
    await desk.until('it is found', async () => {
      desk.clock.advance(60_000);
      const { status, body } = await ready();
      const words = 'Slack refuses SLACK_BOT_TOKEN (token_revoked)';
      return status === 503 && (body.missing as string[]).includes(words);
    });
    for (const id of ['e', 'f', 'g']) await desk.submit(refund(`asked-${id}`));
    await desk.until('the cards wait', () => {
      desk.clock.advance(500);
      return (
        desk.logs.slice(begin).filter((line) => line['msg'] === 'not delivered yet').length >= 6
      );
    });
    const said = withCause(begin, /^token_revoked$/);
    // A minute of the test's clock each: once for the token, and once for what waits.
    const minutes = Math.max(...said.map((line) => Number(line['for_s'] ?? 0))) / 60;
    expect(said.length).toBeGreaterThan(0);
    expect(said.length).toBeLessThanOrEqual(2 * (minutes + 2));
    desk.slack.faults.clear();
    await desk.until('it is ready', async () => {
      desk.clock.advance(60_000);
      return (await ready()).status === 200;
    });
    await desk.card('asked-e');
  });
});
