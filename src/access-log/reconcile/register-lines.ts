import { z } from 'zod';
import { jsonOf } from '../verify/export-folder.ts';
import { LineReader, LONGEST_EXPORTED, textOf } from '../verify/line-reader.ts';
import type { OpenFile } from '../verify/readable-file.ts';
import { Unreadable } from './unreadable.ts';

/** A line of a register's own log without its key, which is a person's id and is not needed. */
export interface RegisterLine {
  readonly register: string;
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly officer: string;
  readonly dossier: string;
}

const LineFormat = z.object({
  time: z.string(),
  requestId: z.string().min(1),
  officer: z.string(),
  dossier: z.string(),
});

/** Throws Unreadable. */
export function* registerLines(register: string, file: string, open?: OpenFile): Generator<RegisterLine> {
  const lines = new LineReader([file], LONGEST_EXPORTED, open);
  try {
    for (let line = lines.next(); line; line = lines.next()) {
      const parsed = LineFormat.safeParse(jsonOf(textOf(line) ?? ''));
      const time = parsed.success ? Date.parse(parsed.data.time) : NaN;
      if (!parsed.success || Number.isNaN(time)) {
        throw new Unreadable(`Line ${lines.lines} of the log of ${register} is none.`);
      }
      const { requestId, officer, dossier } = parsed.data;
      yield { register, requestId, time, officer, dossier };
    }
  } finally {
    lines.close();
  }
}
