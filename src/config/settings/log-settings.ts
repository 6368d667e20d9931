import { openKeyFolder, type KeyRing } from '../secrets/key-rings.ts';
import type { Environment } from './read-environment.ts';
import { readTable, textOfSetting } from './read-table.ts';
import { SettingFaults } from './setting-faults.ts';
import { faultsOfRetention, faultsOfWitness, retentionOf, witnessOf, type Settings } from './settings.ts';

/** Settings of the access log's own commands; a text that is neither set nor needed is empty. */
export interface LogSettings extends Pick<
  Settings,
  'dataDirectory' | 'databaseUrl' | 'instanceId' | 'secretsDirectory' | 'witness' | 'retention'
> {
  /** DATABASE_OWNER_URL, which logs in as the owner of the tables; DATABASE_URL where that is not set. */
  readonly databaseOwnerUrl: string | null;
}

/** A setting that a command cannot do without; `store` is DATABASE_URL or DATA_DIR. */
export type LogNeed = 'store' | 'DATA_DIR' | 'INSTANCE_ID' | 'SECRETS_DIR';

const NAMES = [
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'WITNESS_URL',
  'WITNESS_KEY',
  'LOG_SEARCHABLE_MONTHS',
  'LOG_ARCHIVE_MONTHS',
] as const;

/** Reads the gateway's settings as far as the command needs them. Throws SettingFaults. */
export function readLogSettings(environment: Environment, needs: readonly LogNeed[]): LogSettings {
  const faults: string[] = [];
  const read = (name: string): string | undefined => textOfSetting(environment, name);
  const text = (name: 'DATA_DIR' | 'INSTANCE_ID' | 'SECRETS_DIR'): string => {
    const value = read(name);
    if (value === undefined && needs.includes(name)) faults.push(`${name} is not set`);
    return value ?? '';
  };
  const texts = {
    dataDirectory: text('DATA_DIR'),
    instanceId: text('INSTANCE_ID'),
    secretsDirectory: text('SECRETS_DIR'),
  };
  const values = readTable(environment, NAMES, faults);
  faults.push(...faultsOfWitness(read), ...faultsOfRetention(read));
  if (needs.includes('store') && read('DATABASE_URL') === undefined && texts.dataDirectory === '') {
    faults.push('neither DATABASE_URL nor DATA_DIR is set');
  }
  if (faults.length > 0 || !values) throw new SettingFaults(faults);
  const databaseUrl = values.DATABASE_URL ?? null;
  return {
    ...texts,
    databaseUrl,
    databaseOwnerUrl: values.DATABASE_OWNER_URL ?? databaseUrl,
    witness: witnessOf(values),
    retention: retentionOf(values),
  };
}

/** Reads the log-seal keys of SECRETS_DIR. Throws SettingFaults. */
export function readSealKeys({ secretsDirectory }: LogSettings): KeyRing {
  return readRing(secretsDirectory, 'log-seal');
}

/** Reads the log-search keys of SECRETS_DIR. Throws SettingFaults. */
export function readSearchKeys({ secretsDirectory }: LogSettings): KeyRing {
  return readRing(secretsDirectory, 'log-search');
}

/** Reads the seeds of the instance's checkpoint keys. Throws SettingFaults. */
export function readCheckpointKeys({ secretsDirectory, instanceId }: LogSettings): KeyRing {
  return readRing(secretsDirectory, `checkpoint-${instanceId}`);
}

function readRing(directory: string, use: 'log-seal' | 'log-search' | `checkpoint-${string}`): KeyRing {
  const faults: string[] = [];
  const ring = openKeyFolder(directory, faults)?.ring(use);
  if (!ring || faults.length > 0) throw new SettingFaults(faults);
  return ring;
}
