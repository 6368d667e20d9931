import { readFileSync } from 'node:fs';
import { buildSchema, Kind, parse, type GraphQLSchema } from 'graphql';
import { REGISTER_NAMES } from '../../../src/registers.ts';

const read = (file: string): string =>
  readFileSync(new URL(`../../../schema/${file}`, import.meta.url), 'utf8');

/** The schema as it is printed for everybody. */
export const printedSchema: GraphQLSchema = buildSchema(read('gateway.graphql'));

export { REGISTER_NAMES };
export type Register = (typeof REGISTER_NAMES)[number];

/** Coordinate -> the register that answers it, by the SDL file that labels it. */
export const registerOfField: ReadonlyMap<string, Register> = new Map(
  REGISTER_NAMES.flatMap((register) =>
    parse(read(`${register}.graphql`)).definitions.flatMap((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION
        ? (definition.fields ?? [])
            .filter(({ directives }) => directives?.every(({ name }) => name.value !== 'joinKey') ?? true)
            .map(({ name }) => [`${definition.name.value}.${name.value}`, register] as const)
        : [],
    ),
  ),
);

/** The register that says whether an object of the type exists. */
export const ANCHOR_OF: Readonly<Record<string, Register>> = {
  Citizen: 'population',
  CitizenItem: 'population',
  BusinessItem: 'business',
  LandParcelItem: 'land',
  Household: 'population',
  Business: 'business',
  LandParcel: 'land',
  LandCertificate: 'land',
};
