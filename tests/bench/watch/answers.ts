import type { WatchedAccess, WatchedAnswer } from '../../../src/watch/access/watched-answer.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/watch/access/watch-time.ts';
import type { Dice } from './dice.ts';
import type { SimulatedOffice, SimulatedOfficer } from './offices.ts';
import type { SimulatedPerson } from './persons.ts';

/** The first simulated day: Thursday 1 October 2026 in Viet Nam; 24 November lies in the measured days. */
const FIRST_DAY = Date.parse('2026-09-30T17:00:00Z');

/** Milliseconds since 1970 of an hour of a simulated day. */
export function timeOf(day: number, hour: number): number {
  return Math.round(FIRST_DAY + day * DAY_MS + hour * HOUR_MS);
}

/** The number of a simulated day in Viet Nam, counted from 1970. */
export function vietNamDayOf(day: number): number {
  return Math.floor((timeOf(day, 12) + 7 * HOUR_MS) / DAY_MS);
}

export const SECOND_MS = 1_000;
export { MINUTE_MS };

type Access = Partial<Omit<WatchedAccess, 'subject'>> & { readonly person: string };

/** Findings of the gate in their places: party, relation, household, commune, surname, grant. */
export interface Found {
  readonly isParty: boolean;
  readonly isKin?: boolean;
  readonly isHousemate?: boolean;
  readonly isReached?: boolean;
}

/** The gate's findings about an officer and a person; the own record is read for some officers alone. */
export function findingsOf(officer: SimulatedOfficer, person: SimulatedPerson, found: Found): string {
  const party = found.isParty ? '1' : '0';
  const grant = found.isParty ? '-' : found.isReached === true ? '1' : '0';
  const isSame = officer.surname === person.surname ? '1' : '0';
  const isNear = officer.commune === person.commune ? '1' : '0';
  return `${party}${found.isKin === true ? '1' : '0'}${found.isHousemate === true ? '1' : '0'}${isNear}${isSame}${grant}`;
}

/** Makes answers as the log would hold them. */
export function answerOf(
  dice: Dice,
  office: SimulatedOffice,
  officer: SimulatedOfficer,
  at: {
    readonly time: number;
    readonly caseId: string | null;
    readonly code?: string;
    readonly reason?: string;
    readonly purpose?: string;
    readonly agreement?: string;
    readonly fields?: readonly string[];
    readonly accesses: readonly Access[];
  },
): WatchedAnswer {
  const { time, caseId, code = null, reason = null, accesses } = at;
  return {
    id: dice.hex(),
    time: Math.round(time),
    client: office.client,
    kind: 'agency',
    officer: officer.account,
    actor: `${office.client} ${officer.account}`,
    isSystem: false,
    purpose: at.purpose ?? office.kind.purpose,
    caseId,
    agreement: at.agreement ?? 'v1',
    code,
    reason,
    accesses: accesses.map(({ person, ...access }) => ({
      subject: { kind: 'person', key: person },
      outcome: code === null ? 'disclosed' : 'refused',
      rule: null,
      findings: null,
      cases: caseId === null ? [] : [caseId],
      coordinates:
        code === null && access.outcome !== 'denied' && access.outcome !== 'not-found'
          ? (at.fields ?? office.kind.fields)
          : [],
      ...access,
    })),
  };
}
