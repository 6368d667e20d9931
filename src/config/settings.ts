import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { urlSettingOf, type RegisterName } from '../registers.ts';
import { readSecrets, type CredentialShape } from './secrets.ts';

/** Everything configurable, checked. */
export interface Settings {
  readonly mode: 'demo' | 'production';
  readonly port: number;
  readonly host: string;
  readonly adminPort: number;
  readonly dataDirectory: string;
  readonly instanceId: string;
  readonly secretsDirectory: string;
  readonly agreementsDirectory: string;
  /** Null: records are cached in memory. */
  readonly redisUrl: string | null;
  /** Null: the access log is a SQLite file in DATA_DIR. */
  readonly databaseUrl: string | null;
  /** Who cosigns the log's checkpoints; null: nobody. */
  readonly witness: { readonly url: string; readonly key: string } | null;
  readonly retention: LogRetention;
  /** `redis`: an instance that is cut off from Redis confirms no agreement; `folder`: the folder alone decides. */
  readonly agreementLeases: AgreementLeases;
  /** Base URLs of the registers, by name. */
  readonly registerUrls: Readonly<Record<RegisterName, string>>;
  readonly dossierUrl: string;
  readonly token: { readonly issuer: string; readonly audience: string; readonly jwksUrl: string };
  readonly logLevel: LogLevel;
  /** Off: every request makes its own calls. */
  readonly sharesCalls: boolean;
  /** Off: every request asks the registers. */
  readonly cachesRecords: boolean;
}

/** Months for which the access log is kept. */
export interface LogRetention {
  /** In the store, searchable. */
  readonly searchableMonths: number;
  /** In archives too; afterwards entries are removed, and their hashes stay. */
  readonly archiveMonths: number;
}

/** No store may forget sooner: system security level 5 (Decree 331/2026), and Decree 53/2022 art. 27. */
export const LEGAL_MINIMUM_MONTHS = 12;

const AGREEMENT_LEASES = ['folder', 'redis'] as const;
export type AgreementLeases = (typeof AGREEMENT_LEASES)[number];

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type Environment = Readonly<Record<string, string | undefined>>;

/** All faults of the settings at once: a start that fails should fail one time only. */
export class SettingFaults extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The gateway cannot start:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'SettingFaults';
    this.faults = faults;
  }
}

/** The only reader of the process's environment. */
export function processEnvironment(): Environment {
  return process.env;
}

const TOKEN_GROUP = ['TOKEN_ISSUER', 'TOKEN_AUDIENCE', 'TOKEN_JWKS_URL'] as const;
const DOSSIER_SETTING = 'DOSSIER_URL';

/**
 * Reads the settings of CONTRACT.md. In the demo the caller has filled in what is mocked beforehand; nothing has a
 * default in production but PORT, HOST and LOG_LEVEL. Throws SettingFaults.
 */
export function readSettings(
  environment: Environment,
  mode: Settings['mode'],
  registers: readonly CredentialShape[],
): Settings {
  const faults: string[] = [];
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const required = (name: string): string => {
    const value = read(name);
    if (value === undefined) faults.push(`${name} is not set`);
    return value ?? '';
  };

  checkGroups(read, mode, registers, faults);
  const dataDirectory = required('DATA_DIR');
  const secretsDirectory = required('SECRETS_DIR');
  if (dataDirectory && secretsDirectory && isInside(secretsDirectory, dataDirectory)) {
    faults.push('SECRETS_DIR must not lie inside DATA_DIR');
  }
  const agreementsDirectory = required('AGREEMENTS_DIR');
  if (agreementsDirectory && secretsDirectory && isInside(secretsDirectory, agreementsDirectory)) {
    faults.push('SECRETS_DIR must not lie inside AGREEMENTS_DIR');
  }
  const instanceId = required('INSTANCE_ID');
  const isInstanceId = /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/.test(instanceId);
  if (instanceId && !isInstanceId) {
    faults.push('INSTANCE_ID must be letters, digits and hyphens, at most 63');
  }
  const host = read('HOST') ?? '127.0.0.1';
  if (mode === 'demo' && !isLoopback(host)) faults.push('HOST must be a loopback address in the demo');
  const settings: Settings = {
    mode,
    port: port('PORT', read('PORT') ?? '4000', faults),
    host,
    adminPort: port('ADMIN_PORT', required('ADMIN_PORT'), faults),
    dataDirectory,
    instanceId,
    secretsDirectory,
    agreementsDirectory,
    redisUrl: url('REDIS_URL', read('REDIS_URL'), ['redis:', 'rediss:'], faults) ?? null,
    databaseUrl: url('DATABASE_URL', read('DATABASE_URL'), ['postgres:', 'postgresql:'], faults) ?? null,
    witness: readWitness(read, faults),
    retention: readRetention(read, faults),
    agreementLeases: choice(
      'AGREEMENT_LEASES',
      read('AGREEMENT_LEASES') ?? 'folder',
      AGREEMENT_LEASES,
      faults,
    ),
    registerUrls: readRegisterUrls(registers, read, faults),
    dossierUrl: registerUrl(DOSSIER_SETTING, read, faults),
    token: {
      issuer: tokenUrl('TOKEN_ISSUER', read, faults),
      audience: read('TOKEN_AUDIENCE') ?? '',
      jwksUrl: tokenUrl('TOKEN_JWKS_URL', read, faults),
    },
    logLevel: choice('LOG_LEVEL', read('LOG_LEVEL') ?? 'info', LOG_LEVELS, faults),
    sharesCalls:
      choice('SHARED_CALLS', read('SHARED_CALLS') ?? 'on', ['on', 'off'] as const, faults) === 'on',
    cachesRecords:
      choice('RECORD_CACHE', read('RECORD_CACHE') ?? 'on', ['on', 'off'] as const, faults) === 'on',
  };
  if (settings.agreementLeases === 'redis' && read('REDIS_URL') === undefined) {
    faults.push('AGREEMENT_LEASES is redis, but REDIS_URL is not set');
  }
  if (mode === 'production' && isDemoIssuer(settings.token.issuer)) {
    faults.push('TOKEN_ISSUER is the demo’s, whose signing key is public');
  }
  if (faults.length > 0) {
    // Secrets are read again once the settings are good; here only so that their faults are told at the same time.
    throw new SettingFaults([
      ...faults,
      ...(secretsDirectory
        ? readSecrets(secretsDirectory, mode, isInstanceId ? instanceId : '', registers).faults
        : []),
    ]);
  }
  return settings;
}

export function readWitness(
  read: (name: string) => string | undefined,
  faults: string[],
): Settings['witness'] {
  const address = url('WITNESS_URL', read('WITNESS_URL'), ['http:', 'https:'], faults);
  const key = read('WITNESS_KEY');
  if ((address === undefined) !== (key === undefined)) {
    faults.push('WITNESS_URL and WITNESS_KEY go together');
  }
  return address === undefined || key === undefined ? null : { url: address, key };
}

export function readRetention(read: (name: string) => string | undefined, faults: string[]): LogRetention {
  const searchableMonths = months('LOG_SEARCHABLE_MONTHS', read('LOG_SEARCHABLE_MONTHS') ?? '24', faults);
  const archiveMonths = months('LOG_ARCHIVE_MONTHS', read('LOG_ARCHIVE_MONTHS') ?? '60', faults);
  if (archiveMonths < searchableMonths) {
    faults.push('LOG_ARCHIVE_MONTHS must not be shorter than LOG_SEARCHABLE_MONTHS');
  }
  return { searchableMonths, archiveMonths };
}

function months(name: string, value: string, faults: string[]): number {
  const count = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (count < LEGAL_MINIMUM_MONTHS) {
    faults.push(`${name} must be a number of months, at least ${LEGAL_MINIMUM_MONTHS} (the legal minimum)`);
  }
  return count;
}

/** The demo's issuer is under `.invalid` (RFC 2606), which no real issuer can be. */
function isDemoIssuer(issuer: string): boolean {
  return URL.canParse(issuer) && new URL(issuer).hostname.endsWith('.invalid');
}

function checkGroups(
  read: (name: string) => string | undefined,
  mode: Settings['mode'],
  registers: readonly CredentialShape[],
  faults: string[],
): void {
  const missingTokens = TOKEN_GROUP.filter((name) => read(name) === undefined);
  if (missingTokens.length > 0) {
    faults.push(...missingTokens.map((name) => `${name} is not set (${TOKEN_GROUP.join(', ')} go together)`));
  }
  const registerGroup = [...registers.map(({ name }) => urlSettingOf(name)), DOSSIER_SETTING];
  const missingRegisters = registerGroup.filter((name) => read(name) === undefined);
  const hint = mode === 'production' ? ' (the registers and the dossier service go together)' : '';
  faults.push(...missingRegisters.map((name) => `${name} is not set${hint}`));
}

function readRegisterUrls(
  registers: readonly CredentialShape[],
  read: (name: string) => string | undefined,
  faults: string[],
): Readonly<Record<RegisterName, string>> {
  return Object.fromEntries(
    registers.map(({ name }) => [name, registerUrl(urlSettingOf(name), read, faults)]),
  );
}

function registerUrl(name: string, read: (name: string) => string | undefined, faults: string[]): string {
  return url(name, read(name), ['http:', 'https:'], faults) ?? '';
}

/** Keys and issuers decide who is believed: plain HTTP is for loopback only. */
function tokenUrl(name: string, read: (name: string) => string | undefined, faults: string[]): string {
  const value = url(name, read(name), ['http:', 'https:'], faults);
  if (value !== undefined && new URL(value).protocol === 'http:' && !isLoopback(new URL(value).hostname)) {
    faults.push(`${name} must be https: outside loopback`);
  }
  return value ?? '';
}

export function url(
  name: string,
  value: string | undefined,
  protocols: readonly string[],
  faults: string[],
): string | undefined {
  if (value === undefined) return undefined;
  if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) return value;
  faults.push(`${name} is no ${protocols.join(' or ')} URL`);
  return undefined;
}

function port(name: string, value: string, faults: string[]): number {
  if (value === '') return 0;
  const number = Number(value);
  if (/^\d{1,5}$/.test(value) && number <= 65_535) return number;
  faults.push(`${name} is no port`);
  return 0;
}

function choice<T extends string>(
  name: string,
  value: string,
  choices: readonly [T, ...T[]],
  faults: string[],
): T {
  const found = choices.find((one) => one === value);
  if (found === undefined) faults.push(`${name} must be one of ${choices.join(', ')}`);
  return found ?? choices[0];
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function isInside(path: string, folder: string): boolean {
  const way = relative(realPath(folder), realPath(path));
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** A symbolic link must not hide where a folder lies. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
