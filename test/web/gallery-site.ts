/** The gallery, built and served on loopback under a policy as strict as the page's own, for tests with a browser. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { build } from 'vite';
import { GALLERY_NOW, galleryEntries } from '../gallery/fixtures.ts';

const CHROME = process.env['CHROME_PATH'] ?? '/usr/bin/chromium';
export const hasChromium = existsSync(CHROME);

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

export interface GallerySite {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  close(): Promise<void>;
}

export async function openGallerySite(): Promise<GallerySite> {
  const out = await mkdtemp(join(tmpdir(), 'gallery-'));
  const root = fileURLToPath(new URL('../../simulator/web/', import.meta.url));
  await build({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    build: {
      outDir: out,
      emptyOutDir: true,
      rolldownOptions: { input: join(root, 'gallery/index.html') },
    },
  });
  const entries = JSON.stringify({ entries: galleryEntries(), now: GALLERY_NOW });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://gallery');
    const path = pathname === '/gallery' ? '/gallery/index.html' : normalize(pathname);
    const headers = {
      'content-type': TYPES[extname(path)] ?? 'text/plain',
      'content-security-policy': POLICY,
    };
    if (path === '/gallery.json') {
      response.writeHead(200, headers).end(entries);
      return;
    }
    readFile(join(out, path)).then(
      (body) => response.writeHead(200, headers).end(body),
      () => response.writeHead(404, headers).end(),
    );
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await rm(out, { recursive: true, force: true });
    },
  };
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROME,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** The gallery with the entries that were asked for (`''`: all), and what went wrong on the page. */
export async function openGallery(
  site: GallerySite,
  browser: Browser,
  only: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; troubles: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, ...options });
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(site.origin) && !request.url().startsWith('data:'))
      troubles.push(`asked for ${request.url()}`);
  });
  await page.goto(`${site.origin}/gallery?only=${encodeURIComponent(only)}`);
  await page.locator('.gallery-exhibit').first().waitFor();
  return { page, troubles };
}
