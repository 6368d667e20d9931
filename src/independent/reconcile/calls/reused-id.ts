import type { AnswerCall } from './answer-calls.ts';
import type { RegisterLine } from './register-lines.ts';
import { requesterOf } from './requester-of.ts';
import { REQUEST_TIME_LIMITS } from '../window.ts';

export const REUSED_ID_LIMITS = {
  items: { value: 100, unit: 'keys', why: 'One call to a register carries at most this many keys.' },
} as const;

/** The lines that do not belong to the one call that an id was made for. */
export interface ReusedId {
  readonly lines: readonly RegisterLine[];
  readonly calls: readonly AnswerCall[];
}

/**
 * The gateway chooses the ids: under one that is on record already it could ask for anybody at any time, and every look-up
 * would have its entry. So the requests that share a call are under way together, each line lies where one of its officer and
 * dossier was, and they name no more persons than a call can carry. `tolerance` is how much clocks may differ, in
 * milliseconds; officers and dossiers of all lines are those of calls.
 */
export function reusedOf(
  lines: readonly RegisterLine[],
  calls: readonly AnswerCall[],
  tolerance: number,
): ReusedId {
  const longest = REQUEST_TIME_LIMITS.longestRequest.value + tolerance;
  const begun = earliestOf(calls);
  const answered = earliestOf(lines);
  const begunBy = new Map<string, number>();
  for (const { officer, dossiers, time } of calls) {
    for (const dossier of dossiers) {
      const requester = requesterOf({ officer, dossier });
      begunBy.set(requester, Math.min(begunBy.get(requester) ?? Infinity, time));
    }
  }
  const isTooMany = new Set(lines.flatMap(({ person }) => person ?? [])).size > REUSED_ID_LIMITS.items.value;
  return {
    lines: lines.filter((line) => {
      const isBefore = line.time < (begunBy.get(requesterOf(line)) ?? Infinity) - tolerance;
      return isTooMany || isBefore || line.time > Math.min(begun, answered) + longest;
    }),
    calls: calls.filter(({ time }) => time > begun + longest),
  };
}

function earliestOf(all: readonly { readonly time: number }[]): number {
  return all.reduce((earliest, { time }) => Math.min(earliest, time), Infinity);
}
