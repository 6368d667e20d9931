import type { Dice } from './dice.ts';
import { surnameOf } from './persons.ts';

/** The kinds of office of the demo's agencies, with what a dossier of theirs is like. */
export interface OfficeKind {
  readonly name: string;
  readonly purpose: string;
  readonly fields: readonly string[];
  /** Dossiers of an officer and day. */
  readonly dossiers: readonly [number, number];
  /** Parties of a dossier: usual ones, and the many of a few dossiers. */
  readonly parties: readonly [number, number];
  readonly manyParties: { readonly share: number; readonly parties: readonly [number, number] };
  /** Share of persons of the office's own commune. */
  readonly local: number;
  readonly needsMatch: boolean;
  /** Dossiers of offices all over the country. */
  readonly isNational: boolean;
  readonly officers: readonly [number, number];
}

const BASIC = ['Citizen.name', 'Citizen.birthDate', 'Citizen.sex', 'Citizen.permanentResidence'];

export const OFFICE_KINDS: readonly OfficeKind[] = [
  {
    name: 'civil',
    purpose: 'civil-status-registration',
    fields: [...BASIC, 'Citizen.marriages', 'Citizen.birth', 'Citizen.death'],
    dossiers: [8, 26],
    parties: [1, 3],
    manyParties: { share: 0.01, parties: [4, 7] },
    local: 0.7,
    needsMatch: false,
    isNational: false,
    officers: [3, 8],
  },
  {
    name: 'social',
    purpose: 'social-assistance',
    fields: [...BASIC, 'Citizen.household', 'Citizen.death'],
    dossiers: [6, 20],
    parties: [1, 2],
    manyParties: { share: 0.02, parties: [3, 6] },
    local: 0.9,
    needsMatch: true,
    isNational: false,
    officers: [3, 6],
  },
  {
    name: 'land',
    purpose: 'land-registration',
    fields: [...BASIC, 'LandParcel.id', 'LandParcel.uses', 'LandCertificate.serial'],
    dossiers: [6, 18],
    parties: [1, 4],
    manyParties: { share: 0.04, parties: [6, 14] },
    local: 0.4,
    needsMatch: false,
    isNational: false,
    officers: [4, 12],
  },
  {
    name: 'business',
    purpose: 'business-registration',
    fields: [...BASIC, 'Business.code', 'Business.legalRepresentatives'],
    dossiers: [8, 24],
    parties: [1, 4],
    manyParties: { share: 0.015, parties: [8, 24] },
    local: 0.2,
    needsMatch: false,
    isNational: false,
    officers: [4, 10],
  },
  {
    name: 'inspection',
    purpose: 'inspection',
    fields: [...BASIC, 'Citizen.landParcels', 'Citizen.businesses', 'Citizen.marriages'],
    dossiers: [3, 8],
    parties: [1, 6],
    manyParties: { share: 0.06, parties: [8, 20] },
    local: 0.02,
    needsMatch: false,
    isNational: true,
    officers: [5, 12],
  },
];

export interface SimulatedOfficer {
  readonly account: string;
  readonly surname: string;
  readonly commune: string;
  /** Days of the simulation on which the account is used; both included. */
  readonly from: number;
  readonly until: number;
  /** Days without work within them: leave. */
  readonly leave: readonly (readonly [from: number, until: number])[];
  /** Relative speed. */
  readonly pace: number;
  /** Office code of the dossiers, from a day on another one (a posting). */
  readonly posting: { readonly from: number; readonly code: string } | null;
  /** Starts and ends the day so many minutes later. */
  readonly shift: number;
}

export interface SimulatedOffice {
  readonly client: string;
  readonly kind: OfficeKind;
  readonly code: string;
  readonly commune: string;
  readonly officers: readonly SimulatedOfficer[];
  /** Works on Saturday mornings. */
  readonly isOpenOnSaturday: boolean;
  /** One officer after the other is on duty at night. */
  readonly hasNightDuty: boolean;
  /** Days of a campaign with lists; null: none. */
  readonly campaign: readonly [from: number, until: number] | null;
  /** From this day on its programs ask for one more field; with or without a new version of the agreement. */
  readonly update: { readonly day: number; readonly field: string; readonly isVersion: boolean } | null;
}

export const SIMULATED_DAYS = { warmUp: 30, measured: 30 } as const;
const ALL = SIMULATED_DAYS.warmUp + SIMULATED_DAYS.measured;

/** So many offices of each kind, with their people. */
export function buildOffices(
  dice: Dice,
  each: number,
  kinds: number = OFFICE_KINDS.length,
): readonly SimulatedOffice[] {
  return OFFICE_KINDS.slice(0, kinds).flatMap((kind) =>
    Array.from({ length: each }, (_none, at) => officeOf(dice.fork(), kind, at)),
  );
}

function officeOf(dice: Dice, kind: OfficeKind, at: number): SimulatedOffice {
  const commune = `${kind.name}-${at}`;
  const code = `H${String(dice.between(1, 63)).padStart(2, '0')}.${dice.between(10, 99)}`;
  const measured = (): number => dice.between(SIMULATED_DAYS.warmUp, ALL - 4);
  const count = dice.between(...kind.officers);
  return {
    client: `${kind.name}-office-${at}`,
    kind,
    code,
    commune,
    officers: Array.from({ length: count }, (_none, number) => officerOf(dice, commune, number)),
    isOpenOnSaturday: dice.chance(kind.name === 'civil' ? 0.5 : 0.1),
    hasNightDuty: dice.chance(kind.name === 'civil' ? 0.15 : 0.05),
    campaign: dice.chance(kind.name === 'social' ? 0.6 : 0.15)
      ? spanFrom(measured(), dice.between(1, 4))
      : null,
    update: dice.chance(0.25)
      ? { day: measured(), field: 'Citizen.ethnicity', isVersion: dice.chance(0.6) }
      : null,
  };
}

function spanFrom(from: number, days: number): readonly [number, number] {
  return [from, from + days];
}

function officerOf(dice: Dice, commune: string, number: number): SimulatedOfficer {
  const isNew = dice.chance(0.06);
  const leave: (readonly [number, number])[] = [];
  if (dice.chance(0.4)) leave.push(spanFrom(dice.between(0, ALL - 2), dice.between(1, 12)));
  // Long leave: childbirth, illness.
  if (dice.chance(0.015)) leave.push(spanFrom(dice.between(2, 12), dice.between(31, 42)));
  return {
    account: `${commune}.cb${number}`,
    surname: surnameOf(dice),
    commune: dice.chance(0.5) ? commune : `x${dice.between(1, 3_000)}`,
    from: isNew ? dice.between(5, ALL - 5) : 0,
    until: dice.chance(0.03) ? dice.between(20, ALL) : ALL,
    leave,
    pace: 0.6 + dice.next() * 0.9,
    posting: dice.chance(0.04)
      ? {
          from: dice.between(10, ALL - 5),
          code: `H${String(dice.between(1, 63)).padStart(2, '0')}.${dice.between(10, 99)}`,
        }
      : null,
    shift: dice.between(-25, 30),
  };
}
