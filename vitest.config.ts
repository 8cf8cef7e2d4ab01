import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      { test: { name: 'package', include: ['test/package/**/*.test.ts'] } },
      // One file at a time: they count the process's handles, and measure time.
      { test: { name: 'server', include: ['test/server/**/*.test.ts'], fileParallelism: false, testTimeout: 20_000 } },
    ],
  },
});
