import { z } from 'zod';
import { LINE_LIMITS } from '../../../log-format/line-splitter.ts';
import { jsonOf } from '../../verify/reading/export-folder.ts';
import { LineReader, lineText } from '../../verify/reading/line-reader.ts';
import type { OpenFile } from '../../verify/reading/readable-file.ts';
import type { BlindKey } from '../keys/blind-key.ts';
import { UnreadableInput } from '../keys/unreadable-input.ts';

/** A line of a register's own log. Its key, which is a person's id, only blinded. */
export interface RegisterLine {
  readonly register: string;
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly officer: string;
  readonly dossier: string;
  /** Registered client, and declared purpose; empty where the log does not say. */
  readonly client: string;
  readonly purpose: string;
  /** The person that the register was asked about; null where that is nobody or the log does not say. */
  readonly person: string | null;
}

const LineFormat = z.object({
  time: z.string(),
  requestId: z.string().min(1),
  officer: z.string(),
  dossier: z.string(),
  client: z.string().default(''),
  purpose: z.string().default(''),
  key: z.string().optional(),
});

/** Throws UnreadableInput. */
export function* registerLines(
  register: string,
  file: string,
  blindKey: BlindKey,
  open?: OpenFile,
): Generator<RegisterLine> {
  const lines = new LineReader([file], LINE_LIMITS.longestExportedLine.value, open);
  try {
    for (let line = lines.next(); line; line = lines.next()) {
      const text = lineText(line) ?? '';
      // A register's export may open with a byte order mark.
      const parsed = LineFormat.safeParse(jsonOf(lines.lines === 1 ? text.replace(/^\ufeff/, '') : text));
      const time = parsed.success ? Date.parse(parsed.data.time) : NaN;
      if (!parsed.success || Number.isNaN(time)) {
        throw new UnreadableInput(`Line ${lines.lines} of the log of ${register} is none.`);
      }
      const { requestId, officer, dossier, client, purpose, key } = parsed.data;
      const person = key === undefined ? null : blindKey(key);
      yield { register, requestId, time, officer, dossier, client, purpose, person };
    }
  } finally {
    lines.close();
  }
}
