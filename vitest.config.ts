import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const LONG = 'tests/**/*.long.test.ts';

/**
 * `npm test` takes all tests but the long ones; `npm run test:long` (mode `long`) takes those, and the random ones
 * with more runs. Random tests have fixed seeds in both;
 * `npm run test:random` (mode `random`) runs them with wandering ones.
 */
export default defineConfig(({ mode }) => ({
  // In Node's own resolution: by its `module` entry there would be a second graphql beside the one that packages load,
  // and each refuses the other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    include: mode === 'long' ? [LONG, 'tests/**/random-*.test.ts'] : ['tests/**/*.test.ts'],
    exclude: mode === 'long' ? [] : [LONG],
    env: {
      // Processes that tests start read the compiled modules of the one before, and start twice as fast.
      NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url)),
      ...(mode === 'long'
        ? { RANDOM_OPERATIONS: '2000', RANDOM_RIGHTS: '5000', RANDOM_SCHEMAS: '5000' }
        : {}),
    },
    setupFiles: mode === 'random' ? [] : ['tests/support/random/fixed-seed.ts'],
    pool: 'forks',
    // The files of a worker share its modules: importing them for each file took a third of the time.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
}));
