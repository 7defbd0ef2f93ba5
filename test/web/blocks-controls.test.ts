/** What a person does with the controls of a card and a form, by mouse and by keyboard, and what Slack would send of it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  hasChromium,
  openBrowser,
  openGallery,
  openGallerySite,
  type GallerySite,
} from './gallery-site.ts';

describe.runIf(hasChromium)('a person in a browser', () => {
  let site: GallerySite;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    [site, browser] = await Promise.all([openGallerySite(), openBrowser()]);
    ({ page } = await openGallery(site, browser, 'every-'));
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  const lastAct = async (id: string): Promise<unknown> =>
    JSON.parse((await page.locator(`#${id} .gallery-act`).textContent()) ?? 'null');
  const there = (id: string) => page.locator(`#${id}`);

  it('presses a button', async () => {
    await there('every-control').getByRole('button', { name: 'Approve' }).click();
    expect(await lastAct('every-control')).toEqual({
      type: 'button',
      block_id: 'a1',
      action_id: 'b1',
      value: 'x',
    });
  });

  it('is asked first where the button says so, and Escape is no', async () => {
    const acts = () => there('every-control').locator('.gallery-act').textContent();
    const before = await acts();
    const button = there('every-control').getByRole('button', { name: 'Delete', exact: true });
    await button.click();
    const question = page.getByRole('dialog', { name: 'Delete the draft?' });
    expect(await question.textContent()).toContain('Nobody else is asked.');
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    expect(await acts()).toBe(before);
    expect(await button.and(page.locator(':focus')).count()).toBe(1);
    await button.click();
    await question.getByRole('button', { name: 'Delete' }).click();
    expect(await lastAct('every-control')).toMatchObject({ action_id: 'b2' });
  });

  it('chooses in a menu with the keyboard alone', async () => {
    const menu = there('every-control').getByRole('combobox', { name: 'Choose a team' });
    await menu.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.type('da');
    expect(await there('every-control').getByRole('option').allTextContents()).toEqual([
      'Data Ops',
    ]);
    await page.keyboard.press('Enter');
    expect(await menu.inputValue()).toBe('Data Ops');
    expect(await lastAct('every-control')).toMatchObject({
      type: 'static_select',
      action_id: 's1',
      selected_option: { text: { text: 'Data Ops' }, value: '2' },
    });
  });

  it('finds the lesser actions behind More', async () => {
    await there('every-control').getByRole('button', { name: 'More actions' }).first().focus();
    await page.keyboard.press('Enter');
    const items = there('every-control').getByRole('menuitem');
    await expect.poll(() => items.count()).toBe(3);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await lastAct('every-control')).toMatchObject({
      type: 'overflow',
      selected_option: { value: '1', text: { text: 'Reassign' } },
    });
    expect(await items.count()).toBe(0);
  });

  it('ticks, picks a day, and gives a thumb', async () => {
    await there('every-control')
      .getByRole('checkbox', { name: /Factually wrong/ })
      .check();
    expect(await lastAct('every-control')).toMatchObject({
      type: 'checkboxes',
      selected_options: [{ value: 'f' }],
    });
    await there('every-control').locator('input[type=date]').fill('2026-12-24');
    await there('every-control').locator('input[type=date]').blur();
    expect(await lastAct('every-control')).toMatchObject({
      type: 'datepicker',
      selected_date: '2026-12-24',
    });
    await there('every-control').locator('input[type=datetime-local]').fill('2026-07-01T12:00');
    await there('every-control').locator('input[type=datetime-local]').blur();
    expect(await lastAct('every-control')).toMatchObject({
      selected_date_time: Date.parse('2026-07-01T12:00:00+02:00') / 1000,
    });
    await there('every-control').getByRole('button', { name: 'This answer is good' }).click();
    expect(await lastAct('every-control')).toMatchObject({
      type: 'feedback_buttons',
      value: 'good',
    });
  });

  it('takes several from a menu, and no more than fit', async () => {
    const menu = there('every-input').getByRole('combobox', { name: 'Some of them' });
    const chosen = there('every-input').locator('[data-block-id=several] .bk-chip');
    await menu.click();
    await there('every-input').getByRole('option', { name: 'Option 5', exact: true }).click();
    await there('every-input').getByRole('option', { name: 'Option 6', exact: true }).click();
    expect(await chosen.allTextContents()).toEqual(['Option 1×', 'Option 2×', 'Option 5×']);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Backspace');
    expect(await chosen.count()).toBe(2);
  });

  it('is told in a field how much fits', async () => {
    const field = there('every-input').getByRole('textbox', { name: 'Many lines' });
    expect(await there('every-input').textContent()).toContain('9 of at least 10');
    await field.fill('w'.repeat(150));
    expect(await there('every-input').textContent()).toContain('150 / 200');
  });

  it('finds every field by its label', async () => {
    for (const label of ['One line', 'A number (optional)', 'One of them', 'A person', 'A day'])
      expect(await there('every-input').getByLabel(label, { exact: true }).count(), label).toBe(1);
    expect(
      await there('every-input').getByRole('radiogroup', { name: 'Is it right?' }).count(),
    ).toBe(1);
  });
});
