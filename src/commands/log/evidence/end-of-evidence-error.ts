import { UnreadableInput } from '../../../independent/reconcile/keys/unreadable-input.ts';
import { Tampering } from '../../../independent/verify/faults/tampering.ts';
import { printable } from '../../../independent/verify/verdict/printable.ts';
import { UsageError } from '../../command-line/command-failure.ts';
import type { EndOfError } from '../../command-line/command-end.ts';

/** Status 2, no verdict: wrong arguments, and files that cannot be read. Names of files may be hostile, so they are escaped. */
export const endOfEvidenceError: EndOfError = (error) => {
  const isExpected =
    error instanceof UsageError || error instanceof UnreadableInput || error instanceof Tampering;
  return isExpected ? { status: 2, message: printable(error.message) } : null;
};
