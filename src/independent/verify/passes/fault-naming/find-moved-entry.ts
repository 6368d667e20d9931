import { equalBytes } from '../../../../log-format/bytes.ts';
import { EntryStream, type EntryLine } from '../../reading/entry-stream.ts';
import type { ExportFolder } from '../../reading/export-folder.ts';
import { faultOr } from '../../faults/tampering.ts';

/** Canonical JSON sorts `tree` behind all that callers choose, so that nobody's text is read for it. */
const STATED = /"tree":\{"index":(\d{1,16}),"log":"[^"\\]*"\},"v":1\}$/;

/** The entries behind the first fault that explain it, however far behind. */
export interface MovedEntry {
  /** Place of the entry that states the fault's index; null where no entry does. */
  readonly ownAt: number | null;
  /** Place of an entry with the hash that is stored for the fault's index; null where no entry has it. */
  readonly hashedAt: number | null;
  /** The entry in the fault's place stands where it belongs, too. */
  readonly isRepeated: boolean;
}

/** The place that an entry states. */
export function statedIndex(text: string | null): number | null {
  const index = text === null ? undefined : STATED.exec(text)?.[1];
  return index === undefined ? null : Number(index);
}

/** Reads the entries once more, one at a time: what was moved may have been moved to the other end of the log. */
export function findMovedEntry(
  folder: ExportFolder,
  fault: { readonly index: number; readonly line: EntryLine | null; readonly stored: Uint8Array | null },
): MovedEntry {
  const stream = new EntryStream(folder);
  const stated = statedIndex(fault.line?.text ?? null);
  let ownAt: number | null = null;
  let hashedAt: number | null = null;
  let isRepeated = false;
  try {
    for (let index = folder.log.from; ; index++) {
      const read = faultOr(() => stream.nextLine());
      // An unreadable line ends the search, not the verdict.
      const line = 'value' in read ? read.value : null;
      if (!line) break;
      if (index <= fault.index) continue;
      const own = statedIndex(line.text);
      if (own === fault.index) ownAt ??= index;
      if (equalBytes(fault.stored, line.leaf)) hashedAt ??= index;
      isRepeated ||= own !== null && own === stated && line.text === fault.line?.text;
    }
  } finally {
    stream.close();
  }
  return { ownAt, hashedAt, isRepeated };
}
