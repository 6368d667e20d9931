import { join, resolve } from 'node:path';

/** The folder that Vite fills in `npm run prepare`. */
export const BUILT_CONSOLE = resolve(import.meta.dirname, '../../dist/console');
/** Documents of the operations that the pages may ask. */
export const CONSOLE_OPERATIONS = join(import.meta.dirname, 'operations');
