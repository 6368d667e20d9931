import { rootOf, walkAnswer, type ExpandedAnswer, type FoundValue } from './answer-values.ts';
import type { PartyPlace } from './expand-form.ts';
import { FITTING_ROWS, FITTING_SEX } from './relation-paths.ts';
import type { FaultAbsence } from '../errors.ts';

/** The records that may be a party's, each person once. */
export interface PartyRecords {
  readonly records: readonly FoundValue[];
  readonly fault: FaultAbsence | null;
}

/** Finds a party among the records to which the relation leads, by the key that the caller named. */
export function findParty(answer: ExpandedAnswer, place: PartyPlace): PartyRecords {
  const root = rootOf(answer, place.root);
  const walks = place.paths.map((path) => walkAnswer(answer, root, path));
  const fitting = walks
    .flatMap(({ found }) => found)
    .filter((one) => fits(place.relation, one))
    .filter(({ value }) => hasSex(FITTING_SEX[place.relation], property(value, 'sex')))
    .filter((one) => place.key === null || property(one.value, place.key[0]) === place.key[1]);
  const records = new Map<unknown, FoundValue>();
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
function fits(relation: PartyPlace['relation'], { parents }: FoundValue): boolean {
  const wanted = FITTING_ROWS[relation];
  const row = parents.at(-1);
  if (wanted === undefined || row === undefined) return true;
  return Object.entries(wanted).every(([name, values]) => {
    const value = row[name];
    return typeof value !== 'string' || values.includes(value);
  });
}

/** Nobody is ruled out where the sex is not known, or is not granted. */
function hasSex(wanted: string | undefined, sex: unknown): boolean {
  return wanted === undefined || typeof sex !== 'string' || sex === wanted;
}

/** A property of an object of the answer; undefined for anything else. */
export function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
