import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const BUILT = join(DIST, 'console');
const CONFIG = fileURLToPath(new URL('../src/console/vite.config.ts', import.meta.url));

/**
 * Builds the console's pages where they are not there, as after `npm ci --ignore-scripts`: the demo starts all the same. Outside the demo
 * a missing build stops the start. Several processes may build at once: each in a folder of its own, and the first one stays.
 */
export async function buildMissingPages(): Promise<void> {
  if (existsSync(join(BUILT, 'index.html'))) return;
  process.stderr.write('Building the console’s pages, once, as `npm run prepare` does.\n');
  const { build } = await import('vite');
  mkdirSync(DIST, { recursive: true });
  const folder = mkdtempSync(join(DIST, '.console-'));
  await build({ configFile: CONFIG, logLevel: 'error', build: { outDir: folder } });
  try {
    renameSync(folder, BUILT);
  } catch {
    rmSync(folder, { recursive: true, force: true });
  }
}
