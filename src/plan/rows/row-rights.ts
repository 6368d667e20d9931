import { vietNamDay } from '../../log-format/viet-nam-time.ts';
import type { Principal } from '../../identity/principal.ts';
import type { Agreement } from '../../policy/agreement/agreement.ts';

/** Under whose rights rows are decided; one a request. */
export interface RowRights {
  readonly agreement: Pick<Agreement, 'territory' | 'clearance'>;
  readonly callerUnit: string | null;
  /** `yyyy-mm-dd`, Viet Nam time. */
  readonly today: string;
  /** Personal id of a citizen who asks. */
  readonly self: string | null;
  readonly officerPersonalId: string | null;
  /** The case in whose name the officer's own record is read. */
  readonly caseId: string;
}

export function rowRightsOf(
  { kind, subject, unit, officerPersonalId }: Principal,
  agreement: Agreement,
  caseId: string,
  epochMs: number,
): RowRights {
  return {
    agreement,
    callerUnit: unit,
    today: vietNamDay(epochMs),
    self: kind === 'citizen' ? subject : null,
    officerPersonalId,
    caseId,
  };
}
