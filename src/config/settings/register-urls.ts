import { z } from 'zod';
import { urlSettingOf, type RegisterName } from '../../registers.ts';
import { HTTP, url } from './setting-formats.ts';

const DOSSIER_SETTING = 'DOSSIER_URL';

/** Base URLs of the registers, by name, and of the dossier service. */
export interface RegisterUrls {
  readonly registers: Readonly<Record<RegisterName, string>>;
  readonly dossier: string;
}

/** Names of the settings that hold these URLs. */
export function urlSettingsOf(registers: readonly RegisterName[]): readonly string[] {
  return [...registers.map(urlSettingOf), DOSSIER_SETTING];
}

/** Reads the group whole: outside the demo these settings go together. Faults are added to `faults`. */
export function readRegisterUrls(
  names: readonly RegisterName[],
  read: (name: string) => string | undefined,
  mode: 'demo' | 'production',
  faults: string[],
): RegisterUrls {
  const hint = mode === 'production' ? ' (the registers and the dossier service go together)' : '';
  const settings = urlSettingsOf(names);
  const formats = z.object(
    Object.fromEntries(settings.map((name) => [name, url(name, HTTP, `${name} is not set${hint}`)])),
  );
  const parsed = formats.safeParse(Object.fromEntries(settings.map((name) => [name, read(name)])));
  if (!parsed.success) faults.push(...parsed.error.issues.map(({ message }) => message));
  const urls: Readonly<Record<string, string>> = parsed.data ?? {};
  return {
    registers: Object.fromEntries(names.map((name) => [name, urls[urlSettingOf(name)] ?? ''])),
    dossier: urls[DOSSIER_SETTING] ?? '',
  };
}
