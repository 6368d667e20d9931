import type { AccessLogReader } from '../access-log/read/log-reader.ts';
import { LogUnreadable } from '../access-log/read/thread/reader-thread.ts';
import type { LogQueries } from '../access-log/queries/log-query.ts';
import { GatewayError } from '../errors.ts';
import type { NoteSigner } from '../log-format/notes/note-key.ts';
import type { Forms } from '../prefill/build-forms.ts';
import { describeError, type Log } from '../telemetry/log.ts';
import type { Live } from './live/build-live.ts';
import type { LiveFrames } from './live/live-frames.ts';
import type { LiveSources } from './live/live-sources.ts';
import { withLiveState } from './live/query-live.ts';
import { withDailyReport } from './report/query-report.ts';
import { ReportBook } from './report/report-book.ts';
import { openReportFolder } from './report/report-folder.ts';
import type { ReportTemplate } from './report/print/report-template.ts';

/** The part of the gateway that the command centre looks at. */
export interface Centre {
  /** Log queries, and the centre's own beside them. */
  readonly logQueries: LogQueries;
  readonly frames: LiveFrames;
  readonly reports: ReportBook;
  /** Ends the streams, and makes no more reports. */
  close(): void;
}

export interface CentreOptions extends LiveSources {
  readonly live: Live;
  readonly forms: Pick<Forms, 'ledger' | 'logQueries' | 'prefill'>;
  readonly reader: AccessLogReader;
  readonly dataDirectory: string;
  readonly template: ReportTemplate;
  readonly signer: NoteSigner;
  /** Puts an act of the gateway on record. */
  readonly state: (purpose: string, detail: object) => Promise<void>;
  readonly log: Log;
}

/** Builds the centre's roots over the live state and the daily reports. */
export function buildCentre(options: CentreOptions): Centre {
  const { live, forms, reader, log } = options;
  const view = live.watch(options);
  const reports = new ReportBook({
    sources: {
      ...options,
      reader,
      series: (from, to) => live.series.read(from, to),
      ledger: (span) => forms.ledger.read(span),
      procedures: forms.prefill.procedures,
    },
    folder: openReportFolder(options.dataDirectory),
    signer: options.signer,
    template: options.template,
    onMade: (made) => options.state('daily-report', made),
    onTrouble: (error) => log.error('watch.report-not-made', describeError(error)),
  });
  reports.start();
  return {
    logQueries: withLiveState(withDailyReport(forms.logQueries, readable(reports)), view.state),
    frames: view.frames,
    reports,
    close() {
      reports.stop();
      view.frames.close();
    },
  };
}

/** A report whose log cannot be read now is refused as other log queries are. */
function readable(reports: ReportBook): Pick<ReportBook, 'of'> {
  return {
    of: (day) =>
      reports.of(day).catch((error: unknown) => {
        if (!(error instanceof LogUnreadable)) throw error;
        const code = error.code === 'busy' ? 'OVERLOADED' : 'ACCESS_LOG_UNAVAILABLE';
        throw new GatewayError(code, { cause: error });
      }),
  };
}
