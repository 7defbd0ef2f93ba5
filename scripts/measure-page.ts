/**
 * How quick the demo's page is: `npm run build && npx tsx scripts/measure-page.ts`. First paint (the browser's own
 * measure), the first card, and the time from a click on Approve until the card shows it. Exits with 1 where
 * the median is above 1 s or 200 ms.
 */
import type { Page } from 'playwright-core';
import { refund } from '../simulator/demo/sample-items.ts';
import { withDemoPage } from './open-demo-page.ts';

const PAINT_MAX_MS = 1000;
const CLICK_MAX_MS = 200;
const CLICKS = 10;

const ms = (value: number): string => `${Math.round(value)} ms`;

/** Each opening is a first one: nothing is in the cache. */
async function opened(page: Page, url: string): Promise<{ paint: number; card: number }> {
  const started = performance.now();
  await page.goto(url);
  await page.getByRole('article').first().waitFor();
  const card = performance.now() - started;
  const paint = await page.evaluate<number>(
    `performance.getEntriesByName('first-contentful-paint')[0].startTime`,
  );
  return { paint, card };
}

/** From the click to the frame that shows what came of it. */
const clicked = (page: Page, id: string): Promise<number> =>
  page.evaluate<number>(`(async () => {
    const card = [...document.querySelectorAll('article')].find((each) =>
      each.textContent.includes(${JSON.stringify(id)}));
    const approve = [...card.querySelectorAll('button')].find((each) => each.textContent === 'Approve');
    const started = performance.now();
    approve.click();
    while (!card.textContent.includes('Approved by')) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - started;
  })()`);

await withDemoPage(async ({ demo, browser }) => {
  const paints: number[] = [];
  const cards: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const page = await browser.newPage();
    const { paint, card } = await opened(page, demo.page);
    paints.push(paint);
    cards.push(card);
    await page.close();
  }
  const page = await browser.newPage();
  await opened(page, demo.page);
  const clicks: number[] = [];
  for (let round = 0; round < CLICKS; round += 1) {
    const id = `quick-${round}`;
    await demo.producer.put({ ...refund, id });
    await page.getByRole('article').filter({ hasText: id }).waitFor();
    clicks.push(await clicked(page, id));
  }
  const median = (list: number[]): number =>
    list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  process.stdout.write(
    [
      `first paint: ${paints.map(ms).join(', ')} (median ${ms(median(paints))}, at most ${ms(PAINT_MAX_MS)})`,
      `first card:  ${cards.map(ms).join(', ')}`,
      `click to what it did: ${clicks.map(ms).join(', ')} (median ${ms(median(clicks))}, at most ${ms(CLICK_MAX_MS)})`,
      '',
    ].join('\n'),
  );
  if (median(paints) > PAINT_MAX_MS || median(clicks) > CLICK_MAX_MS) process.exitCode = 1;
});
