import type { GraphQLSchema } from 'graphql';
import type { CallerKind } from '../../identity/registered-clients.ts';
import type { Agreement } from '../../policy/agreement/agreement.ts';
import type { AgreementSource } from '../../policy/agreement/agreement-source.ts';
import { readGrant } from '../../policy/grant/grant.ts';
import { parseAgreementFile } from './agreement-file.ts';
import type { FieldOrigins } from './grant-scope.ts';
import { readAgreement } from './read-agreement.ts';

/** Purpose and legal basis in plain Vietnamese for the data subjects; null where the agreement has no such text. */
export interface PlainWords {
  readonly purpose: string | null;
  readonly legalBasis: string | null;
}

/** The schema and the built-in agreements by which stored documents are read. */
export interface StoredAgreementContext {
  readonly facts: FieldOrigins;
  readonly schema: GraphQLSchema;
  readonly builtIn: ReadonlyMap<CallerKind, Agreement>;
  readonly plainWordsOf: (source: AgreementSource) => PlainWords;
}

/**
 * Reads an agreement as it was from its stored documents. Signatures and registrations were checked when it came into
 * force. Null where the schema of today cannot read it.
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

/** Plain words of the built-in agreements, which have no file, by agreement id. */
const BUILT_IN_WORDS: Readonly<Record<string, PlainWords>> = {
  'own-data': {
    purpose: 'công dân tra cứu dữ liệu của chính mình',
    legalBasis: 'Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, điều 4',
  },
  audit: {
    purpose: 'kiểm tra, thanh tra việc truy cập dữ liệu',
    legalBasis: 'Nghị định 278/2025/NĐ-CP, điều 14',
  },
  owner: {
    purpose: 'chủ quản cơ sở dữ liệu theo dõi việc chia sẻ dữ liệu',
    legalBasis: 'Thông tư 46/2022/TT-BCA, điều 8',
  },
};
const NO_WORDS: PlainWords = { purpose: null, legalBasis: null };

/** Reads an agreement's purpose and legal basis in plain Vietnamese. */
export function plainWordsOf({ agreement, systems }: AgreementSource): PlainWords {
  if (agreement === '') return BUILT_IN_WORDS[systems[0] ?? ''] ?? NO_WORDS;
  const { file } = parseAgreementFile(Buffer.from(agreement));
  return { purpose: file?.plainPurpose ?? null, legalBasis: file?.plainLegalBasis ?? null };
}
