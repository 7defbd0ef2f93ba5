import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { question, refund } from '../scenarios/desk.ts';
import {
  become,
  chromePath,
  eventually,
  goTo,
  hasFocus,
  messageWith,
  openScreen,
  write,
  type Screen,
} from './browser.ts';

describe.runIf(chromePath !== undefined)('deciding on the page', () => {
  let screen: Screen;
  beforeAll(async () => {
    screen = await openScreen();
  }, 60_000);
  afterAll(async () => {
    expect(screen.complaints).toEqual([]);
    expect(screen.stand.slack.problems).toEqual([]);
    await screen.close();
  });
  afterEach(() => screen.leave());
  const put = (item: object) => screen.stand.producer.put(item);
  const resultOf = (id: string) =>
    eventually(() => screen.stand.producer.info().entries.find((entry) => entry.id === id)?.result);

  it('opens as the billing expert, who approves with one click and sees it at once', async () => {
    await put(refund('approve', { title: 'Refund 11 EUR?' }));
    const page = await screen.as('oscar');
    await become(page, 'Alice Adler');
    const card = messageWith(page, 'Refund 11 EUR?');
    const approve = card.getByRole('button', { name: 'Approve' });
    await approve.waitFor();
    await approve.click();
    await eventually(() => card.textContent()).toContain('Approved by @Alice Adler');
    expect(await card.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await resultOf('approve').toMatchObject({ outcome: 'approved' });
  });

  it('a rejection without a reason shows the error at the field, and one with a reason is taken', async () => {
    await put(refund('reject', { title: 'Refund 12 EUR?' }));
    const page = await screen.as('bob');
    await messageWith(page, 'Refund 12 EUR?').getByRole('button', { name: 'Reject' }).click();
    const modal = page.getByRole('dialog', { name: 'Reject' });
    const why = modal.getByRole('textbox', { name: /Why/ });
    // The focus is where one writes.
    await eventually(() => hasFocus(why)).toBe(true);

    await modal.getByRole('button', { name: 'Reject', exact: true }).click();
    await eventually(() => modal.getByRole('alert').count()).toBe(2);
    expect(await why.getAttribute('aria-invalid')).toBe('true');

    await why.fill('It was refunded last week already');
    await modal.getByRole('combobox', { name: 'What was wrong?' }).click();
    await modal.getByRole('option', { name: 'Factually wrong' }).click();
    await page.keyboard.press('Escape');
    await modal.getByRole('button', { name: 'Reject', exact: true }).click();
    await modal.waitFor({ state: 'detached' });
    await eventually(() => messageWith(page, 'Refund 12 EUR?').textContent()).toContain(
      'Rejected by @Bob Brandt',
    );
    await resultOf('reject').toMatchObject({
      outcome: 'rejected',
      rationale: 'It was refunded last week already',
      error_tags: ['factual'],
    });
  });

  it('Escape and Cancel close the form, decide nothing, and give the focus back', async () => {
    await put(refund('cancel', { title: 'Refund 13 EUR?' }));
    const page = await screen.as('bob');
    const reject = messageWith(page, 'Refund 13 EUR?').getByRole('button', { name: 'Reject' });
    const modal = page.getByRole('dialog', { name: 'Reject' });
    await reject.click();
    await modal.waitFor();
    await page.keyboard.press('Escape');
    await modal.waitFor({ state: 'detached' });
    expect(await hasFocus(reject)).toBe(true);
    await reject.click();
    await modal.getByRole('button', { name: 'Cancel' }).click();
    await modal.waitFor({ state: 'detached' });
    expect(screen.stand.producer.info().entries.find(({ id }) => id === 'cancel')?.status).toBe(
      'open',
    );
  });

  it('a question is answered in the modal', async () => {
    await put(question('modal-answer', { title: 'Does it float?' }));
    const page = await screen.as('carol');
    await messageWith(page, 'Does it float?').getByRole('button', { name: 'Answer' }).click();
    const modal = page.getByRole('dialog');
    await modal.getByRole('textbox').first().fill('Only in salt water');
    await modal.locator('button[type=submit]').click();
    await modal.waitFor({ state: 'detached' });
    await resultOf('modal-answer').toMatchObject({
      outcome: 'answered',
      answer: 'Only in salt water',
    });
  });

  it('a question is answered in the thread, by a reply that mentions the app', async () => {
    await put(question('thread-answer', { title: 'Does it sink?' }));
    const page = await screen.as('carol');
    const card = messageWith(page, 'Does it sink?');
    await card.hover();
    await card.getByRole('button', { name: 'Reply in thread' }).click();
    const box = page.getByRole('textbox', { name: 'Reply in the thread' });
    await box.pressSequentially('@pa');
    await page.getByRole('option', { name: /@pager/ }).waitFor();
    await box.press('Enter');
    await box.pressSequentially('Only in fresh water');
    await box.press('Enter');
    await resultOf('thread-answer').toMatchObject({
      outcome: 'answered',
      answer: 'Only in fresh water',
      decided_by: { slack_user: 'U0CAROL' },
    });
    await eventually(() => page.getByRole('complementary').textContent()).toContain(
      'Only in fresh water',
    );
  });

  it('an outsider is told privately whom to ask; nobody else sees it, and nothing is decided', async () => {
    await put(refund('outsider', { title: 'Refund 14 EUR?' }));
    const page = await screen.as('oscar');
    const alice = await screen.as('alice');
    await messageWith(page, 'Refund 14 EUR?').getByRole('button', { name: 'Approve' }).click();
    const note = messageWith(page, 'Only you see this').last();
    await eventually(() => note.textContent()).toContain('Alice Adler');
    expect(await messageWith(alice, 'Only you see this').count()).toBe(0);
    const card = messageWith(alice, 'Refund 14 EUR?');
    expect(await card.getByRole('button', { name: 'Approve' }).count()).toBe(1);
  });

  it('two people press the same card at once: one wins, and both see who', async () => {
    await put(refund('at-once', { title: 'Refund 15 EUR?' }));
    const [alice, bob] = await Promise.all([screen.as('alice'), screen.as('bob')]);
    // The card stays as it is until both have pressed, as when they are far from each other.
    screen.stand.slack.faults.next('chat.update', { slow_ms: 1_500 });
    await Promise.all(
      [alice, bob].map((page) =>
        messageWith(page, 'Refund 15 EUR?').getByRole('button', { name: 'Approve' }).click(),
      ),
    );
    const winnerSeenBy = async (page: Page) =>
      /Approved by @(\w+)/.exec(
        (await messageWith(page, 'Refund 15 EUR?').textContent()) ?? '',
      )?.[1];
    await eventually(() => winnerSeenBy(alice)).toMatch(/Alice|Bob/);
    const winner = await winnerSeenBy(alice);
    await eventually(() => winnerSeenBy(bob)).toBe(winner);
    const loser = winner === 'Alice' ? bob : alice;
    await eventually(() => messageWith(loser, 'Only you see this').last().textContent()).toContain(
      winner,
    );
  });

  it('a click on what a card showed before is answered, though the card has changed since', async () => {
    await put(refund('late', { title: 'Refund 16 EUR?' }));
    const bob = await screen.as('bob');
    await messageWith(bob, 'Refund 16 EUR?').getByRole('button', { name: 'Approve' }).waitFor();
    const { slack } = screen.stand;
    const seen = slack
      .messages('billing-experts')
      .find((message) => message.text.includes('Refund 16 EUR?'));
    await slack
      .user('alice')
      .clicks('Approve')
      .on(seen ?? { channel: '', ts: '' });
    await messageWith(bob, 'Refund 16 EUR?').getByText('Approved').waitFor();
    const button = seen?.blocks.find((block) => block.type === 'actions');
    const answer = await screen.deed({
      do: 'press',
      as: 'U0BOB',
      at: { channel: seen?.channel ?? '', ts: seen?.ts ?? '', version: '' },
      act: {
        type: 'button',
        block_id: button?.block_id ?? '',
        action_id: 'item_approve',
        value: 'late',
      },
    });
    expect(answer).toEqual({ ok: true });
    await eventually(() => messageWith(bob, 'Only you see this').last().textContent()).toContain(
      'Alice',
    );
  });

  it('by keyboard alone, from the top of the page to the decision', async () => {
    await put(refund('keyboard', { title: 'Refund 17 EUR?' }));
    const page = await screen.as('alice');
    await messageWith(page, 'Refund 17 EUR?').waitFor();
    const focused = async () =>
      (await page.locator('article:focus-within').allTextContents()).join('');
    for (let presses = 0; presses < 40 && (await focused()) === ''; presses += 1) {
      await page.keyboard.press('Tab');
    }
    // The list is one stop; arrows walk it. The newest comes first.
    expect(await focused()).toContain('Refund 17 EUR?');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).not.toContain('Refund 17 EUR?');
    await page.keyboard.press('End');
    expect(await focused()).toContain('Refund 17 EUR?');
    await page.keyboard.press('Enter');
    const name = async () => (await page.locator('button:focus').allTextContents()).join('');
    for (let presses = 0; presses < 10 && (await name()) !== 'Approve'; presses += 1) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await messageWith(page, 'Refund 17 EUR?').getByText('Approved').waitFor();
    // The button is gone; the focus stays with the card, and it is said who decided.
    expect(await focused()).toContain('Refund 17 EUR?');
    await eventually(() => page.getByRole('status').first().textContent()).toContain(
      'Approved by Alice Adler',
    );
  });

  it('what is typed survives what happens around it', async () => {
    const page = await screen.as('alice');
    const box = page.getByRole('textbox', { name: /^Message to/ });
    await box.fill('half a sen');
    await put(refund('around', { title: 'Refund 18 EUR?' }));
    await messageWith(page, 'Refund 18 EUR?').waitFor();
    await page.keyboard.type('tence');
    expect(await box.inputValue()).toBe('half a sentence');
    await box.press('Enter');
    await eventually(() => messageWith(page, 'half a sentence').count()).toBe(1);
    await goTo(page, 'general');
    await write(page, 'hello @bob and @billing-experts');
    await eventually(() => messageWith(page, 'hello').textContent()).toContain(
      'hello @Bob Brandt and @billing-experts',
    );
  });
});
