import { GatewayError } from '../../errors.ts';
import type { AccessLog } from '../write/group-commit.ts';

/**
 * A writer that takes nothing while the witness knows another history of the log: what went on record here would be on no record that
 * the witness vouches for, and every checkpoint more would be signed for a second history.
 */
export function refusingWhile(isForked: () => boolean, writer: AccessLog): AccessLog {
  return {
    opened: writer.opened,
    size: () => writer.size(),
    addCosignature: (row) => writer.addCosignature(row),
    isHealthy: () => !isForked() && writer.isHealthy(),
    append: (record) =>
      isForked() ? Promise.reject(new GatewayError('ACCESS_LOG_UNAVAILABLE')) : writer.append(record),
    close: () => writer.close(),
  };
}
