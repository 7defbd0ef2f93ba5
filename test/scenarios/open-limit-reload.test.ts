/** A domain's `open_limit`, and its channel, change while items wait behind. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDesk, refund } from './desk.ts';
import { TWO_AT_A_TIME as policy } from './two-at-a-time.ts';
import { edited } from '../edited.ts';

describe('when the policy changes', () => {
  it('a higher limit lets more forward, and without one all that waited has a card', async () => {
    const desk = await openDesk({ policy });
    const decideCards = async () =>
      (
        await desk.pager.world.db
          .selectFrom('cards')
          .select('id')
          .where('purpose', '=', 'decide')
          .execute()
      ).length;
    const reload = async (text: string) => {
      await writeFile(join(desk.data_dir, 'policy.yaml'), text);
      expect(await desk.pager.reload()).toEqual([]);
      await desk.advance('1s');
    };
    const items = Array.from({ length: 30 }, (_, at) => refund(`r-${at}`));
    await Promise.all(items.map((item) => desk.api('POST', '/v1/items', item)));
    expect(await decideCards()).toBe(2);
    await reload(edited(policy, ['open_limit: 2', 'open_limit: 4']));
    expect(await decideCards()).toBe(4);
    await reload(edited(policy, ['open_limit: 2', 'open_limit: 1']));
    expect(await decideCards()).toBe(4);
    // Another channel: the list goes on there, and the old card leads to it.
    await reload(
      edited(policy, ['open_limit: 2', 'open_limit: 1'], ['channel: C0BILLING', 'channel: C0DATA']),
    );
    const there = await desk.until('a digest card over there', () => {
      desk.clock.advance(1000);
      return desk.slack.messages('C0DATA').find((one) => one.text.includes('26 more waiting'));
    });
    await desk.until('the old card leads to it', async () => {
      // What is drawn before the new one stands there has no link yet.
      await desk.advance('61s');
      return desk.slack
        .messages('C0BILLING')
        .some((one) => JSON.stringify(one.blocks).includes(there.ts.replace('.', '')));
    });
    await reload(edited(policy, ['    open_limit: 2\n', '']));
    expect(await decideCards()).toBe(30);
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
});
