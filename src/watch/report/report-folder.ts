import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SignedReport } from './signed-report.ts';

/** The folder of kept reports in DATA_DIR: a folder a day. */
export const REPORTS_FOLDER = 'reports';

const FILES = {
  statement: 'report.json',
  signature: 'report.sig',
  html: 'report.html',
  csv: 'report.csv',
} as const satisfies Partial<Record<keyof SignedReport, string>>;

/** The kept reports of one instance. */
export interface ReportFolder {
  /** Puts a report in the place of the one that is kept of its day; returns its folder. */
  keep(report: SignedReport): string;
  /** The report that is kept of a day; null where there is none. */
  kept(day: string): SignedReport | null;
}

/** Opens the reports of a DATA_DIR. */
export function openReportFolder(dataDirectory: string): ReportFolder {
  const folder = join(dataDirectory, REPORTS_FOLDER);
  return {
    keep(report) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const made = mkdtempSync(join(folder, '.making-'));
      const place = join(folder, report.day);
      try {
        for (const [member, name] of Object.entries(FILES)) {
          writeFileSync(join(made, name), report[member as keyof typeof FILES], { mode: 0o600, flush: true });
        }
        // A reader between the two steps finds no report, and makes it anew.
        rmSync(place, { recursive: true, force: true });
        renameSync(made, place);
      } catch (error) {
        rmSync(made, { recursive: true, force: true });
        throw error;
      }
      return place;
    },
    kept(day) {
      try {
        const read = (name: string): string => readFileSync(join(folder, day, name), 'utf8');
        const statement = read(FILES.statement);
        const { capturedAt, isProvisional } = JSON.parse(statement) as SignedReport;
        return {
          day,
          capturedAt,
          isProvisional,
          statement,
          signature: read(FILES.signature),
          html: read(FILES.html),
          csv: read(FILES.csv),
        };
      } catch {
        return null;
      }
    },
  };
}
