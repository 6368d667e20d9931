import type { GraphQLSchema } from 'graphql';
import type { CallerKind } from '../identity/registered-clients.ts';
import type { Agreement } from '../policy/agreement.ts';
import type { AgreementSource } from '../policy/agreement-source.ts';
import { readGrant } from '../policy/grant.ts';
import { parseAgreementFile } from './agreement-file.ts';
import type { FieldOrigins } from './grant-scope.ts';
import { readAgreement } from './read-agreement.ts';

export interface StoredAgreementContext {
  readonly facts: FieldOrigins;
  readonly schema: GraphQLSchema;
  readonly builtIn: ReadonlyMap<CallerKind, Agreement>;
  readonly plainPurposeOf: (source: AgreementSource) => string | null;
}

/**
 * The agreement as it was, from its documents: signatures and registrations were checked when it came into force. Null where the
 * schema of today cannot read it.
 */
export function readStoredAgreement(
  id: string,
  source: AgreementSource,
  { schema, facts, builtIn }: StoredAgreementContext,
): Agreement | null {
  if (source.agreement === '') {
    const known = [...builtIn.values()].find((one) => one.id === id);
    if (!known) return null;
    const { grant, faults } = readGrant(schema, facts, source.grant, known.categories);
    return faults.length > 0 ? null : { ...known, grant, source };
  }
  const beside = { grantNamed: () => Buffer.from(source.grant), signatures: undefined };
  const context = { schema, facts, clients: new Map(), owners: 'unsigned' } as const;
  const { agreement, faults } = readAgreement(Buffer.from(source.agreement), beside, context);
  return agreement && agreement.id === id && !faults.some((fault) => fault.startsWith('grant:'))
    ? agreement
    : null;
}

/** Of the built-in agreements, which have no file to say it in; by id. */
const BUILT_IN_PURPOSES: Readonly<Record<string, string>> = {
  'own-data': 'công dân tra cứu dữ liệu của chính mình',
  audit: 'kiểm tra, thanh tra việc truy cập dữ liệu',
  owner: 'chủ quản cơ sở dữ liệu theo dõi việc chia sẻ dữ liệu',
};

/** What the agreement says of its purpose for those whom it is about. */
export function plainPurposeOf({ agreement, systems }: AgreementSource): string | null {
  if (agreement === '') return BUILT_IN_PURPOSES[systems[0] ?? ''] ?? null;
  return parseAgreementFile(Buffer.from(agreement)).file?.plainPurpose ?? null;
}
