import type { FoundEntry } from '../read/search/search-entries.ts';
import type { AccessLogReader } from '../read/log-reader.ts';

/**
 * JSON lines for `verify-log --bundle`: `{"v":1,"log":name,"checkpoint":note}`, then `{"leaf":entry,"index":n,"proof":[hash, ...]}` for
 * each of its entries, log by log. The entries' exact bytes stand in `leaf`. Nothing that is sealed does, but for who an entry is
 * about (`"subject":[salt,value]`) where `isOpened`.
 */
export async function bundleOf(
  reader: AccessLogReader,
  found: readonly FoundEntry[],
  isOpened: boolean,
): Promise<string> {
  const byLog = new Map<string, FoundEntry[]>();
  for (const one of found) {
    const ofLog = byLog.get(one.answer.log);
    if (ofLog) ofLog.push(one);
    else byLog.set(one.answer.log, [one]);
  }
  const lines: string[] = [];
  for (const [log, entries] of byLog) {
    const sorted = entries.toSorted((one, other) => one.entry.index - other.entry.index);
    const proofs = await reader.prove(
      log,
      sorted.map(({ entry }) => entry.index),
    );
    lines.push(JSON.stringify({ v: 1, log, checkpoint: proofs[0]?.checkpoint ?? null }));
    for (const [place, { entry }] of sorted.entries()) {
      const { leaf, index, opening, subject } = entry;
      const opened = isOpened
        ? { subject: [opening.subject.salt, { key: subject.key, kind: subject.kind }] }
        : {};
      lines.push(JSON.stringify({ leaf, index, proof: proofs[place]?.hashes ?? [], ...opened }));
    }
  }
  return lines.map((line) => `${line}\n`).join('');
}
