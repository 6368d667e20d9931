import { resolve } from 'node:path';
import { defineConfig } from 'vite';

/** Builds the console's pages into dist/console; `npm run prepare` calls it, and `npm ci` with it. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  publicDir: false,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    alias: [
      // The log's format names Node's cryptography in one file, in whose place browsers get another.
      {
        find: /^\.\.?\/(?:.*\/)?crypto\.ts$/,
        replacement: resolve(import.meta.dirname, 'proof/browser-crypto.ts'),
      },
    ],
  },
  build: {
    outDir: resolve(import.meta.dirname, '../../dist/console'),
    emptyOutDir: true,
    target: 'es2022',
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
  },
});
