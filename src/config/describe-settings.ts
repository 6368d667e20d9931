import { REGISTER_URLS } from './register-urls.ts';
import { OTHER_SETTINGS, SETTING_TABLE } from './setting-table.ts';

const NAME_WIDTH = 22;
const DEFAULT_WIDTH = 10;

/** Every setting with its default and meaning, a line each, from the table by which settings are read. */
export function describeSettings(): string {
  const registers = Object.entries(REGISTER_URLS).map(
    ([source, name]) =>
      [
        name,
        { fallback: null, meaning: `base URL of ${source}; outside the demo these URLs go together` },
      ] as const,
  );
  const rows = [...Object.entries(SETTING_TABLE), ...registers, ...Object.entries(OTHER_SETTINGS)];
  const lines = rows.map(([name, { fallback, meaning }]) =>
    `  ${name.padEnd(NAME_WIDTH)}${(fallback ?? '-').padEnd(DEFAULT_WIDTH)}${meaning}`.trimEnd(),
  );
  return ['Settings, with their defaults:', ...lines].join('\n');
}
