import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** A folder of tests, with what all have in common. */
const project = (name: string, folders: string, more: object = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${folders}/**/*.test.ts`], ...more },
});

export default defineConfig({
  test: {
    // As many files at a time as there are cores, whichever project they are of.
    maxWorkers: availableParallelism(),
    // A worker reads the modules once, and runs one file after another: each must close what it opens.
    isolate: false,
    // A busy machine needs it; a quiet one never does.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    coverage: {
      provider: 'v8',
      include: ['src/**', 'handlers/**', 'blocks/**', 'policies/**'],
      reporter: ['text-summary', 'json-summary'],
    },
    projects: [
      project('unit', '{blocks,policies,scripts,src,simulator}'),
      project('scenario', 'scenarios', { globalSetup: 'test/built.ts' }),
      project('web', 'web'),
      project('redis', 'redis', { testTimeout: 120_000 }),
      project('crash', 'crash', { globalSetup: 'test/built.ts', testTimeout: 600_000 }),
    ],
  },
});
