import { readdirSync, readFileSync } from 'node:fs';
import { ProcedureFormat, type Procedure } from './procedure.ts';

const FOLDER = new URL('../../../schema/procedures/', import.meta.url);

/** All procedures by the ministry's code. */
export type Procedures = ReadonlyMap<string, Procedure>;

/**
 * Reads the procedures of `schema/procedures/`. `hasCoordinate` says whether the schema has a field, such as `Citizen.sex`. Throws
 * with every fault: a file that is no procedure, or a coordinate that the schema does not have.
 */
export function readProcedures(
  hasCoordinate: (coordinate: string) => boolean,
  folder: URL = FOLDER,
): Procedures {
  const procedures = new Map<string, Procedure>();
  const faults: string[] = [];
  for (const name of readdirSync(folder)
    .filter((one) => one.endsWith('.json'))
    .sort()) {
    const parsed = ProcedureFormat.safeParse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
    if (!parsed.success) {
      faults.push(`${name}: ${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`);
      continue;
    }
    const procedure = parsed.data;
    if (`${procedure.code}.json` !== name) faults.push(`${name}: the code is another`);
    faults.push(...faultsOf(procedure, hasCoordinate).map((fault) => `${name}: ${fault}`));
    procedures.set(procedure.code, procedure);
  }
  if (faults.length > 0) throw new Error(`schema/procedures:\n${faults.join('\n')}`);
  return procedures;
}

/** Lists the faults of one procedure: unknown coordinates, parties and doubled keys. */
export function faultsOf(
  { forms, parties, fields, components }: Procedure,
  hasCoordinate: (coordinate: string) => boolean,
): readonly string[] {
  const roles = new Set(parties.map(({ role }) => role));
  const keys = fields.map(({ form, party, key }) => `${form}: ${party} ${key}`);
  return [
    ...fields.flatMap(({ key, path }) =>
      path.filter((one) => !hasCoordinate(one)).map((one) => `${key}: no coordinate ${one}`),
    ),
    ...components.flatMap(({ name, coordinates }) =>
      coordinates.filter((one) => !hasCoordinate(one)).map((one) => `${name}: no coordinate ${one}`),
    ),
    ...fields.filter(({ party }) => !roles.has(party)).map(({ key, party }) => `${key}: no party ${party}`),
    ...fields
      .filter((field) => !forms.some(({ name }) => name === field.form))
      .map(({ key, form }) => `${key}: no form ${form}`),
    ...keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${key} stands there twice`),
  ];
}
