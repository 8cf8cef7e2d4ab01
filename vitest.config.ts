import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { canHaveNchan } from './scripts/install.mjs';

/** There is no module of that name outside of VS Code. */
const alias = { vscode: fileURLToPath(new URL('./test/server/vscode.ts', import.meta.url)) };

export default defineConfig({
  test: {
    projects: [
      // A test that takes long on a busy machine hasn't failed for that.
      { resolve: { alias }, test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 30_000 } },
      { test: { name: 'package', include: ['test/package/**/*.test.ts'] } },
      {
        resolve: { alias },
        test: {
          name: 'server',
          include: ['test/server/**/*.test.ts'],
          exclude: canHaveNchan() ? [] : ['test/server/nchan.test.ts'],
          // One file at a time: they count the process's handles, and measure time.
          fileParallelism: false,
          testTimeout: 20_000,
        },
      },
    ],
  },
});
