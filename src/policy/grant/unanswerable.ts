import type { Agreement, Clearance } from '../agreement/agreement.ts';
import type { GrantField, GrantNode } from './grant.ts';

/** The fields that say something only of persons whom a row rule hides from an agreement without the clearance. */
const TELLS_ONLY_OF: ReadonlyMap<string, Clearance> = new Map<string, Clearance>([
  ['Citizen.death', 'deceased'],
  ['Citizen.isAlive', 'deceased'],
]);

/**
 * The parts of a grant that can never be answered, one sentence each: a field that tells only of persons whom the row
 * rules hide, and an argument for which the agreement's conditions leave no value. They are no faults: nothing is
 * disclosed by them; but their author meant something else.
 */
export function unanswerableIn(agreement: Agreement): readonly string[] {
  const found = new Set<string>();
  for (const field of fieldsBelow(agreement.grant)) {
    const { coordinate } = field;
    const clearance = TELLS_ONLY_OF.get(coordinate);
    if (clearance !== undefined && !agreement.clearance.has(clearance)) {
      found.add(
        `${coordinate} tells of nobody whom the agreement shows: it has no clearance "${clearance}".`,
      );
    }
    for (const argument of field.arguments.keys()) {
      const values = agreement.argumentValues.get(`${coordinate}.${argument}`);
      if (values && !values.some((value) => canBeMeant(value, agreement))) {
        found.add(`${coordinate}.${argument} can have no value: each that is listed needs a case.`);
      }
    }
  }
  return [...found];
}

/** Without a case there is no dossier, and no day on which it was received. */
function canBeMeant(value: string, { needsCase }: Agreement): boolean {
  return value !== 'dossier-date' || needsCase;
}

function* fieldsBelow(node: GrantNode): Generator<GrantField> {
  for (const field of node.fields.values()) {
    yield field;
    const below = [...(field.selection ? [field.selection] : []), ...(field.possible?.values() ?? [])];
    for (const one of below) yield* fieldsBelow(one);
  }
}
