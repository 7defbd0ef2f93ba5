// The page's build: the workspace and, where there is one, the gallery, into simulator/web/dist.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const pages = ['index.html', 'gallery/index.html'].map(here).filter((page) => existsSync(page));

export default defineConfig({
  root: here('.'),
  plugins: [preact()],
  logLevel: 'warn',
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    target: 'es2022',
    // Nothing inline: the page's Content-Security-Policy takes files of its own only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: pages },
  },
});
