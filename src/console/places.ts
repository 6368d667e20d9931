import { join, resolve } from 'node:path';
import { CONSOLE_PAGES } from './pages.ts';

/** The folder that Vite fills in `npm run prepare`. */
export const BUILT_CONSOLE = resolve(import.meta.dirname, '../../dist/console');
/** The pages, and the folder with the documents of the operations that they may ask. */
export const CONSOLE_CONTENT = {
  pages: CONSOLE_PAGES,
  operationsFolder: join(import.meta.dirname, 'operations'),
};
