/**
 * Takes the README's picture anew: `npm run build && npx tsx scripts/picture.ts` writes docs/workspace.png. It wants
 * Chromium and fonts-noto-color-emoji.
 */
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withDemoPage } from './open-demo-page.ts';

const FILE = fileURLToPath(new URL('../docs/workspace.png', import.meta.url));
const MAX_BYTES = 300_000;

await withDemoPage(async ({ demo, browser }) => {
  const page = await browser.newPage({ viewport: { width: 1180, height: 1000 } });
  await page.goto(demo.page);
  const first = page.getByRole('article').filter({ hasText: 'voucher-131' });
  await first.getByRole('button', { name: 'Approve' }).click();
  await first.getByText('Approved').waitFor();
  await page.getByRole('button', { name: 'Put the first steps away' }).click();
  await page
    .getByRole('article')
    .last()
    .getByRole('button', { name: 'Details' })
    .scrollIntoViewIfNeeded();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: FILE });
});
const { size } = statSync(FILE);
process.stdout.write(`docs/workspace.png: ${Math.round(size / 1000)} kB\n`);
if (size > MAX_BYTES) throw new Error(`the picture has more than ${MAX_BYTES} bytes`);
