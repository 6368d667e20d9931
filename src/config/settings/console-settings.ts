import type { SettingValues } from './read-table.ts';
import { isLoopback } from './setting-formats.ts';

/** The identity provider by which people sign in to the console, and the address of the console. */
export interface ConsoleSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The origin by which browsers reach the console; null: the loopback address that a request names. */
  readonly origin: string | null;
}

/** Settings of the console. The first three go together. */
export const CONSOLE_NAMES = [
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'CONSOLE_ORIGIN',
] as const;
const GROUP = CONSOLE_NAMES.slice(0, 3);

/** Faults of the group: a console that is set by half would let nobody in, or would send them to a wrong address. */
export function faultsOfConsole(read: (name: string) => string | undefined): readonly string[] {
  const missing = GROUP.filter((name) => read(name) === undefined);
  if (missing.length === GROUP.length) {
    return read('CONSOLE_ORIGIN') === undefined
      ? []
      : ['CONSOLE_ORIGIN is set, but OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are not'];
  }
  if (missing.length > 0) {
    return [`${missing.join(', ')} not set (OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET go together)`];
  }
  const origin = read('CONSOLE_ORIGIN');
  if (origin === undefined) {
    return isLoopback(read('HOST') ?? '127.0.0.1')
      ? []
      : ['CONSOLE_ORIGIN is not set: the address by which browsers reach the console'];
  }
  const isOrigin = URL.canParse(origin) && new URL(origin).origin === origin;
  const isSafe = isOrigin && (origin.startsWith('https:') || isLoopback(new URL(origin).hostname));
  return isSafe ? [] : ['CONSOLE_ORIGIN must be an origin such as https://gateway.example'];
}

/** The settings of the console; null where there is none. */
export function consoleOf(values: SettingValues<(typeof CONSOLE_NAMES)[number]>): ConsoleSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = values;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null;
  return { issuer, clientId, clientSecret, origin: values.CONSOLE_ORIGIN ?? null };
}
