import type { AnswerCall } from './answer-calls.ts';
import type { RegisterLine } from './register-lines.ts';
import { placeIn, REQUEST_TIME_LIMITS, type Window } from '../window.ts';

/**
 * Gives the answers that had a record out of a cache under an id that did not fill it: the register has no line of the id
 * before, though its log covers the time, or all lines of it are about other persons. Officers and dossiers are those of
 * the answer that filled the cache, and need not be the same.
 */
export function unfilledOf(
  lines: readonly RegisterLine[],
  cached: readonly AnswerCall[],
  window: Window,
): readonly AnswerCall[] {
  const persons = new Set(lines.map(({ person }) => person));
  return cached.filter(({ time, age, own }) => {
    const latest = time + window.tolerance + REQUEST_TIME_LIMITS.longestRequest.value;
    if (!lines.some((line) => line.time <= latest)) {
      return placeIn(window, time) === 'within' && placeIn(window, time - age) === 'within';
    }
    // A line without a person's key may be about anybody.
    return !persons.has(null) && own.some((person) => !persons.has(person));
  });
}
