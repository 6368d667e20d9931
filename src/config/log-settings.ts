import { openKeyFolder, type KeyRing } from './key-rings.ts';
import {
  readRetention,
  readWitness,
  SettingFaults,
  url,
  type Environment,
  type Settings,
} from './settings.ts';

/** What the access log's own commands need of the environment; a text that is not set and not needed is empty. */
export interface LogSettings extends Pick<
  Settings,
  'dataDirectory' | 'databaseUrl' | 'instanceId' | 'secretsDirectory' | 'witness' | 'retention'
> {
  /** DATABASE_OWNER_URL: as who owns the tables; DATABASE_URL where that is not set. */
  readonly databaseOwnerUrl: string | null;
}

/** `store`: DATABASE_URL or DATA_DIR. */
export type LogNeed = 'store' | 'DATA_DIR' | 'INSTANCE_ID' | 'SECRETS_DIR';

const POSTGRES = ['postgres:', 'postgresql:'] as const;

/** The settings that the gateway has, as far as the command needs them. Throws SettingFaults. */
export function readLogSettings(environment: Environment, needs: readonly LogNeed[]): LogSettings {
  const faults: string[] = [];
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const text = (name: 'DATA_DIR' | 'INSTANCE_ID' | 'SECRETS_DIR'): string => {
    const value = read(name);
    if (value === undefined && needs.includes(name)) faults.push(`${name} is not set`);
    return value ?? '';
  };
  const databaseUrl = url('DATABASE_URL', read('DATABASE_URL'), POSTGRES, faults) ?? null;
  const settings: LogSettings = {
    dataDirectory: text('DATA_DIR'),
    instanceId: text('INSTANCE_ID'),
    secretsDirectory: text('SECRETS_DIR'),
    databaseUrl,
    databaseOwnerUrl: url('DATABASE_OWNER_URL', read('DATABASE_OWNER_URL'), POSTGRES, faults) ?? databaseUrl,
    witness: readWitness(read, faults),
    retention: readRetention(read, faults),
  };
  if (needs.includes('store') && databaseUrl === null && settings.dataDirectory === '') {
    faults.push('neither DATABASE_URL nor DATA_DIR is set');
  }
  if (faults.length > 0) throw new SettingFaults(faults);
  return settings;
}

/** `log-seal` of SECRETS_DIR. Throws SettingFaults. */
export function readSealKeys({ secretsDirectory }: LogSettings): KeyRing {
  return readRing(secretsDirectory, 'log-seal');
}

/** The instance's seeds of checkpoint keys. Throws SettingFaults. */
export function readCheckpointKeys({ secretsDirectory, instanceId }: LogSettings): KeyRing {
  return readRing(secretsDirectory, `checkpoint-${instanceId}`);
}

function readRing(directory: string, use: 'log-seal' | `checkpoint-${string}`): KeyRing {
  const faults: string[] = [];
  const ring = openKeyFolder(directory, faults)?.ring(use);
  if (!ring || faults.length > 0) throw new SettingFaults(faults);
  return ring;
}
