import { lstatSync, readdirSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { urlSettingOf } from '../../registers.ts';
import { isLoopback } from './setting-formats.ts';
import type { Settings } from './settings.ts';

/** A thing that a start tells the operator without refusing to go on. */
export interface StartWarning {
  /** The setting, or a file of the folder that it names. */
  readonly setting: string;
  readonly reason: 'open-to-others' | 'foreign-owner' | 'link' | 'not-encrypted';
}

/** Looks at files and addresses that the gateway relies on. */
export function startWarnings(settings: Settings): readonly StartWarning[] {
  const { secretsDirectory, dataDirectory, agreementsDirectory } = settings;
  return [
    ...fileWarnings('DATA_DIR', dataDirectory, 0o027),
    // Other people may read agreements, but only their keeper may write them.
    ...fileWarnings('AGREEMENTS_DIR', agreementsDirectory, 0o002),
    ...fileWarnings('SECRETS_DIR', secretsDirectory, 0o077),
    ...namesIn(secretsDirectory).flatMap((name) =>
      fileWarnings(`SECRETS_DIR/${name}`, join(secretsDirectory, name), 0o077),
    ),
    ...addressesOf(settings)
      .filter(([, url]) => !isEncrypted(url))
      .map(([setting]) => ({ setting, reason: 'not-encrypted' as const })),
  ];
}

/** A link can be turned to another file by its owner, and another owner can change the file. */
function fileWarnings(setting: string, path: string, forbidden: number): readonly StartWarning[] {
  const [link, file] = [statOf(() => lstatSync(path)), statOf(() => statSync(path))];
  if (!link || !file) return [];
  const reasons: StartWarning['reason'][] = [];
  if (link.isSymbolicLink()) reasons.push('link');
  if ((file.mode & forbidden) !== 0) reasons.push('open-to-others');
  if ([link, file].some(({ uid }) => uid !== 0 && uid !== process.getuid?.())) reasons.push('foreign-owner');
  return reasons.map((reason) => ({ setting, reason }));
}

function statOf(read: () => Stats): Stats | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function addressesOf(settings: Settings): readonly (readonly [setting: string, url: string])[] {
  const { registerUrls, dossierUrl, redisUrl, databaseUrl, databaseIndexUrl } = settings;
  return [
    ...Object.entries(registerUrls).map(([name, url]) => [urlSettingOf(name), url] as const),
    ['DOSSIER_URL', dossierUrl],
    ...(redisUrl === null ? [] : ([['REDIS_URL', redisUrl]] as const)),
    ...(databaseUrl === null ? [] : ([['DATABASE_URL', databaseUrl]] as const)),
    ...(databaseIndexUrl === null ? [] : ([['DATABASE_INDEX_URL', databaseIndexUrl]] as const)),
  ];
}

/** Whether the connection is encrypted, or stays within this machine. */
function isEncrypted(text: string): boolean {
  if (!URL.canParse(text)) return true;
  const { protocol, hostname, searchParams } = new URL(text);
  if (hostname === '' || isLoopback(hostname) || ['https:', 'rediss:'].includes(protocol)) return true;
  return /^(require|verify-ca|verify-full)$/.test(searchParams.get('sslmode') ?? '');
}
