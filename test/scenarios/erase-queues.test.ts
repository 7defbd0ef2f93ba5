import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hitl } from '../src/cli/terminal.ts';
import { openDesk, refund, type Desk } from './desk.ts';

/** It stands in every payload of what is erased, and nowhere else. */
const WORD = 'zwetschgendatschi';

describe('what was erased is in no queue either', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk.close());

  const filesWith = (word: string) =>
    readdirSync(desk.data_dir).filter((name) =>
      readFileSync(join(desk.data_dir, name)).includes(word),
    );
  const erase = async (...args: string[]) => {
    const { code, out, err } = await hitl(['erase', ...args, '--reason', 'a customer asked'], {
      env: { HITL_DATA_DIR: desk.data_dir },
      clock: desk.clock,
    });
    return { code, out, err };
  };

  it('an item that came by the queue, a replay of it, and one that could not be understood', async () => {
    await desk.submit(refund('spoken', { body: WORD }), 'job-1');
    await desk.submit(refund('spoken', { body: WORD, title: '' }), 'job-2');
    await desk.submit({ mail: `${WORD}@example.com` }, 'job-3');
    await desk.submit(refund('other', { body: 'Marille' }), 'job-4');
    const { id } = await desk.pager.world.db
      .selectFrom('raw_payloads')
      .select('id')
      .where('job_id', '=', 'job-3')
      .executeTakeFirstOrThrow();
    expect(filesWith(WORD).toString()).toContain('queue.db');

    const item = await erase('--item', 'spoken');
    expect(item).toMatchObject({
      code: 0,
      out: expect.stringContaining('queues: 2 jobs taken out of the embedded queue'),
    });
    const raw = await erase('--raw', id);
    expect(raw).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^erased: a payload .*\nqueues: 1 job taken out/),
    });
    // The pager looks from time to time for what another process wants sent.
    desk.clock.advance(60_000);
    await desk.until('the notice says so', () =>
      desk.slack
        .messages('C0DATA')
        .some((message) => desk.textOf(message).includes('What came in was erased')),
    );
    await desk.stop();
    // The cards that were drawn meanwhile may stand in pages that are free by now.
    expect((await erase('--item', 'spoken')).code).toBe(0);
    expect(filesWith(WORD)).toEqual([]);
    expect(filesWith('Marille').toString()).toContain('queue.db');
    const verified = await hitl(['audit', 'verify'], {
      env: { HITL_DATA_DIR: desk.data_dir },
      clock: desk.clock,
    });
    expect(verified.code).toBe(0);
  });

  it.each([
    [['--raw', 'no-such'], 1, /no payload "no-such" was kept here/],
    [['--raw', 'a', '--item', 'b'], 2, /one of --item ID, --person U… or --raw ID/],
  ])('%j is told what is wrong', async (args, code, err) => {
    expect(await erase(...args)).toMatchObject({ code, err: expect.stringMatching(err) });
  });
});
