// The page's build: the workspace and, where there is one, the gallery, into simulator/web/dist.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { search } from 'node-emoji';
import { defineConfig, type Plugin } from 'vite';
import { BUILT_PAGE } from './built-page.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const pages = ['index.html', 'gallery/index.html'].map(here).filter((page) => existsSync(page));

/** In the page node-emoji is its names and signs alone: the words that it searches by are nine tenths of it. */
function emojiByName(): Plugin {
  const id = '\0emoji-by-name';
  return {
    name: 'emoji-by-name',
    enforce: 'pre',
    resolveId: (wanted) => (wanted === 'node-emoji' ? id : null),
    load(wanted) {
      if (wanted !== id) return null;
      const all = search('').map(({ name, emoji }) => [name, emoji]);
      return `const all = new Map(${JSON.stringify(all)});
export const get = (name) => all.get(name);`;
    },
  };
}

export default defineConfig({
  root: here('.'),
  plugins: [emojiByName(), preact()],
  logLevel: 'warn',
  build: {
    outDir: BUILT_PAGE,
    emptyOutDir: true,
    target: 'es2022',
    // Nothing inline: the page's Content-Security-Policy takes files of its own only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: pages },
  },
});
