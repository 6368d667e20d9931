import { rootOf, walkAnswer, type ExpandedAnswer, type FoundValue } from './answer-values.ts';
import type { PartyPlace } from '../expand/expand-form.ts';
import { FITTING_ROWS, FITTING_SEX } from '../expand/relation-paths.ts';
import type { FaultAbsence } from '../../errors.ts';

/** A record that may be a party's. */
export interface PartyRecord extends FoundValue {
  /** The path of the place that led to it. */
  readonly pathIndex: number;
}

/** The records that may be a party's, each person once. */
export interface PartyRecords {
  readonly records: readonly PartyRecord[];
  readonly fault: FaultAbsence | null;
}

/** Finds a party among the records to which the relation leads, by the key that the caller named. */
export function findParty(answer: ExpandedAnswer, place: PartyPlace): PartyRecords {
  const walks = place.roots.flatMap((root) =>
    place.paths.map((path, pathIndex) => ({ ...walkAnswer(answer, rootOf(answer, root), path), pathIndex })),
  );
  const fitting = walks
    .flatMap(({ found, pathIndex }) => found.map((one) => ({ ...one, pathIndex })))
    .filter((one) => fits(place.relation, one))
    .filter(({ value }) => hasSex(FITTING_SEX[place.relation], property(value, 'sex')))
    .filter(
      (one) =>
        place.relation === 'applicant' ||
        place.key === null ||
        property(one.value, place.key[0]) === place.key[1],
    );
  const records = new Map<unknown, PartyRecord>();
  for (const one of fitting) {
    const id =
      property(one.value, 'personalId') ?? property(one.value, 'code') ?? property(one.value, 'id') ?? one;
    if (!records.has(id)) records.set(id, one);
  }
  return {
    records: [...records.values()],
    fault: walks.find(({ fault }) => fault !== null)?.fault ?? null,
  };
}

/** Whether the row beside a link says that it is such a relative; a row that says nothing of it fits. */
function fits(relation: PartyPlace['relation'], { parents, path }: FoundValue): boolean {
  const wanted = FITTING_ROWS[relation];
  const row = parents.at(-1);
  // Nobody is a spouse by a marriage that has ended, or of which it is not known.
  if (row !== undefined && path.at(-1) === 'spouse') return isInForce(row);
  if (wanted === undefined || row === undefined) return true;
  return Object.entries(wanted).every(([name, values]) => {
    const value = row[name];
    return typeof value !== 'string' || values.includes(value);
  });
}

function isInForce(marriage: Readonly<Record<string, unknown>>): boolean {
  const { state, endedOn } = marriage;
  return typeof endedOn !== 'string' && (state === 'IN_FORCE' || (state === undefined && endedOn === null));
}

/** Somebody whose sex is not known, or not granted, is neither of a couple. */
function hasSex(wanted: string | undefined, sex: unknown): boolean {
  return wanted === undefined || sex === wanted;
}

/** A property of an object of the answer; undefined for anything else. */
export function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
