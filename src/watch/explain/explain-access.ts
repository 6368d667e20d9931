import type { Limits } from '../../config/limits.ts';
import { FINDING_PLACES } from '../../policy/row-rules/caller-findings.ts';
import { addUpTo, recall, remember } from '../access/bounded.ts';
import type { WatchedAccess, WatchedAnswer } from '../access/watched-answer.ts';
import type { Reason } from './reasons.ts';

export const EXPLAIN_LIMITS = {
  cases: { value: 50_000, unit: 'dossiers', why: 'Those used last are remembered, about 40 MB of them.' },
  personsOfCase: {
    value: 64,
    unit: 'persons',
    why: 'Remembered of one dossier as seen with a reason; a dossier about more is looked at by a pattern.',
  },
  officePersons: {
    value: 200_000,
    unit: 'persons',
    why: 'Parties of an office remembered for its usual work, about 30 MB of them.',
  },
  officeDays: { value: 28, unit: 'days', why: 'The office works on a dossier for about so long.' },
  purposes: {
    value: 10_000,
    unit: 'purposes',
    why: 'Of all clients together; those used last are remembered.',
  },
  usual: {
    value: 200,
    unit: 'accesses',
    why: 'A purpose that was used so often without any dossier is known to need none.',
  },
} as const satisfies Limits;

/** The memory of explanations; a plain value, so that it can be kept over a restart. */
export interface ExplainState {
  /** Persons seen with a reason, by client and dossier. */
  readonly cases: Map<string, Set<string>>;
  /** Day on which a person was last party of a dossier of the client. */
  readonly officePersons: Map<string, number>;
  /** Accesses of a client for a purpose, with and without a dossier. */
  readonly purposes: Map<string, { withCase: number; without: number }>;
}

export function beginExplaining(): ExplainState {
  return { cases: new Map(), officePersons: new Map(), purposes: new Map() };
}

/**
 * Explains each access of an answer to a person by the first reason that holds (explanation-based auditing); null where none does,
 * undefined where there is nothing to explain: no person, a look-up that failed, an entry without findings.
 */
export function explainAnswer(
  state: ExplainState,
  answer: WatchedAnswer,
  day: number,
): readonly (Reason | null | undefined)[] {
  const reasons = answer.accesses.map((access) => reasonOf(state, answer, access, day));
  answer.accesses.forEach((access, place) => learn(state, answer, access, reasons[place], day));
  return reasons;
}

function reasonOf(
  state: ExplainState,
  answer: WatchedAnswer,
  access: WatchedAccess,
  day: number,
): Reason | null | undefined {
  const { subject, outcome, findings, cases } = access;
  if (subject.kind !== 'person' || outcome === 'failed' || findings === null) return undefined;
  if (answer.kind === 'citizen') {
    if (answer.actor.endsWith(` ${subject.key}`)) return 'own-data';
    // The family stands in the answer about the citizen's own record.
    return outcome === 'disclosed' ? 'reached-by-grant' : null;
  }
  if (answer.kind !== 'agency') return undefined;
  if (findings[FINDING_PLACES.party] === '1') return 'party';
  if (findings[FINDING_PLACES.grant] === '1') return 'reached-by-grant';
  if (cases.some((one) => state.cases.get(`${answer.client} ${one}`)?.has(subject.key))) {
    return 'repeated-in-case';
  }
  const last = state.officePersons.get(`${answer.client} ${subject.key}`);
  if (last !== undefined && day - last <= EXPLAIN_LIMITS.officeDays.value) return 'office-work';
  return cases.length === 0 && needsNoCase(state, answer) ? 'office-work' : null;
}

function needsNoCase({ purposes }: ExplainState, { client, purpose }: WatchedAnswer): boolean {
  const used = purposes.get(`${client} ${purpose}`);
  return used !== undefined && used.withCase === 0 && used.without >= EXPLAIN_LIMITS.usual.value;
}

function learn(
  state: ExplainState,
  { client, kind, purpose }: WatchedAnswer,
  { subject, cases, outcome }: WatchedAccess,
  reason: Reason | null | undefined,
  day: number,
): void {
  if (reason === undefined || kind !== 'agency') return;
  const used = recall(state.purposes, `${client} ${purpose}`, EXPLAIN_LIMITS.purposes.value, () => ({
    withCase: 0,
    without: 0,
  }));
  if (cases.length > 0) used.withCase += 1;
  else if (outcome === 'disclosed') used.without += 1;
  if (reason === null) return;
  for (const one of cases) {
    const known = recall(
      state.cases,
      `${client} ${one}`,
      EXPLAIN_LIMITS.cases.value,
      () => new Set<string>(),
    );
    addUpTo(known, subject.key, EXPLAIN_LIMITS.personsOfCase.value);
  }
  if (reason === 'party') {
    remember(state.officePersons, `${client} ${subject.key}`, day, EXPLAIN_LIMITS.officePersons.value);
  }
}
