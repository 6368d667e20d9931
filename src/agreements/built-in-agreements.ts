import { readFileSync } from 'node:fs';
import type { GraphQLSchema } from 'graphql';
import type { CallerKind } from '../identity/registered-clients.ts';
import { EMPTY_AGREEMENT, type Agreement, type Clearance } from '../policy/agreement/agreement.ts';
import { digestOfSource } from '../policy/agreement/agreement-source.ts';
import type { DataCategory, FieldLabels } from '../policy/grant/field-labels.ts';
import { readGrant } from '../policy/grant/grant.ts';

const ALL_CATEGORIES: ReadonlySet<DataCategory> = new Set(['BASIC', 'SENSITIVE', 'NON_PERSONAL']);

/**
 * A citizen may see minors and deceased persons of the own family. A protected person stays hidden from everybody else.
 */
const OWN_DATA_CLEARANCE: ReadonlySet<Clearance> = new Set(['deceased', 'minors']);

/**
 * Builds the agreements that need no document: a citizen's access to the own data (Law 91/2025/QH15 art. 4), and the
 * access of register owners and auditors to the log, and the command centre's to counts. They need no purpose in the request.
 */
export function buildBuiltInAgreements(
  schema: GraphQLSchema,
  labels: FieldLabels,
): ReadonlyMap<CallerKind, Agreement> {
  const granting = (agreement: Agreement): Agreement => withGrant(agreement, schema, labels);
  return new Map<CallerKind, Agreement>([
    [
      'citizen',
      {
        ...granting(builtIn('own-data', 'citizen access to own data', 'Law 91/2025/QH15', 'art. 4')),
        ownDataOnly: true,
        clearance: OWN_DATA_CLEARANCE,
      },
    ],
    ['owner', granting(builtIn('owner', 'register owner', 'Circular 46/2022/TT-BCA', 'art. 8'))],
    ['centre', granting(builtIn('centre', 'command centre', 'Decree 278/2025/ND-CP', 'art. 13'))],
    ['auditor', granting(builtIn('audit', 'auditor', 'Decree 278/2025/ND-CP', 'art. 14'))],
  ]);
}

/** Adds the grant that `built-in/<id>.graphql` spells out. */
function withGrant(agreement: Agreement, schema: GraphQLSchema, labels: FieldLabels): Agreement {
  const { id } = agreement;
  const text = readFileSync(new URL(`built-in/${id}.graphql`, import.meta.url), 'utf8');
  const { grant, faults } = readGrant(schema, labels, text, ALL_CATEGORIES);
  if (faults.length > 0) throw new Error(`${id}: ${faults.join('; ')}`);
  const source = { agreement: '', grant: text, systems: [id] };
  return { ...agreement, grant, source, digest: digestOfSource(source), categories: ALL_CATEGORIES };
}

function builtIn(id: string, receiver: string, instrument: string, article: string): Agreement {
  return {
    ...EMPTY_AGREEMENT,
    id,
    receiver,
    purpose: id,
    legalBasis: { instrument, article, isModelled: true },
  };
}
