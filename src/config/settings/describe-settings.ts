import { REGISTER_NAMES } from '../../registers.ts';
import { urlSettingsOf } from './register-urls.ts';
import { OTHER_SETTINGS, SETTING_TABLE } from './setting-table.ts';

const NAME_WIDTH = 22;
const DEFAULT_WIDTH = 10;

const REGISTER_URL = {
  fallback: null,
  meaning:
    'base URL; outside the demo those of the registers and the dossier service go together; mocked in the demo',
} as const;

/** Every setting with its default and meaning, a line each, from the table by which settings are read. */
export function describeSettings(): string {
  const registers = urlSettingsOf(REGISTER_NAMES).map((name) => [name, REGISTER_URL] as const);
  const rows = [...Object.entries(SETTING_TABLE), ...registers, ...Object.entries(OTHER_SETTINGS)];
  const lines = rows.map(([name, { fallback, meaning }]) =>
    `  ${name.padEnd(NAME_WIDTH)}${(fallback || '-').padEnd(DEFAULT_WIDTH)}${meaning}`.trimEnd(),
  );
  return ['Settings, with their defaults:', ...lines].join('\n');
}
