import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { refund } from '../scenarios/desk.ts';
import {
  chromePath,
  eventually,
  goTo,
  hasFocus,
  messageWith,
  openScreen,
  write,
  type Screen,
} from './browser.ts';

describe.runIf(chromePath !== undefined)('around the cards', () => {
  let screen: Screen;
  beforeAll(async () => {
    screen = await openScreen();
  }, 60_000);
  afterEach(() => screen.leave());
  afterAll(async () => {
    expect(screen.complaints).toEqual([]);
    expect(screen.stand.slack.problems).toEqual([]);
    await screen.close();
  });
  const put = (item: object) => screen.stand.producer.put(item);

  it('the first steps lead to the card, to what the AI got, and are ticked off; they can be put away', async () => {
    await put(refund('steps', { title: 'Refund 20 EUR?' }));
    const page = await screen.as('alice');
    const steps = page.getByRole('region', { name: 'What to try first' });
    await messageWith(page, 'Refund 20 EUR?').waitFor();
    await steps.getByRole('button', { name: /Decide/ }).click();
    const approve = messageWith(page, 'Refund 20 EUR?').getByRole('button', { name: 'Approve' });
    await eventually(() => hasFocus(approve)).toBe(true);
    await page.keyboard.press('Enter');
    await steps.getByRole('button', { name: /Decide.*\(done\)/ }).waitFor();
    await steps.getByRole('button', { name: /See what the AI gets back/ }).click();
    await eventually(() => page.getByLabel('The result of steps').textContent()).toContain(
      '"outcome": "approved"',
    );
    await steps.getByRole('button', { name: /gets back.*\(done\)/ }).waitFor();
    await steps.getByRole('button', { name: 'Put the first steps away' }).click();
    await page.reload();
    await page.locator('.place-head').waitFor();
    expect(await steps.count()).toBe(0);
  });

  it('the clock is moved on: a reminder in the thread, then rung by rung up the ladder to its end, before one’s eyes', async () => {
    await put(refund('clock', { title: 'Refund 21 EUR?' }));
    const page = await screen.as('alice');
    const card = messageWith(page, 'Refund 21 EUR?');
    await card.waitFor();
    const five = page.getByRole('button', { name: /^\+5 min/ });
    for (let moves = 0; moves < 5; moves += 1) await five.click();
    await card.getByRole('button', { name: /1 reply/ }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await eventually(() => thread.textContent()).toContain('Nobody has claimed this yet');
    expect(await card.textContent()).not.toContain('Expired');

    const hour = page.getByRole('button', { name: /^\+1 h:/ });
    for (let hours = 0; hours < 5; hours += 1) {
      await hour.click();
      await eventually(() => page.getByRole('group', { name: /clock/ }).textContent()).toContain(
        `${hours + 1} h 25 min ahead`,
      );
    }
    await eventually(() => card.textContent()).toContain('Expired: nobody decided in time');
    await eventually(() => thread.textContent()).toContain('Nobody decided in time.');
    await eventually(() => thread.textContent()).toContain('Nobody claimed this in time.');
    await eventually(() =>
      screen.stand.producer.info().entries.find(({ id }) => id === 'clock'),
    ).toMatchObject({
      result: { outcome: 'expired', fallback: 'reject' },
      delivery: { is_signed: true },
    });
  });

  it('an hour at once passes through the reminder too', async () => {
    await put(refund('hour', { title: 'Refund 22 EUR?' }));
    const page = await screen.as('alice');
    const card = messageWith(page, 'Refund 22 EUR?');
    await card.waitFor();
    await page.getByRole('button', { name: /Leave a card alone/ }).click();
    await eventually(() => card.textContent()).toContain('level 3');
    await card.getByRole('button', { name: /3 replies/ }).waitFor();
  });

  it('a command is hinted while it is typed, and answered to who typed it alone', async () => {
    const page = await screen.as('alice');
    const box = page.getByRole('textbox', { name: /^Message to/ });
    await box.pressSequentially('/hi');
    await page.getByRole('option', { name: /\/hitl/ }).waitFor();
    await box.press('Tab');
    await page.getByRole('option', { name: '/hitl queue [domain]' }).waitFor();
    await box.pressSequentially('q');
    await box.press('Tab');
    expect(await box.inputValue()).toBe('/hitl queue ');
    await box.press('Enter');
    await eventually(() => messageWith(page, 'Only you see this').last().textContent()).toMatch(
      /waiting|queue/i,
    );
  });

  it('a question asked by command opens its form, and the shortcut of a message too', async () => {
    const page = await screen.as('oscar');
    await goTo(page, 'general');
    await write(page, '/hitl ask');
    const modal = page.getByRole('dialog');
    await modal.waitFor();
    await page.keyboard.press('Escape');
    await modal.waitFor({ state: 'detached' });
    await write(page, 'is this right?');
    const said = messageWith(page, 'is this right?');
    await said.hover();
    await said.getByRole('button', { name: 'More with this message' }).click();
    await page.getByRole('menuitem', { name: 'Escalate to expert' }).click();
    await modal.waitFor();
    await modal.getByRole('button', { name: /^Close/ }).click();
    await modal.waitFor({ state: 'detached' });
  });

  it('Home is a page: what waits for a person is decided from there, and it says what they did', async () => {
    await put(refund('home', { title: 'Refund 29 EUR?' }));
    const page = await screen.as('bob');
    const home = page.getByRole('main');
    await page.getByRole('navigation').getByRole('button', { name: 'Home' }).click();
    const item = home.getByRole('link', { name: 'Refund 29 EUR?' });
    await home.getByText('You have decided nothing in the last 7 days').waitFor();
    await item.locator('xpath=following::button[.="Approve"][1]').click();
    await home.getByText('You decided').waitFor();
    await item.waitFor({ state: 'detached' });
    await goTo(page, 'billing-experts');
    await messageWith(page, 'Refund 29 EUR?').getByText('Approved').waitFor();
    expect(await page.getByText('You decided').count()).toBe(0);
  });
});
