import { appendAct, type ActWriter } from '../write/append-act.ts';
import type { ExportRange } from './export-range.ts';

/** Purpose of the entry that states an export. */
export const LOG_EXPORTED = 'log-exported';

/** An export as the log states it. */
export interface ExportStatement extends ExportRange {
  /** The log that is exported; the entry may stand in that of another instance, whose keys are at hand. */
  readonly log: string;
  /** Account of the operating system, or the name that was given. */
  readonly by: string;
  /** Whether the export names the subject of every entry. */
  readonly openings: boolean;
  readonly source: 'store' | 'archive';
}

/**
 * Puts an export on record before it is made: who reads the whole log learns whom everybody looked at, and that is an
 * access like any other. Rejects with StoreFault; then nothing may be exported.
 */
export async function stateExport(writer: ActWriter, statement: ExportStatement): Promise<void> {
  const { log, by, from, to, openings, source } = statement;
  await appendAct(writer, { purpose: LOG_EXPORTED, detail: { by, from, log, openings, source, to } });
}
