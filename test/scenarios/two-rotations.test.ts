/** Two rotations in one domain, the second in another zone: both are shown, and both are paged as the policy says. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from './desk.ts';
import { edited } from '../edited.ts';

/** Bob has the first until Monday; Mia the second by day, Oscar by night. */
const policy = edited(
  readFileSync('policies/default.yaml', 'utf8'),
  [
    '  support-primary:\n',
    `  billing-second:
    timezone: America/New_York
    start: '2026-11-22T20:00'
    shift: 12h
    people: [U0BOSS, U0OSCAR]
  support-primary:
`,
  ],
  [
    /(?<=\n {2}billing-desk:\n {4}rungs:\n)[\s\S]*?(?= {4}at_the_end)/,
    `      - { level: 1, notify: ['oncall:billing-primary', 'oncall:billing-second'], claim_within: 10m, decide_within: 1h }
      - { level: 2, notify: ['oncall:billing-second'], decide_within: 4h }
`,
  ],
);

describe('several rotations in one domain', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const paged = async (id: string, rung: number): Promise<string[]> => {
    const rows = await desk.pager.world.db
      .selectFrom('pages')
      .select('target')
      .where('item_id', '=', id)
      .where('rung', '=', rung)
      .where('way', '=', 'dm')
      .orderBy('id')
      .execute();
    return rows.map((row) => row.target);
  };
  const dm = (user: string, id: string) =>
    desk.until(`${user} is paged for ${id}`, () =>
      desk.slack.dm(user).find((one) => JSON.stringify(one.blocks).includes(id)),
    );

  it('whoever asks sees both, each with its own handoff', async () => {
    await desk.slack.user('dave').types('/hitl oncall billing', { channel: 'general' });
    const told = await desk.note('dave', 'billing-second');
    expect(told).toMatch(/billing-primary[\s\S]*U0BOB[\s\S]*billing-second[\s\S]*U0BOSS/);
  });

  it('a rung that names both pages both; the next, which names the second, whoever has it then', async () => {
    await desk.submit(refund('both-1'));
    const card = await desk.card('both-1', 'U0BOSS');
    expect(desk.textOf(card)).toContain('U0BOB');
    expect(await paged('both-1', 1)).toEqual(['U0BOB', 'U0BOSS']);
    await Promise.all([dm('bob', 'both-1'), dm('mia', 'both-1')]);

    // The second is handed over at 13:00 UTC, in the middle of an item's life.
    await desk.advance('235m');
    await desk.submit(refund('both-2'));
    await desk.card('both-2', 'U0BOSS');
    await desk.advance('10m');
    await desk.card('both-2', 'level 2');
    expect(await paged('both-2', 2)).toEqual(['U0OSCAR']);
    await dm('oscar', 'both-2');
  });

  it('who is on call by either may decide, and nobody is paged twice who has both', async () => {
    await desk.slack
      .user('oscar')
      .clicks('Approve')
      .on(await desk.card('both-2', 'level 2'));
    expect((await desk.result('both-2')).decided_by).toMatchObject({ slack_user: 'U0OSCAR' });
    await desk.slack.user('bob').types('/hitl oncall billing', { channel: 'general' });
    await desk.slack
      .user('mia')
      .types('/hitl override billing-second @bob for 4h', { channel: 'general' });
    await desk.note('mia', 'is on call for');
    await desk.submit(refund('both-3'));
    await desk.card('both-3', 'U0BOB');
    expect(await paged('both-3', 1)).toEqual(['U0BOB']);
  });
});
