/**
 * Before the tests that start processes: the product, the demo and what those tests run beside them, each as one file
 * with the packages it uses. A process made of two thousand files spends a second on reading them; these tests start
 * a hundred. That the files which are shipped start is tried by `scripts/try-package.ts`.
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join, parse } from 'node:path';
import { build } from 'vite';

/** Two folders below the root, as `src/cli` and `simulator/demo` are: what is found from there is found from here. */
const FOLDER = 'node_modules/.hitl-tests';

const ENTRIES = [
  'src/main.ts',
  'src/stats/questions/figures-thread.ts',
  'src/audit/verify-thread.ts',
  'src/export/export-thread.ts',
  'simulator/demo/demo.ts',
  'test/crash/pager-on-a-clock.ts',
  'test/scenarios/start-and-stop.ts',
];

/** Where the built file of an entry is. */
export const built = (entry: string): string => join(FOLDER, `${parse(entry).name}.js`);

const SOURCES = ['src', 'handlers', 'blocks', 'policies', 'migrations', 'simulator'];

/** When it was last written, ms since 1970; 0: it is not there. */
const written = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

export default async function setup(): Promise<void> {
  const sources = SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const newest = [...sources, ...ENTRIES, 'test/built.ts', 'package-lock.json'].map(written);
  if (Math.max(...newest) < written(built('src/main.ts'))) return;
  rmSync(FOLDER, { recursive: true, force: true });
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: true,
      outDir: FOLDER,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input: ENTRIES,
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}
