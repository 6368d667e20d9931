import type { AnswerCall } from './answer-calls.ts';
import type { RegisterLine } from './register-lines.ts';
import { placeIn, type Window } from './window.ts';

export const FINDINGS = {
  'entry-never-written': 'The register answered a call that no entry names.',
  'call-not-logged': 'An entry discloses what a call gave that the register’s log does not have.',
  'other-requester': 'The register logged an officer or dossier that no entry of this call has.',
} as const satisfies Readonly<Record<string, string>>;

export type FindingKind = keyof typeof FINDINGS;

/** One thing that does not agree; never a key. */
export interface Finding {
  readonly kind: FindingKind;
  readonly register: string;
  readonly requestId: string;
  /** ISO 8601: of the register's line, or of the request where there is none. */
  readonly time: string;
  readonly officer: string;
  readonly dossier: string;
  /** Id of an answer that names the call, or null. */
  readonly answer: string | null;
}

/** What is known of one call from both sides. */
export interface CallFacts {
  readonly lines: readonly RegisterLine[];
  readonly calls: readonly AnswerCall[];
}

export interface CallVerdict {
  readonly findings: readonly Finding[];
  /** The call was made, nothing of it was disclosed and the register has no line: it may have failed on the way. */
  readonly isUnanswered: boolean;
  /** Something has no partner and stands so close to the edge of the time compared that it need not have one. */
  readonly isAtEdge: boolean;
}

const AGREED: CallVerdict = { findings: [], isUnanswered: false, isAtEdge: false };

/** One id, both ways. A batch may serve several answers: a line needs one of them. */
export function compareCall({ lines, calls }: CallFacts, window: Window): CallVerdict {
  const [line] = lines;
  const [call] = calls;
  if (call && !line) return withoutLine(call, calls, window);
  if (!line) return AGREED;
  if (!call)
    return placed(line.time, window, requestersOf(lines), (one) => finding('entry-never-written', one, null));
  const known = new Set(
    calls.flatMap(({ officer, dossiers }) => dossiers.map((dossier) => requester({ officer, dossier }))),
  );
  const strangers = requestersOf(lines).filter((one) => !known.has(requester(one)));
  if (strangers.length === 0) return AGREED;
  // The call is in both logs: who asked is known, however close to an edge it stands. Outside, entries were not given.
  if (placeIn(window, line.time) === 'outside') return AGREED;
  return { ...AGREED, findings: strangers.map((one) => finding('other-requester', one, call.answer)) };
}

function withoutLine(call: AnswerCall, calls: readonly AnswerCall[], window: Window): CallVerdict {
  const disclosed = calls.filter(({ isDisclosed }) => isDisclosed);
  if (disclosed.length === 0) return { ...AGREED, isUnanswered: placeIn(window, call.time) === 'within' };
  return placed(call.time, window, disclosed, ({ dossiers, ...one }) => {
    return finding('call-not-logged', { ...one, dossier: dossiers[0] ?? '' }, one.answer);
  });
}

function placed<T>(
  time: number,
  window: Window,
  all: readonly T[],
  findingOf: (one: T) => Finding,
): CallVerdict {
  const place = placeIn(window, time);
  if (place === 'within') return { ...AGREED, findings: all.map(findingOf) };
  return { ...AGREED, isAtEdge: place === 'at-edge' };
}

/** A line for each officer and dossier, however many items the call had. */
function requestersOf(lines: readonly RegisterLine[]): readonly RegisterLine[] {
  return [...new Map(lines.toReversed().map((line) => [requester(line), line])).values()].toReversed();
}

function requester({ officer, dossier }: { readonly officer: string; readonly dossier: string }): string {
  return JSON.stringify([officer, dossier]);
}

function finding(
  kind: FindingKind,
  { register, requestId, time, officer, dossier }: RegisterLine,
  answer: string | null,
): Finding {
  return { kind, register, requestId, time: new Date(time).toISOString(), officer, dossier, answer };
}
