import { CONSOLE_NAMES, consoleOf, faultsOfConsole, type ConsoleSettings } from './console-settings.ts';
import { isInsideFolder } from './folder-place.ts';
import { readTable, textOfSetting, type SettingValues } from './read-table.ts';
import type { Environment } from './read-environment.ts';
import type { RegisterName } from '../../registers.ts';
import { readRegisterUrls } from './register-urls.ts';
import { readRegisterTls, type RegisterTls } from './register-tls.ts';
import { readSecrets, type CredentialShape } from '../secrets/read-secrets.ts';
import { SettingFaults } from './setting-faults.ts';
import { isLoopback } from './setting-formats.ts';
import { SETTING_TABLE, type AgreementLeases, type LogLevel } from './setting-table.ts';

/** Everything configurable, checked. */
export interface Settings {
  readonly mode: 'demo' | 'production';
  readonly port: number;
  readonly host: string;
  readonly adminPort: number;
  readonly adminHost: string;
  /** Origins whose scripts may ask /graphql. */
  readonly corsOrigins: ReadonlySet<string>;
  readonly dataDirectory: string;
  readonly instanceId: string;
  readonly secretsDirectory: string;
  readonly agreementsDirectory: string;
  /** The Redis of all instances; null where each instance uses its own memory. */
  readonly redisUrl: string | null;
  /** The PostgreSQL of the access log; null where the log is a SQLite file in DATA_DIR. */
  readonly databaseUrl: string | null;
  /** The login that fills the log's search index; null: that of `databaseUrl`. */
  readonly databaseIndexUrl: string | null;
  /** The witness that cosigns the log's checkpoints, or null. */
  readonly witness: WitnessSettings | null;
  readonly retention: LogRetention;
  /** `redis`: an instance that is cut off from Redis confirms no agreement; `folder`: the folder alone decides. */
  readonly agreementLeases: AgreementLeases;
  /** Base URLs of the registers, by name. */
  readonly registerUrls: Readonly<Record<RegisterName, string>>;
  readonly dossierUrl: string;
  readonly registerTls: RegisterTls;
  readonly token: { readonly issuer: string; readonly audience: string; readonly jwksUrl: string };
  /** Sign-in of the console; null where there is no console. */
  readonly console: ConsoleSettings | null;
  readonly logLevel: LogLevel;
  /** False: every request makes its own calls. */
  readonly sharesCalls: boolean;
  /** False: the registers are asked one key a call, by their public operations alone. */
  readonly asksBatches: boolean;
  /** File of an office's own template of the daily report; null: the gateway's own. */
  readonly reportTemplate: string | null;
  /** False: every request asks the registers. */
  readonly cachesRecords: boolean;
  /** False: this instance does not watch over the log. */
  readonly watches: boolean;
  /** URL to which acts about alerts are sent; null: nowhere. */
  readonly alertWebhookUrl: string | null;
}

/** Address and public key (vkey) of a witness. */
export interface WitnessSettings {
  readonly url: string;
  readonly key: string;
}

/** Months for which the access log is kept. */
export interface LogRetention {
  /** Months in the store, where entries are searchable. */
  readonly searchableMonths: number;
  /** Months in store and archives together; afterwards entries are removed, and their hashes stay. */
  readonly archiveMonths: number;
}

const NAMES = [
  'PORT',
  'HOST',
  'ADMIN_PORT',
  'ADMIN_HOST',
  'CORS_ORIGINS',
  'DATA_DIR',
  'INSTANCE_ID',
  'SECRETS_DIR',
  'AGREEMENTS_DIR',
  'REDIS_URL',
  'DATABASE_URL',
  'DATABASE_INDEX_URL',
  'WITNESS_URL',
  'WITNESS_KEY',
  'LOG_SEARCHABLE_MONTHS',
  'LOG_ARCHIVE_MONTHS',
  'REPORT_TEMPLATE',
  'AGREEMENT_LEASES',
  'TOKEN_ISSUER',
  'TOKEN_AUDIENCE',
  'TOKEN_JWKS_URL',
  'REGISTER_CA',
  'REGISTER_CLIENT_CERT',
  'REGISTER_CLIENT_KEY',
  ...CONSOLE_NAMES,
  'LOG_LEVEL',
  'SHARED_CALLS',
  'REGISTER_BATCHES',
  'RECORD_CACHE',
  'EARLY_WARNING',
  'ALERT_WEBHOOK_URL',
] as const;

/** Reads all settings. In the demo the caller has filled in beforehand what is mocked or made. Throws SettingFaults. */
export function readSettings(
  environment: Environment,
  mode: Settings['mode'],
  registers: readonly CredentialShape[],
): Settings {
  const faults: string[] = [];
  const read = (name: string): string | undefined => textOfSetting(environment, name);
  const values = readTable(environment, NAMES, faults);
  const names = registers.map(({ name }) => name);
  const urls = readRegisterUrls(names, read, mode, faults);
  faults.push(
    ...faultsOfFolders(read),
    ...faultsOfDemo(read, mode),
    ...faultsOfWitness(read),
    ...faultsOfRetention(read),
    ...faultsOfConsole(read),
  );
  if (read('AGREEMENT_LEASES') === 'redis' && read('REDIS_URL') === undefined) {
    faults.push('AGREEMENT_LEASES is redis, but REDIS_URL is not set');
  }
  const registerTls = readRegisterTls(values ?? {}, faults);
  if (faults.length > 0 || !values)
    throw new SettingFaults([...faults, ...faultsOfSecrets(read, mode, registers)]);
  return {
    mode,
    port: values.PORT,
    host: values.HOST,
    adminPort: values.ADMIN_PORT,
    adminHost: values.ADMIN_HOST,
    corsOrigins: values.CORS_ORIGINS,
    dataDirectory: values.DATA_DIR,
    instanceId: values.INSTANCE_ID,
    secretsDirectory: values.SECRETS_DIR,
    agreementsDirectory: values.AGREEMENTS_DIR,
    redisUrl: values.REDIS_URL ?? null,
    databaseUrl: values.DATABASE_URL ?? null,
    databaseIndexUrl: values.DATABASE_INDEX_URL ?? null,
    witness: witnessOf(values),
    reportTemplate: values.REPORT_TEMPLATE ?? null,
    retention: retentionOf(values),
    agreementLeases: values.AGREEMENT_LEASES,
    registerUrls: urls.registers,
    dossierUrl: urls.dossier,
    registerTls,
    token: {
      issuer: values.TOKEN_ISSUER,
      audience: values.TOKEN_AUDIENCE,
      jwksUrl: values.TOKEN_JWKS_URL,
    },
    console: consoleOf(values),
    logLevel: values.LOG_LEVEL,
    sharesCalls: values.SHARED_CALLS,
    asksBatches: values.REGISTER_BATCHES,
    cachesRecords: values.RECORD_CACHE,
    watches: values.EARLY_WARNING,
    alertWebhookUrl: values.ALERT_WEBHOOK_URL ?? null,
  };
}

type ReadText = (name: string) => string | undefined;

/** Secrets in a folder that others back up or write to would leak, or be replaced. */
function faultsOfFolders(read: ReadText): readonly string[] {
  const secrets = read('SECRETS_DIR');
  return ['DATA_DIR', 'AGREEMENTS_DIR'].flatMap((name) => {
    const folder = read(name);
    const isInside = secrets !== undefined && folder !== undefined && isInsideFolder(secrets, folder);
    return isInside ? [`SECRETS_DIR must not lie inside ${name}`] : [];
  });
}

/** Demo and production never mix: the demo listens on loopback, and production refuses the demo's public signing key. */
function faultsOfDemo(read: ReadText, mode: Settings['mode']): readonly string[] {
  if (mode === 'demo') {
    return ['HOST', 'ADMIN_HOST'].flatMap((name) =>
      isLoopback(read(name) ?? '127.0.0.1') ? [] : [`${name} must be a loopback address in the demo`],
    );
  }
  const issuer = read('TOKEN_ISSUER') ?? '';
  return isDemoIssuer(issuer) ? [DEMO_ISSUER_FAULT] : [];
}

/** The words say what to do, because `ndg mocks` prints this issuer. */
const DEMO_ISSUER_FAULT =
  'TOKEN_ISSUER is the demo’s, whose signing key is public. A gateway over the mocks starts with --demo ' +
  '(`npx ndg serve --demo`); production takes the issuer of your identity provider';

/** The demo's issuer is under `.invalid` (RFC 2606), which no real issuer can be. */
function isDemoIssuer(issuer: string): boolean {
  return URL.canParse(issuer) && new URL(issuer).hostname.endsWith('.invalid');
}

/** A witness that is set by half would not be asked, and nobody would notice. */
export function faultsOfWitness(read: ReadText): readonly string[] {
  const isHalf = (read('WITNESS_URL') === undefined) !== (read('WITNESS_KEY') === undefined);
  return isHalf ? ['WITNESS_URL and WITNESS_KEY go together'] : [];
}

/** An archive that ends before the store does would remove entries that are still searchable. */
export function faultsOfRetention(read: ReadText): readonly string[] {
  const searchable = Number(read('LOG_SEARCHABLE_MONTHS') ?? SETTING_TABLE.LOG_SEARCHABLE_MONTHS.fallback);
  const archived = Number(read('LOG_ARCHIVE_MONTHS') ?? SETTING_TABLE.LOG_ARCHIVE_MONTHS.fallback);
  return archived < searchable ? ['LOG_ARCHIVE_MONTHS must not be shorter than LOG_SEARCHABLE_MONTHS'] : [];
}

/** Faults of SECRETS_DIR beside those of the settings; once the settings are good, gateway.ts reads the secrets. */
function faultsOfSecrets(
  read: ReadText,
  mode: Settings['mode'],
  registers: readonly CredentialShape[],
): readonly string[] {
  const directory = read('SECRETS_DIR');
  const instance = SETTING_TABLE.INSTANCE_ID.format.safeParse(read('INSTANCE_ID'));
  return directory === undefined ? [] : readSecrets(directory, mode, instance.data ?? '', registers).faults;
}

/** The witness; null where none is set. */
export function witnessOf(values: SettingValues<'WITNESS_URL' | 'WITNESS_KEY'>): WitnessSettings | null {
  const { WITNESS_URL: url, WITNESS_KEY: key } = values;
  return url === undefined || key === undefined ? null : { url, key };
}

/** Reads the two times of retention. */
export function retentionOf(
  values: SettingValues<'LOG_SEARCHABLE_MONTHS' | 'LOG_ARCHIVE_MONTHS'>,
): LogRetention {
  return { searchableMonths: values.LOG_SEARCHABLE_MONTHS, archiveMonths: values.LOG_ARCHIVE_MONTHS };
}
