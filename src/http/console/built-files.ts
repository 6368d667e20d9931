import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { SettingFaults } from '../../config/settings/setting-faults.ts';
import type { OutgoingAnswer } from '../../request/stages.ts';
import type { PageLook } from './plain-page.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
};

/** The files that Vite built: the page that loads it, and the files, by path. */
export interface BuiltFiles {
  readonly page: OutgoingAnswer;
  readonly look: PageLook;
  readonly files: ReadonlyMap<string, OutgoingAnswer>;
}

/** Reads the built console into memory. Throws SettingFaults where it was not built, with the command that builds it. */
export function readBuiltFiles(folder: string): BuiltFiles {
  const page = join(folder, 'index.html');
  const assets = join(folder, 'assets');
  if (!existsSync(page) || !existsSync(assets)) {
    throw new SettingFaults(['the console’s pages are not built: run `npm run prepare`']);
  }
  const files = new Map(
    readdirSync(assets).flatMap((name): readonly (readonly [string, OutgoingAnswer])[] => {
      const type = TYPES[extname(name)];
      if (type === undefined) return [];
      const body = readFileSync(join(assets, name), 'utf8');
      return [[`/console/assets/${name}`, { status: 200, headers: { 'content-type': type }, body }]];
    }),
  );
  const pathOf = (ending: string): string => [...files.keys()].find((path) => path.endsWith(ending)) ?? '';
  return {
    page: {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: readFileSync(page, 'utf8'),
    },
    look: { stylesheet: pathOf('.css'), icon: pathOf('.svg') },
    files,
  };
}
