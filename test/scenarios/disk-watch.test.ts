import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from './desk.ts';

const GB = 1e9;

describe('a disk that fills up', () => {
  let desk: Desk;
  let free = 50 * GB;
  beforeAll(async () => {
    desk = await openDesk({ measure: async () => ({ free, total: 100 * GB }) });
  });
  afterAll(() => desk.close());
  const warnings = async () =>
    ((await desk.api('GET', '/readyz', undefined, null)).body.warnings ?? []) as string[];
  const told = () =>
    desk.slack
      .messages('C0OPS')
      .filter((message) => desk.textOf(message).includes('free on the disk'));
  /** It is looked at once a minute. */
  const untilWarned = (words: string) =>
    desk.until(`it is warned of ${words}`, async () => {
      desk.clock.advance(60_000);
      return (await warnings()).some((warning) => warning.includes(words));
    });

  it('is measured for Prometheus', async () => {
    const { body } = await desk.api('GET', '/metrics');
    expect(body).toMatch(/^hitl_data_free_bytes 50000000000$/m);
    expect(await warnings()).toEqual([]);
  });

  it('is warned of at a tenth and at a gigabyte, each once; /readyz stays 200 and says how much', async () => {
    free = 9 * GB;
    await untilWarned('9.0 GB (9%) free');
    await desk.until('the operators hear', () => told().length === 1);
    free = 8 * GB;
    await untilWarned('8.0 GB (8%) free');
    free = 0.5 * GB;
    await untilWarned('0.5 GB (0%) free');
    await desk.until('the operators hear again', () => told().length === 2);
    free = 0.4 * GB;
    await untilWarned('0.4 GB');
    expect(told()).toHaveLength(2);
    expect((await desk.api('GET', '/readyz', undefined, null)).status).toBe(200);
  });

  it('with room again the warning ends, and the next time is told anew', async () => {
    free = 50 * GB;
    await desk.until('no warning', async () => {
      desk.clock.advance(60_000);
      return (await warnings()).length === 0;
    });
    free = 9 * GB;
    await desk.until('the operators hear once more', () => {
      desk.clock.advance(60_000);
      return told().length === 3;
    });
  });
});

describe('a database that is damaged while it runs', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
    await desk.submit(refund('kept'));
    await desk.card('kept');
  });
  afterAll(() => desk.close().catch(() => {}));

  it('is told as that, and stays told: it does not heal by itself', async () => {
    const file = join(desk.data_dir, 'hitl.db');
    const other = new SQLite(file);
    other.pragma('wal_checkpoint(TRUNCATE)');
    const size = statSync(file).size;
    const written = openSync(file, 'r+');
    writeSync(written, Buffer.alloc(size - 4096, 0x5a), 0, size - 4096, 4096);
    closeSync(written);
    // Another's write has the pager read its pages again.
    other.pragma('user_version = 2');
    other.close();
    expect(await desk.api('POST', '/v1/items', refund('late'))).toMatchObject({
      status: 503,
      body: { detail: expect.stringContaining('database is damaged') },
    });
    desk.clock.advance(60_000);
    const { status, body } = await desk.api('GET', '/readyz', undefined, null);
    expect(status).toBe(503);
    expect(body.missing).toContainEqual(
      expect.stringMatching(/HITL_DATA_DIR \(.*\) is damaged .*put a backup in its place/),
    );
    await desk.until('the operators hear', () =>
      desk.slack.messages('C0OPS').some((message) => desk.textOf(message).includes('is damaged')),
    );
  });
});
