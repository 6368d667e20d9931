import { isoTime } from '../../../log-format/iso-time.ts';
import type { AnswerCall } from './answer-calls.ts';
import { absenceOf, type Coverage } from '../coverage.ts';
import { unfilledOf } from './unfilled.ts';
import { otherDeclaration } from './other-declaration.ts';
import type { RegisterLine } from './register-lines.ts';
import { requesterOf } from './requester-of.ts';
import { reusedOf } from './reused-id.ts';
import { countUnnamed } from '../keys/count-unnamed.ts';
import { placeIn, type Window } from '../window.ts';

export const FINDINGS = {
  'entry-never-written': 'The register answered a call that no entry names.',
  'call-not-logged': 'An entry discloses what a call gave that the register’s log does not have.',
  'other-requester': 'The register logged an officer or dossier that no entry of this call has.',
  'requester-not-logged':
    'An entry discloses what a call gave, and the register logged that call for none of its officer and dossiers.',
  'other-subject':
    'An entry discloses a person’s own record out of a call by which the register was asked about others only.',
  'filling-not-logged':
    'An entry discloses a record out of a cache, and the register’s log does not have the call that it names as having given it, or only for others.',
  'other-client': 'The register logged a client that no entry of this call has for its officer and dossier.',
  'other-purpose':
    'The register logged a purpose that no entry of this call has for its client, officer and dossier.',
  'id-reused':
    'The register logged more under one id, or at another time, than one call for the answers that name it can be.',
} as const satisfies Readonly<Record<string, string>>;

export type FindingKind = keyof typeof FINDINGS;

/** One difference between the two sides. It never holds a person's key. */
export interface Finding {
  readonly kind: FindingKind;
  readonly register: string;
  readonly requestId: string;
  /** ISO 8601: of the register's line, or of the request where there is none. */
  readonly time: string;
  readonly officer: string;
  readonly dossier: string;
  readonly client: string;
  readonly purpose: string;
  /** Id of an answer that names the call, or null. */
  readonly answer: string | null;
}

/** Everything that both sides know of one call. */
export interface CallFacts {
  readonly lines: readonly RegisterLine[];
  readonly calls: readonly AnswerCall[];
}

export interface CallVerdict {
  readonly findings: readonly Finding[];
  /** The call was made, nothing of it was disclosed and the register has no line: it may have failed on the way. */
  readonly isUnanswered: boolean;
  /** The reason why a call need not have a partner; null where it has one or should have one. */
  readonly absence: 'outage' | 'after-end' | 'at-edge' | 'outside' | null;
  /** The time of the register's line, where the reason is an outage. */
  readonly outageAt: number | null;
  /** Persons that the register was asked about and no entry that names the call is about. */
  readonly unnamed: number;
}

const AGREED: CallVerdict = { findings: [], isUnanswered: false, absence: null, outageAt: null, unnamed: 0 };

/** Compares one id both ways: with the answers that made the call, and with those that had what it gave out of a cache. */
export function compareCall({ lines, calls }: CallFacts, coverage: Coverage): CallVerdict {
  const made = calls.filter(({ isLive }) => isLive);
  const cached = calls.filter(({ isLive }) => !isLive);
  const filling = unfilledOf(lines, cached, coverage.window).map((one) => ofCall('filling-not-logged', one));
  if (made.length === 0 && lines.length === 0) return { ...AGREED, findings: filling };
  const verdict = compareMade({ lines, calls: made }, coverage);
  if (filling.length === 0) return verdict;
  return { ...verdict, absence: null, findings: [...verdict.findings, ...filling] };
}

/** A batch may serve several answers, and a line needs one of them. */
function compareMade({ lines: all, calls }: CallFacts, coverage: Coverage): CallVerdict {
  const { window } = coverage;
  const [call] = calls;
  // Lines outside of the window were not given from the other side. Each line counts by its own time: one far away must not excuse the others.
  const lines = all.filter(({ time }) => placeIn(window, time) !== 'outside');
  if (!call) return withoutCall(lines, coverage);
  if (lines.length === 0) return withoutLine(calls, window);
  const known = new Set(
    calls.flatMap(({ officer, dossiers }) => dossiers.map((dossier) => requesterOf({ officer, dossier }))),
  );
  const isKnown = (line: RegisterLine): boolean => known.has(requesterOf(line));
  // The call is in both logs: who asked is known, however close to an edge it stands.
  const unknown = lines.filter((one) => !isKnown(one));
  // A call may be shared with a request whose entry could not be written.
  const strangers = requestersOf(unknown.filter(({ time }) => !coverage.outages.hasAt(time)));
  const inOutage = unknown.find(({ time }) => coverage.outages.hasAt(time));
  const own = lines.filter(isKnown);
  const reused = reusedOf(own, calls, window.tolerance);
  const findings = [
    ...strangers.map((one) => finding('other-requester', one, call.answer)),
    ...borrowedCalls(all, calls, coverage),
    ...otherDeclarations(own, calls),
    ...requestersOf(reused.lines).map((one) => finding('id-reused', one, call.answer)),
    ...reused.calls
      .filter(({ time }) => placeIn(window, time) === 'within')
      .map((one) => ofCall('id-reused', one)),
  ];
  return { ...AGREED, findings, outageAt: inOutage?.time ?? null, unnamed: countUnnamed(own, calls) };
}

/**
 * Entries that name a call that was made for another officer or dossier, or about another person: somebody who invents
 * or changes an entry can give it the id of a real call. A batch logs a line for each officer and dossier that waits for
 * it, with the key that was asked for.
 */
function borrowedCalls(
  lines: readonly RegisterLine[],
  calls: readonly AnswerCall[],
  { window }: Coverage,
): readonly Finding[] {
  const found: Finding[] = [];
  for (const call of calls) {
    if (!call.isDisclosed || placeIn(window, call.time) !== 'within') continue;
    const { officer, dossiers } = call;
    const requesters = new Set(dossiers.map((dossier) => requesterOf({ officer, dossier })));
    const own = lines.filter((line) => requesters.has(requesterOf(line)));
    if (own.length === 0) found.push(ofCall('requester-not-logged', call));
    const asked = new Set(own.map(({ person }) => person));
    // A line without a person's key may be about anybody.
    const isOther = own.length > 0 && !asked.has(null) && call.own.some((person) => !asked.has(person));
    if (isOther) found.push(ofCall('other-subject', call));
  }
  return found;
}

/** A call that the register has and nobody here. */
function withoutCall(lines: readonly RegisterLine[], coverage: Coverage): CallVerdict {
  const byAbsence = Map.groupBy(lines, ({ time }) => absenceOf(coverage, time));
  const missed = requestersOf(byAbsence.get('missed') ?? []);
  if (missed.length > 0) {
    return { ...AGREED, findings: missed.map((one) => finding('entry-never-written', one, null)) };
  }
  for (const absence of ['outage', 'after-end', 'at-edge'] as const) {
    const [line] = byAbsence.get(absence) ?? [];
    if (line) return { ...AGREED, absence, outageAt: absence === 'outage' ? line.time : null };
  }
  return { ...AGREED, absence: 'outside' };
}

/** Lines of a known officer and dossier that the register was given in another's name, or for something else. */
function otherDeclarations(lines: readonly RegisterLine[], calls: readonly AnswerCall[]): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const line of lines) {
    const kind = otherDeclaration(line, calls);
    if (!kind) continue;
    const id = JSON.stringify([kind, line.officer, line.dossier, line.client, line.purpose]);
    if (!found.has(id)) found.set(id, finding(kind, line, calls[0]?.answer ?? null));
  }
  return [...found.values()];
}

function withoutLine(calls: readonly AnswerCall[], window: Window): CallVerdict {
  const near = calls.filter(({ time }) => placeIn(window, time) !== 'outside');
  const disclosed = near.filter(({ isDisclosed }) => isDisclosed);
  const isWithin = near.some(({ time }) => placeIn(window, time) === 'within');
  if (near.length === 0) return { ...AGREED, absence: 'outside' };
  if (disclosed.length === 0) return { ...AGREED, isUnanswered: isWithin };
  if (!isWithin) return { ...AGREED, absence: 'at-edge' };
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
  { register, requestId, time, officer, dossier, client, purpose }: Omit<RegisterLine, 'person'>,
  answer: string | null,
): Finding {
  return { kind, register, requestId, time: isoTime(time), officer, dossier, client, purpose, answer };
}
