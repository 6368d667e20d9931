/**
 * An entry's exact bytes from the parts that are stored once: `head` is the canonical JSON of its `answer`, `tail` what
 * stands between that and `tree` (from `,"cases":` to the end of `subject`).
 */
export function leafText(head: string, tail: string, index: number, log: string): string {
  return leafStart(head) + leafEnd(tail, index, log);
}

/** All entries of one answer begin with this text. */
export function leafStart(head: string): string {
  return `{"answer":${head}`;
}

export function leafEnd(tail: string, index: number, log: string): string {
  return `${tail},"tree":{"index":${index},"log":"${log}"},"v":${versionOf(tail)}}`;
}

const COMMITMENTS = '],"commitments":{"answer":"';
const COMMITMENT_CHARACTERS = 43;

/** Entries of version 2 commit to findings too. Names of cases stand before that, and their quotes are escaped. */
function versionOf(tail: string): 1 | 2 {
  const at = tail.indexOf(COMMITMENTS) + COMMITMENTS.length + COMMITMENT_CHARACTERS;
  return tail.startsWith('","findings":"', at) ? 2 : 1;
}
