import { isoTime } from '../verify/iso-time.ts';
import type { AnswerCall } from './answer-calls.ts';
import type { RegisterLine } from './register-lines.ts';
import { requesterOf } from './requester.ts';
import { reusedOf } from './reused-id.ts';
import { countUnnamed } from './unnamed-persons.ts';
import { placeIn, type Window } from './window.ts';

export const FINDINGS = {
  'entry-never-written': 'The register answered a call that no entry names.',
  'call-not-logged': 'An entry discloses what a call gave that the register’s log does not have.',
  'other-requester': 'The register logged an officer or dossier that no entry of this call has.',
  'id-reused':
    'The register logged more under one id than one call, made for the answers that name it, can be.',
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
  /** Persons that the register was asked about and no entry that names the call is about. */
  readonly unnamed: number;
}

const AGREED: CallVerdict = { findings: [], isUnanswered: false, isAtEdge: false, unnamed: 0 };

/** One id, both ways. A batch may serve several answers: a line needs one of them. */
export function compareCall({ lines: all, calls }: CallFacts, window: Window): CallVerdict {
  const [call] = calls;
  if (all.length === 0) return call ? withoutLine(call, calls, window) : AGREED;
  // What stands outside was not given from the other side. Each line by its own time: one far away must not excuse the others.
  const lines = all.filter(({ time }) => placeIn(window, time) !== 'outside');
  if (!call) return withoutCall(lines, window);
  const known = new Set(
    calls.flatMap(({ officer, dossiers }) => dossiers.map((dossier) => requesterOf({ officer, dossier }))),
  );
  const isKnown = (line: RegisterLine): boolean => known.has(requesterOf(line));
  // The call is in both logs: who asked is known, however close to an edge it stands.
  const strangers = requestersOf(lines.filter((one) => !isKnown(one)));
  const own = lines.filter(isKnown);
  const reused = reusedOf(own, calls, window.tolerance);
  const findings = [
    ...strangers.map((one) => finding('other-requester', one, call.answer)),
    ...requestersOf(reused.lines).map((one) => finding('id-reused', one, call.answer)),
    ...reused.calls
      .filter(({ time }) => placeIn(window, time) === 'within')
      .map((one) => ofCall('id-reused', one)),
  ];
  return { ...AGREED, findings, unnamed: countUnnamed(own, calls) };
}

/** A call that the register has and nobody here. */
function withoutCall(lines: readonly RegisterLine[], window: Window): CallVerdict {
  const missed = requestersOf(lines.filter(({ time }) => placeIn(window, time) === 'within'));
  if (missed.length === 0) return { ...AGREED, isAtEdge: lines.length > 0 };
  return { ...AGREED, findings: missed.map((one) => finding('entry-never-written', one, null)) };
}

function withoutLine(call: AnswerCall, calls: readonly AnswerCall[], window: Window): CallVerdict {
  const disclosed = calls.filter(({ isDisclosed }) => isDisclosed);
  const place = placeIn(window, call.time);
  if (disclosed.length === 0) return { ...AGREED, isUnanswered: place === 'within' };
  if (place !== 'within') return { ...AGREED, isAtEdge: place === 'at-edge' };
  return { ...AGREED, findings: disclosed.map((one) => ofCall('call-not-logged', one)) };
}

/** A line for each officer and dossier, however many items the call had. */
function requestersOf(lines: readonly RegisterLine[]): readonly RegisterLine[] {
  return [...new Map(lines.toReversed().map((line) => [requesterOf(line), line])).values()].toReversed();
}

function ofCall(kind: FindingKind, { dossiers, ...call }: AnswerCall): Finding {
  return finding(kind, { ...call, dossier: dossiers[0] ?? '' }, call.answer);
}

function finding(
  kind: FindingKind,
  { register, requestId, time, officer, dossier }: Omit<RegisterLine, 'person'>,
  answer: string | null,
): Finding {
  return { kind, register, requestId, time: isoTime(time), officer, dossier, answer };
}
