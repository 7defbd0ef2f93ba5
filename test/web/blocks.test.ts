/** The gallery in a browser: everything draws, hostile texts are inert, axe is content. */
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { galleryEntries } from '../gallery/fixtures.ts';
import {
  hasChromium,
  openBrowser,
  openGallery,
  openGallerySite,
  type GallerySite,
} from './gallery-site.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describe('the gallery’s entries', () => {
  const entries = galleryEntries();

  it('have an anchor each', () => {
    const ids = entries.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9-]*$/);
  });

  it('hold cards of every kind in every shape', () => {
    const groups = new Set(entries.map(({ group }) => group));
    for (const kind of ['approval', 'question', 'review', 'comparison'])
      for (const shape of ['', ', minimal', ', hostile', ', huge'])
        for (const what of ['Cards', 'Windows'])
          expect(groups).toContain(`${what}: ${kind}${shape}`);
  });
});

describe.runIf(hasChromium)('blocks in a browser', () => {
  let site: GallerySite;
  let browser: Browser;
  beforeAll(async () => {
    [site, browser] = await Promise.all([openGallerySite(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const gallery = (only: string, options?: BrowserContextOptions) =>
    openGallery(site, browser, only, options);

  it('draws every entry, and knows every block in them', async () => {
    const { page, troubles } = await gallery('');
    expect(await page.locator('.gallery-exhibit').count()).toBe(galleryEntries().length);
    expect(await page.locator('[data-unknown]').count()).toBe(0);
    // Nothing runs, and no address leads anywhere but by http, https or mail.
    const links = await page
      .locator('.bk-blocks a')
      .evaluateAll((all) =>
        all.map((one) => [
          one.getAttribute('href'),
          one.getAttribute('rel'),
          one.getAttribute('target'),
        ]),
      );
    expect(links.length).toBeGreaterThan(100);
    for (const [href, rel, target] of links) {
      expect(href).toMatch(/^(?:https?|mailto):/);
      expect([rel, target]).toEqual(['noopener noreferrer nofollow', '_blank']);
    }
    expect(
      await page.locator('.bk-blocks :is(script, img, iframe, object, embed, style, link)').count(),
    ).toBe(0);
    expect(
      await page
        .locator('.bk-blocks *')
        .evaluateAll((all) =>
          all.flatMap((one) =>
            one.getAttributeNames().filter((name: string) => name.startsWith('on')),
          ),
        ),
    ).toEqual([]);
    expect(await page.evaluate('window.__harmed')).toBeUndefined();
    expect(troubles).toEqual([]);
    await page.close();
  });

  it.each([1200, 390])('keeps the longest words within a page of %i px', async (width) => {
    const { page } = await gallery('hostile', { viewport: { width, height: 900 } });
    const beyond = await page
      .locator('html, .gallery-frame')
      .evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth));
    expect(Math.max(...beyond)).toBe(0);
    await page.close();
  });

  it('shows what it does not know, loudly, and the rest beside it', async () => {
    const page = await browser.newPage();
    await page.route('**/gallery.json', (route) =>
      route.fulfill({
        json: [
          {
            id: 'x',
            title: 'x',
            group: 'x',
            surface: 'message',
            payload: {
              blocks: [
                { type: 'hologram', depth: 3 },
                'not even a block',
                { type: 'actions', elements: [{ type: 'lever' }] },
                { type: 'header', text: { type: 'plain_text', text: 'Still here' } },
              ],
            },
          },
        ],
      }),
    );
    await page.goto(`${site.origin}/gallery?only=x`);
    const unknown = page.getByRole('alert');
    await expect.poll(() => unknown.count()).toBe(3);
    expect(await unknown.nth(0).textContent()).toMatch(/Unknown block: hologram.*"depth": 3/s);
    expect(await unknown.nth(2).textContent()).toContain('Unknown element: lever');
    expect(await page.getByRole('heading', { name: 'Still here' }).count()).toBe(1);
    await page.close();
  });

  it('turns dark and light by the switch, whatever the system says', async () => {
    const { page } = await gallery('every-rich', { colorScheme: 'light' });
    const brightness = () =>
      page.evaluate<string>(
        'getComputedStyle(document.querySelector(".gallery-frame")).backgroundColor',
      );
    await page.getByRole('button', { name: 'Dark' }).click();
    await expect.poll(brightness).toBe('rgb(26, 29, 33)');
    await page.getByRole('button', { name: 'Light', exact: true }).click();
    await expect.poll(brightness).toBe('rgb(255, 255, 255)');
    await page.close();
  });

  it('says at the field what is wrong with it, and where it waits', async () => {
    const { page } = await gallery('every-');
    const wrong = page.locator('#every-refused');
    const field = wrong.getByRole('textbox', { name: 'One line' });
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    const said = await field.getAttribute('aria-describedby');
    expect(await wrong.locator(`[id="${said?.split(' ')[0]}"]`).textContent()).toContain(
      'This is not right yet',
    );
    expect(await wrong.getByRole('alert').count()).toBe(6);
    const waiting = page.locator('#every-busy').getByRole('button', { name: 'Approve' });
    expect(await waiting.getAttribute('aria-busy')).toBe('true');
    // Deaf, but still there for the keyboard.
    await waiting.press('Enter');
    expect(await page.locator('#every-busy .gallery-act').count()).toBe(0);
    await page.close();
  });

  describe.each(['light', 'dark'] as const)('axe in %s', (colorScheme) => {
    it.each([
      'every-',
      'cards-approval-approval',
      'windows-question-question',
      'other-windows',
      'answers-to',
    ])('finds nothing serious in %s', async (only) => {
      const { page } = await gallery(only, { colorScheme, bypassCSP: true });
      await page.addScriptTag({ path: axe });
      if (only === 'every-') {
        // With a list open, too.
        await page.locator('#every-control').getByRole('combobox').first().click();
      }
      const { violations } = await page.evaluate<AxeResults>(
        'axe.run(document, { resultTypes: ["violations"] })',
      );
      const serious = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`);
      expect(serious).toEqual([]);
      await page.close();
    });
  });
});
