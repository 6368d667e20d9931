import { join } from 'node:path';
import type { Limits } from '../../config/limits.ts';
import type { Environment } from '../../config/settings/read-environment.ts';
import { CommandFailure, UsageError } from '../command-line/command-failure.ts';

export const WORKER_LIMITS = {
  workers: { value: 64, unit: 'processes', why: 'More cores than this are served by further machines.' },
} as const satisfies Limits;

/** The settings that a worker has for itself. */
export type WorkerIdentity = Readonly<Record<'INSTANCE_ID' | 'DATA_DIR' | 'ADMIN_PORT', string>>;

const NEEDED = ['INSTANCE_ID', 'DATA_DIR', 'ADMIN_PORT', 'DATABASE_URL', 'REDIS_URL'] as const;

/**
 * The settings of workers 1 to N, as differences from those of the whole. Throws UsageError for a number out of range, and
 * CommandFailure, with all of their names, where settings are missing that workers need.
 */
export function workerEnvironments(environment: Environment, workers: string): readonly WorkerIdentity[] {
  const count = readWorkerCount(workers);
  const given = Object.fromEntries(NEEDED.map((name) => [name, environment[name]?.trim() ?? '']));
  const missing = NEEDED.filter((name) => given[name] === '');
  if (missing.length > 0) throw new CommandFailure(`--workers needs ${missing.join(', ')}.`);
  const adminPort = Number(given['ADMIN_PORT']);
  if (!Number.isInteger(adminPort) || adminPort < 1 || adminPort + count > 65_535)
    throw new CommandFailure('--workers needs an ADMIN_PORT after which there is a port for each worker.');
  return Array.from({ length: count }, (_none, at) => ({
    INSTANCE_ID: `${given['INSTANCE_ID']}-${at + 1}`,
    DATA_DIR: join(given['DATA_DIR'] ?? '', String(at + 1)),
    ADMIN_PORT: String(adminPort + at + 1),
  }));
}

/** Throws UsageError for a number out of range. */
export function readWorkerCount(text: string): number {
  const count = Number(text);
  if (!/^\d{1,3}$/.test(text) || count < 1 || count > WORKER_LIMITS.workers.value)
    throw new UsageError(`--workers takes a number from 1 to ${WORKER_LIMITS.workers.value}.`);
  return count;
}
