import { defineConfig } from 'vitest/config';

/** The end-to-end suite: it starts real QuestDB servers, so its files run one after the other. */
export default defineConfig({
  test: {
    include: ['test/e2e/*.e2e.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
});
