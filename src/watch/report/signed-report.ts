import { canonicalJson, type JsonValue } from '../../log-format/canonical-json.ts';
import type { NoteSigner } from '../../log-format/notes/note-key.ts';
import { signStatement } from '../../access-log/queries/sign-statement.ts';
import type { DailyReport } from './daily-report.ts';
import { reportCsv } from './print/report-csv.ts';
import type { ReportTemplate } from './print/report-template.ts';

/** A report in all its forms. The statement is signed; HTML and CSV print the same. */
export interface SignedReport {
  readonly day: string;
  readonly capturedAt: string;
  readonly isProvisional: boolean;
  /** Canonical JSON (RFC 8785). */
  readonly statement: string;
  /** Signed note (C2SP) by the key of the instance's log, as FORMAT.md says. */
  readonly signature: string;
  readonly html: string;
  readonly csv: string;
}

/** Signs a report, and prints it. */
export function signReport(report: DailyReport, signer: NoteSigner, template: ReportTemplate): SignedReport {
  const statement = canonicalJson(report as unknown as JsonValue);
  const { day, capturedAt, isProvisional } = report;
  return {
    day,
    capturedAt,
    isProvisional,
    statement,
    signature: signStatement('daily-report', statement, signer),
    html: template.print(report),
    csv: reportCsv(report),
  };
}
