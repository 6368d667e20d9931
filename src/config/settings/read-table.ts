import { z } from 'zod';
import type { Environment } from './read-environment.ts';
import { SETTING_TABLE, type SettingName } from './setting-table.ts';

/** Values of some settings, by name, as their formats read them. */
export type SettingValues<Name extends SettingName> = {
  readonly [One in Name]: z.output<(typeof SETTING_TABLE)[One]['format']>;
};

/** The text of a setting without spaces around it; an empty one counts as absent. */
export function textOfSetting(environment: Environment, name: string): string | undefined {
  return environment[name]?.trim() || undefined;
}

/** Reads these settings of the table at once; null, with every fault added, where one is missing or malformed. */
export function readTable<Name extends SettingName>(
  environment: Environment,
  names: readonly Name[],
  faults: string[],
): SettingValues<Name> | null {
  const formats = z.object(Object.fromEntries(names.map((name) => [name, SETTING_TABLE[name].format])));
  const texts = names.map((name) => [
    name,
    textOfSetting(environment, name) ?? SETTING_TABLE[name].fallback ?? undefined,
  ]);
  const parsed = formats.safeParse(Object.fromEntries(texts));
  if (!parsed.success) faults.push(...parsed.error.issues.map(({ message }) => message));
  // The table made both the formats and the type of the values.
  return parsed.success ? (parsed.data as SettingValues<Name>) : null;
}
