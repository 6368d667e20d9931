import { z } from 'zod';
import { HTTP, url } from './setting-formats.ts';

/** Names of the settings that say where the registers and the dossier service are. */
export const REGISTER_URLS = {
  population: 'POPULATION_URL',
  business: 'BUSINESS_URL',
  land: 'LAND_URL',
  civilStatus: 'CIVIL_STATUS_URL',
  dossier: 'DOSSIER_URL',
} as const;

/** Base URLs of the registers and the dossier service. */
export type RegisterUrls = { readonly [Source in keyof typeof REGISTER_URLS]: string };

/** Reads the group whole: outside the demo these settings go together. Faults are added to `faults`. */
export function readRegisterUrls(
  read: (name: string) => string | undefined,
  mode: 'demo' | 'production',
  faults: string[],
): RegisterUrls {
  const hint = mode === 'production' ? ' (the registers and the dossier service go together)' : '';
  const formats = Object.entries(REGISTER_URLS).map(
    ([source, name]) => [source, url(name, HTTP, `${name} is not set${hint}`)] as const,
  );
  const given = Object.entries(REGISTER_URLS).map(([source, name]) => [source, read(name)] as const);
  const parsed = z.object(Object.fromEntries(formats)).safeParse(Object.fromEntries(given));
  if (!parsed.success) faults.push(...parsed.error.issues.map(({ message }) => message));
  return (parsed.data ?? NO_URLS) as RegisterUrls;
}

const NO_URLS: RegisterUrls = { population: '', business: '', land: '', civilStatus: '', dossier: '' };
