import type { VerifyExport } from '../../access-log/retention/month-archive.ts';
import { verifyExport } from '../../independent/verify/verify-export.ts';

/** Verifies an archive by the independent verifier, against the log's own keys alone. */
export const verifyArchive: VerifyExport = (folder, keys) => {
  const result = verifyExport(folder, { keys, witnesses: [], known: [], receipts: [] });
  return result.verdict === 'verified' && result.export
    ? result.export
    : { fault: result.faults[0]?.attack ?? 'not proven' };
};
