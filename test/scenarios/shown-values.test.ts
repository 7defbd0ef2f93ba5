/** An expert reads the whole of what would run before they approve it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  expect(desk.slack.problems).toEqual([]);
  await desk.close();
});

it('hidden characters and lines are on the card as they are in the value', async () => {
  const args = { domain: 'pay\u200bpal.com', sql: 'SELECT 1 -- nightly check\nDROP TABLE users' };
  await desk.submit(refund('seen-1', { action: { name: 'run', args } }));
  const card = desk.textOf(await desk.card('seen-1'));
  expect(card).toContain('pay⟨U+200B⟩pal.com');
  expect(card).toContain('SELECT 1 -- nightly check\nDROP TABLE users');
  expect(card).toContain('Contains hidden characters');
});
