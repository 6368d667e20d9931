import { z } from 'zod';
import {
  choice,
  HTTP,
  months,
  onOff,
  originList,
  port,
  POSTGRES,
  REDIS,
  requiredText,
  tokenUrl,
  url,
} from './setting-formats.ts';

/** One setting: its format, the text that counts where it is absent, and its meaning. */
export interface Setting<Format extends z.ZodType = z.ZodType> {
  readonly format: Format;
  /** The default; null where there is none, and then the setting is required unless its format is optional. */
  readonly fallback: string | null;
  readonly meaning: string;
}

const LOG_LEVELS = ['info', 'fatal', 'error', 'warn', 'debug', 'silent'] as const;
/** Levels of the operator's log, from LOG_LEVEL. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The places that must confirm that no agreement was withdrawn: the folder alone, or Redis too. */
export type AgreementLeases = 'folder' | 'redis';

const TOKEN_GROUP = '(TOKEN_ISSUER, TOKEN_AUDIENCE, TOKEN_JWKS_URL go together)';
const INSTANCE_ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/;

function setting<Format extends z.ZodType>(
  format: Format,
  fallback: string | null,
  meaning: string,
): Setting<Format> {
  return { format, fallback, meaning };
}

/** Settings of the gateway and of the access log's commands; `ndg serve --help` prints them. */
export const SETTING_TABLE = {
  PORT: setting(port('PORT'), '4000', 'port of /graphql; 0 lets the system choose'),
  HOST: setting(requiredText('HOST'), '127.0.0.1', 'address to listen on; loopback alone in the demo'),
  ADMIN_PORT: setting(port('ADMIN_PORT'), null, 'port of /metrics; a free port in the demo'),
  ADMIN_HOST: setting(
    requiredText('ADMIN_HOST'),
    '127.0.0.1',
    'address of /metrics, and the only host name beside IP addresses by which it may be asked',
  ),
  CORS_ORIGINS: setting(
    originList('CORS_ORIGINS'),
    '',
    'origins whose scripts in a browser may ask /graphql, separated by commas; none by default',
  ),
  DATA_DIR: setting(
    requiredText('DATA_DIR'),
    null,
    "folder of this instance's data; each instance has its own; .data in the demo",
  ),
  INSTANCE_ID: setting(
    requiredText('INSTANCE_ID').regex(
      INSTANCE_ID,
      'INSTANCE_ID must be letters, digits and hyphens, at most 63',
    ),
    null,
    'name of this instance, which is in the name of its log; demo in the demo',
  ),
  SECRETS_DIR: setting(
    requiredText('SECRETS_DIR'),
    null,
    'folder of keys (mode 0700), outside DATA_DIR and AGREEMENTS_DIR; .secrets, made where it is absent, in the demo',
  ),
  AGREEMENTS_DIR: setting(
    requiredText('AGREEMENTS_DIR'),
    null,
    'folder of agreements and registered clients; mocks/agreements in the demo',
  ),
  REDIS_URL: setting(
    url('REDIS_URL', REDIS).optional(),
    null,
    'Redis for cached records, quotas and withdrawals; without it each instance uses its memory',
  ),
  DATABASE_URL: setting(
    url('DATABASE_URL', POSTGRES).optional(),
    null,
    'PostgreSQL for the access log; without it the log is a SQLite file in DATA_DIR',
  ),
  DATABASE_INDEX_URL: setting(
    url('DATABASE_INDEX_URL', POSTGRES).optional(),
    null,
    "the same database with the login that fills the log's search index; DATABASE_URL by default, which then may change the index",
  ),
  DATABASE_OWNER_URL: setting(
    url('DATABASE_OWNER_URL', POSTGRES).optional(),
    null,
    "the same database as the tables' owner, for `ndg log migrate` and `ndg log archive`; DATABASE_URL by default",
  ),
  WITNESS_URL: setting(
    url('WITNESS_URL', HTTP).optional(),
    null,
    "a witness that cosigns the log's checkpoints; goes together with WITNESS_KEY",
  ),
  WITNESS_KEY: setting(requiredText('WITNESS_KEY').optional(), null, 'the public key (vkey) of the witness'),
  LOG_SEARCHABLE_MONTHS: setting(
    months('LOG_SEARCHABLE_MONTHS'),
    '24',
    'months for which the access log is kept in its store, searchable',
  ),
  LOG_ARCHIVE_MONTHS: setting(
    months('LOG_ARCHIVE_MONTHS'),
    '60',
    'months for which it is kept in archives too; then entries are removed and their hashes stay',
  ),
  AGREEMENT_LEASES: setting(
    choice('AGREEMENT_LEASES', ['folder', 'redis']),
    'folder',
    '`redis`: an instance that is cut off from Redis confirms no agreement',
  ),
  TOKEN_ISSUER: setting(
    tokenUrl('TOKEN_ISSUER', `TOKEN_ISSUER is not set ${TOKEN_GROUP}`),
    null,
    'issuer of access tokens; the three TOKEN_ settings go together; mocked in the demo',
  ),
  TOKEN_AUDIENCE: setting(
    z.string({ error: `TOKEN_AUDIENCE is not set ${TOKEN_GROUP}` }),
    null,
    'audience that a token must name',
  ),
  TOKEN_JWKS_URL: setting(
    tokenUrl('TOKEN_JWKS_URL', `TOKEN_JWKS_URL is not set ${TOKEN_GROUP}`),
    null,
    "URL of the issuer's key set (RFC 7517)",
  ),
  OIDC_ISSUER: setting(
    tokenUrl('OIDC_ISSUER', 'OIDC_ISSUER is not set').optional(),
    null,
    'identity provider of the console (OpenID Connect), goes together with OIDC_CLIENT_ID and OIDC_CLIENT_SECRET; without them there is no console; mocked in the demo',
  ),
  OIDC_CLIENT_ID: setting(
    requiredText('OIDC_CLIENT_ID').optional(),
    null,
    'client by which the console is registered with that provider',
  ),
  OIDC_CLIENT_SECRET: setting(requiredText('OIDC_CLIENT_SECRET').optional(), null, 'secret of that client'),
  CONSOLE_ORIGIN: setting(
    requiredText('CONSOLE_ORIGIN').optional(),
    null,
    'origin by which browsers reach the console, as https://gateway.example; on loopback the one that a request names',
  ),
  REGISTER_CA: setting(
    requiredText('REGISTER_CA').optional(),
    null,
    "PEM file of the authorities that certify registers and dossier service; the system's by default",
  ),
  REGISTER_CLIENT_CERT: setting(
    requiredText('REGISTER_CLIENT_CERT').optional(),
    null,
    'PEM file of the certificate that the gateway shows them; goes together with its key',
  ),
  REGISTER_CLIENT_KEY: setting(
    requiredText('REGISTER_CLIENT_KEY').optional(),
    null,
    'PEM file of the private key of that certificate',
  ),
  LOG_LEVEL: setting(choice('LOG_LEVEL', LOG_LEVELS), 'info', "level of the operator's log"),
  SHARED_CALLS: setting(onOff('SHARED_CALLS'), 'on', '`off`: every request makes its own calls'),
  REGISTER_BATCHES: setting(
    onOff('REGISTER_BATCHES'),
    'on',
    '`off`: only operations that take one key a call and that public documents show; without batches and look-ups by person',
  ),
  EARLY_WARNING: setting(
    onOff('EARLY_WARNING'),
    'on',
    '`off`: this instance does not watch over the access log; another one that shares its database must',
  ),
  ALERT_WEBHOOK_URL: setting(
    url('ALERT_WEBHOOK_URL', HTTP).optional(),
    null,
    "where acts about alerts of early warning are sent, signed with the key of the instance's log; without it nowhere",
  ),
  REPORT_TEMPLATE: setting(
    requiredText('REPORT_TEMPLATE').optional(),
    null,
    "file of an office's own template of the daily report (Liquid); the gateway's own by default",
  ),
  RECORD_CACHE: setting(onOff('RECORD_CACHE'), 'on', '`off`: every request asks the registers'),
} as const;

/** Settings that are read outside the table, for the printed list. */
export const OTHER_SETTINGS: Readonly<Record<string, Omit<Setting, 'format'>>> = {
  ENV_FILE: {
    fallback: '.env',
    meaning: 'file with settings that the environment does not set; `off` reads none',
  },
  MOCKS_PORT: {
    fallback: null,
    meaning: 'first of six ports of the mocked services; free ports in the demo',
  },
  MOCKS_PERSONS: {
    fallback: '1000000',
    meaning:
      'about how many persons the mocked country has, 10,000 to 100,000,000; the same for `people` as for the demo',
  },
};

/** Names of the settings in the table. */
export type SettingName = keyof typeof SETTING_TABLE;
