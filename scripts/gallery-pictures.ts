/**
 * Pictures of everything that the pager draws, for people to look through: `npx tsx scripts/gallery-pictures.ts` writes
 * artifacts/gallery/, each part of the gallery in light and wide and in dark and narrow. Nothing is compared.
 */
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { galleryEntries } from '../test/gallery/fixtures.ts';
import { openBrowser, openGallery, openGallerySite } from '../test/web/gallery-site.ts';

const FOLDER = fileURLToPath(new URL('../artifacts/gallery/', import.meta.url));
const LOOKS = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1200, height: 900 } },
  { name: 'dark-narrow', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

const groups = [...new Set(galleryEntries().map(({ group }) => group))];
await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
const site = await openGallerySite();
const browser = await openBrowser();
try {
  for (const group of groups) {
    const file = group.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    for (const { name, ...options } of LOOKS) {
      const { page } = await openGallery(site, browser, group, options);
      await page.screenshot({ path: `${FOLDER}${file}-${name}.png`, fullPage: true });
      await page.close();
    }
  }
} finally {
  await browser.close();
  await site.close();
}
process.stdout.write(`artifacts/gallery: ${groups.length * LOOKS.length} pictures\n`);
