import { hash } from 'node:crypto';
import type { Limits } from '../../config/limits.ts';
import { endOfVietNamDay, startOfVietNamDay, vietNamDay } from '../../log-format/viet-nam-time.ts';
import type { NoteSigner } from '../../log-format/notes/note-key.ts';
import { dayBefore } from '../series/activity-series.ts';
import { buildReport, type ReportSources } from './build-report.ts';
import type { ReportFolder } from './report-folder.ts';
import type { ReportTemplate } from './print/report-template.ts';
import { signReport, type SignedReport } from './signed-report.ts';

export const REPORT_TIMES = {
  dueAfterMidnight: {
    value: 300_000,
    unit: 'ms',
    why: 'At 00:05 Viet Nam time the last answers of the day are on record.',
  },
  lookEvery: {
    value: 30_000,
    unit: 'ms',
    why: 'Whether a report is due is looked at so often: a clock that is set is noticed.',
  },
  freshFor: {
    value: 60_000,
    unit: 'ms',
    why: 'A provisional report of today is made anew at most this often.',
  },
} as const satisfies Limits;

export interface ReportBookOptions {
  readonly sources: ReportSources;
  readonly folder: ReportFolder;
  readonly signer: NoteSigner;
  readonly template: ReportTemplate;
  /** Puts on record which report was made: its day and the SHA-256 of its statement. */
  readonly onMade: (made: { readonly day: string; readonly sha256: string }) => Promise<void>;
  /** A report that was due could not be made; it is tried again. */
  readonly onTrouble: (error: unknown) => void;
}

/** Makes the report of each day at 00:05 Viet Nam time, keeps it, and gives any day's. One is made at a time. */
export class ReportBook {
  readonly #options: ReportBookOptions;
  #turn: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;
  /** The last day whose report was made or found. */
  #doneUpTo = '';
  #provisional: { readonly report: SignedReport; readonly madeAt: number } | null = null;

  constructor(options: ReportBookOptions) {
    this.#options = options;
  }

  /** Looks from now on whether a report is due. */
  start(): void {
    this.#timer ??= setInterval(() => void this.makeDue(), REPORT_TIMES.lookEvery.value).unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Makes yesterday's report where it is due and not kept. Never rejects. */
  async makeDue(): Promise<void> {
    const now = this.#options.sources.now();
    const due = dayBefore(vietNamDay(now - REPORT_TIMES.dueAfterMidnight.value));
    if (due <= this.#doneUpTo) return;
    try {
      if (!this.#options.folder.kept(due) && (await this.#hasBegun(due)))
        await this.#inTurn(() => this.#make(due));
      this.#doneUpTo = due;
    } catch (error) {
      this.#options.onTrouble(error);
    }
  }

  /** The report of a day up to today: as it is kept, or made now. Rejects with LogUnreadable. */
  async of(day: string): Promise<SignedReport> {
    const { folder, sources } = this.#options;
    return (
      folder.kept(day) ??
      this.#inTurn(async () => {
        const kept = folder.kept(day);
        if (kept) return kept;
        const known = this.#provisional;
        const isFresh =
          known?.report.day === day && sources.now() - known.madeAt < REPORT_TIMES.freshFor.value;
        return known && isFresh ? known.report : this.#make(day);
      })
    );
  }

  /** Makes the report of a day anew, and keeps it in the place of the one before where the day has ended. */
  async remake(day: string): Promise<SignedReport> {
    return this.#inTurn(() => this.#make(day));
  }

  /** Whether the log has anything of the day, or of the day before: a gateway that is new has no days to report. */
  async #hasBegun(day: string): Promise<boolean> {
    const span = { from: startOfVietNamDay(dayBefore(day)), until: endOfVietNamDay(day) };
    return (await this.#options.sources.reader.tally(span)).logs.length > 0;
  }

  async #make(day: string): Promise<SignedReport> {
    const { sources, signer, template, folder, onMade } = this.#options;
    const report = signReport(await buildReport(sources, day), signer, template);
    if (isOver(day, sources.now())) {
      await onMade({ day, sha256: hash('sha256', report.statement) });
      folder.keep(report);
    } else {
      this.#provisional = { report, madeAt: sources.now() };
    }
    return report;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

/** Whether all answers of a day are on record. */
export function isOver(day: string, now: number): boolean {
  return now >= startOfVietNamDay(day) + 86_400_000 + REPORT_TIMES.dueAfterMidnight.value;
}
