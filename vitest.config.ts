import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/*.test.ts', 'test/{unit,models,golden}/**/*.test.{ts,tsx}'],
    setupFiles: ['test/helpers/all-models.ts'],
    testTimeout: 60_000,
    pool: 'threads',
    maxWorkers: 2,
    // The engine is pure and loading it takes longer than most tests: files of one worker share what they have loaded.
    isolate: false,
  },
});
