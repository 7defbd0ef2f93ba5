/** A browser before the stand: the page is built, served, and opened as one person or several. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { build } from 'vite';
import { expect } from 'vitest';
import type { Answer, Deed } from '../../simulator/web/protocol.ts';
import { openStand, type Stand } from './stand.ts';

const usual = process.env['CHROME_PATH'] ?? '/usr/bin/chromium';
/** Where Chromium is; undefined: nowhere, and what needs it is left out. */
export const chromePath = existsSync(usual) ? usual : undefined;

export interface Screen {
  stand: Stand;
  /** What the pages complained of: errors, refused loads, dialogs, navigations. */
  complaints: string[];
  /** A page of their own, opened as that person. */
  as(name: string, options?: { dark?: boolean; width?: number }): Promise<Page>;
  /** Sends a deed as a page would, without one. */
  deed(deed: Deed): Promise<Answer>;
  /** Ends the pages that are open. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

export async function openScreen(): Promise<Screen> {
  const files = await mkdtemp(join(tmpdir(), 'hitl-page-'));
  await build({
    configFile: fileURLToPath(new URL('../../simulator/web/vite.config.ts', import.meta.url)),
    build: { outDir: files, emptyOutDir: true, minify: false },
  });
  const stand = await openStand({ files });
  const browser: Browser = await chromium.launch({
    executablePath: chromePath,
    args: ['--no-sandbox'],
  });
  const complaints: string[] = [];
  return {
    stand,
    complaints,
    async as(name, { dark = false, width = 1280 } = {}) {
      const id = [...stand.slack.workspace.users.values()].find((user) => user.name === name)?.id;
      const context = await browser.newContext({
        viewport: { width, height: 860 },
        colorScheme: dark ? 'dark' : 'light',
      });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
      });
      page.on('dialog', (dialog) => {
        complaints.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.goto(`${stand.url}/?as=${id}`);
      await page.getByRole('main').locator('.place-head').waitFor();
      page.on('framenavigated', (frame) => {
        if (new URL(frame.url()).origin !== stand.url) complaints.push(`went to ${frame.url()}`);
      });
      page.on('popup', (popup) => complaints.push(`opened ${popup.url()}`));
      return page;
    },
    async deed(deed) {
      const response = await fetch(`${stand.url}/web/do`, {
        method: 'POST',
        headers: { origin: stand.url, 'content-type': 'application/json' },
        body: JSON.stringify(deed),
      });
      return (await response.json()) as Answer;
    },
    async leave() {
      for (const context of browser.contexts()) await context.close();
    },
    async close() {
      await browser.close();
      await stand.close();
      await rm(files, { recursive: true, force: true });
    },
  };
}

/** Goes to a channel by the side bar. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(name) })
    .click();
  await page
    .getByRole('main')
    .getByRole('heading', { name: new RegExp(name) })
    .waitFor();
}

/** The message in the channel that holds those words. */
export const messageWith = (page: Page, words: string): Locator =>
  page.getByRole('main').getByRole('article').filter({ hasText: words });

/** Becomes someone else by the switcher. */
export async function become(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /be someone else/ }).click();
  await page.getByRole('menuitemradio', { name: new RegExp(name) }).click();
}

/** Writes into the channel's composer, and sends it. */
export async function write(page: Page, words: string): Promise<void> {
  const box = page.getByRole('textbox', { name: /^Message to/ });
  await box.fill(words);
  await box.press('Enter');
}

export const hasFocus = async (locator: Locator): Promise<boolean> =>
  (await locator.and(locator.page().locator(':focus')).count()) === 1;

/** `expect.poll`, with the patience that a busy machine needs. */
export const eventually = <T>(look: () => T | Promise<T>) =>
  expect.poll(look, { timeout: 30_000, interval: 20 });
