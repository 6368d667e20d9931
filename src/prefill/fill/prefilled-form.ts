import type { Freshness } from '../../plan/run/answer-sources.ts';

/** Why a field of a form is empty. */
export type PrefillAbsence =
  | 'NO_RECORD'
  | 'NOT_GRANTED'
  | 'SOURCE_UNAVAILABLE'
  | 'NOT_APPLICABLE'
  | 'AMBIGUOUS'
  | 'APPLICANT_PROVIDES'
  | 'OTHER_DOCUMENT';

/** The register record behind a value. Days are `yyyy-mm-dd`. */
export interface ValueSource {
  readonly register: string;
  readonly authority: string;
  readonly coordinate: string;
  readonly recordNo: string | null;
  readonly recordDate: string | null;
  readonly asOf: string | null;
  readonly freshness: Freshness;
  readonly assurance: 'AUTHORITATIVE' | 'SECONDARY';
}

/** One field of a form, as far as the registers fill it: a value with its source, or an absence. */
export interface PrefilledField {
  readonly key: string;
  readonly row: number | null;
  readonly label: string;
  readonly type: string;
  readonly party: string;
  readonly value: string | null;
  readonly values: readonly string[] | null;
  readonly source: ValueSource | null;
  readonly isEditable: boolean;
  readonly editingNote: string | null;
  readonly absence: PrefillAbsence | null;
  readonly candidates: readonly string[] | null;
  readonly retryAfter: number | null;
}

/** Why a paper is still needed, wholly or in part. */
export type ComponentCause =
  'CONSENT' | 'OTHER_DOCUMENT' | 'NO_DATA_SOURCE' | 'NO_RECORD' | 'NOT_GRANTED' | 'SOURCE_UNAVAILABLE';

/** One paper of the dossier, and whether it is still needed. */
export interface PrefilledComponent {
  readonly name: string;
  readonly state: 'REPLACED' | 'PARTLY' | 'NEEDED';
  readonly cause: ComponentCause | null;
  readonly reason: string | null;
  readonly basis: string;
}

/** Two registers say different things about one fact. */
export interface Contradiction {
  readonly party: string;
  readonly fact: string;
  readonly values: readonly {
    readonly register: string;
    readonly value: string;
    readonly recordDate: string | null;
  }[];
  readonly prevails: string;
  readonly correctedBy: string;
}

/** A form as the GraphQL type of the same name has it. */
export interface PrefilledForm {
  readonly procedure: string;
  readonly name: string;
  readonly fields: readonly PrefilledField[];
  readonly components: readonly PrefilledComponent[];
  readonly contradictions: readonly Contradiction[];
}
