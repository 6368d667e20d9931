import {
  defaultFieldResolver,
  getNamedType,
  isIntrospectionType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import { subjectOfBusinessCode } from '../../../src/sources/binding.ts';
import { checked, checkedItems } from './record-loaders.ts';

interface Subject {
  readonly kind: string;
  readonly key: string;
}

/** What an engine answered about whom, `person 001099000001 Citizen.sex`, ` none` behind it where that is nothing. */
export interface Witness {
  readonly witnessed: Set<string>;
}

const SUBJECT = Symbol('subject');

/** Rows that name somebody; whoever they leave unnamed is known through the carrier only. */
const NAMING_ROWS: ReadonlySet<string> = new Set([
  'HouseholdMember',
  'Relative',
  'LegalRepresentative',
  'BusinessOwner',
  'BeneficialOwner',
  'HouseholdBusinessMember',
  'LandHolder',
  'LandCurrentUser',
  'LandMortgagee',
  'LandRestriction',
  'LandChange',
  'RecordedPerson',
]);
const OWN_ROOTS: ReadonlySet<string> = new Set(['Query', 'CitizenItem', 'BusinessItem', 'LandParcelItem']);

function subjectOf(
  type: string,
  value: Readonly<Record<string, unknown>>,
  carrier: Subject | null,
): Subject | null {
  const text = (name: string): string | null => {
    const own = value[name];
    return typeof own === 'string' ? own : null;
  };
  if (type === 'Citizen') return { kind: 'person', key: text('personalId') ?? '' };
  if (type === 'LandParcel') return { kind: 'parcel', key: text('id') ?? '' };
  if (type === 'LandCertificate') return { kind: 'certificate', key: text('serial') ?? '' };
  const code = type === 'Business' ? text('code') : null;
  if (code !== null) return { kind: subjectOfBusinessCode(code), key: code };
  if (!NAMING_ROWS.has(type)) return carrier;
  const personalId = text('personalId');
  if (personalId !== null) return { kind: 'person', key: personalId };
  const organisation = text('organisationCode');
  if (organisation !== null) return { kind: subjectOfBusinessCode(organisation), key: organisation };
  return { kind: 'unidentified', key: carrier?.key ?? '' };
}

/** Lets every resolver of a schema tell what it answers: an access log made without plans and notes. */
export function witnessed(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const resolve = field.resolve ?? defaultFieldResolver;
      const target = getNamedType(field.type);
      const mark = (value: unknown, carrier: Subject | null): unknown => {
        if (Array.isArray(value)) return value.map((item) => mark(item, carrier));
        if (!isObjectType(target) || typeof value !== 'object' || value === null || value instanceof Error) {
          return value;
        }
        // A row may be reached from several carriers: each gets a copy with its own mark.
        const row = value as Readonly<Record<string, unknown>>;
        return {
          ...row,
          [SUBJECT]: OWN_ROOTS.has(target.name) ? null : subjectOf(target.name, row, carrier),
        };
      };
      field.resolve = async (source: unknown, args, context: Partial<Witness>, info) => {
        const value = checkedItems(checked(await resolve(source, args, context, info)));
        const subject: Subject | null = Object(source)[SUBJECT] ?? null;
        // Whoever asks for no items is told nothing.
        if (subject && !OWN_ROOTS.has(type.name) && Object(args)['first'] !== 0) {
          const isNothing = value === null || (Array.isArray(value) && value.length === 0);
          const what = `${type.name}.${field.name}${isNothing ? ' none' : ''}`;
          context.witnessed?.add(`${subject.kind} ${subject.key} ${what}`);
        }
        return mark(value, subject);
      };
    }
  }
  return schema;
}
