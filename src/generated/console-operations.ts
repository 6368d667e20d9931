/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** What is searched for; whatever is left out may be anything. */
export type AccessLogFilter = {
  /** `X-Access-Entry` of an answer */
  readonly entry?: string | null | undefined;
  /** Registered client */
  readonly client?: string | null | undefined;
  readonly officer?: string | null | undefined;
  readonly purpose?: string | null | undefined;
  /** Dossier, order or complaint number */
  readonly case?: string | null | undefined;
  /** `population`, `business`, `land`, `civil-status`, or `access-log` for looks at the log itself */
  readonly register?: string | null | undefined;
  /** Schema coordinate, as `Citizen.name` */
  readonly coordinate?: string | null | undefined;
  readonly outcome?: AccessOutcome | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  /** Only with a second approval or the person's complaint number */
  readonly subject?: AccessSubjectInput | null | undefined;
};

export type AccessSubjectInput = {
  readonly kind: AccessSubjectKind;
  readonly key: string;
};

export type AccessSubjectKind =
  | 'PERSON'
  | 'ORGANISATION'
  | 'PARCEL'
  | 'CERTIFICATE'
  /** Named in somebody's record without an identifier; the key is that record's */
  | 'UNIDENTIFIED'
  /** The answer was about nobody */
  | 'NONE';

export type AccessOutcome =
  | 'DISCLOSED'
  | 'NOT_FOUND'
  | 'DENIED'
  | 'FAILED'
  | 'REFUSED'
  | 'NOTHING';

export type ConsoleEntriesQueryVariables = Exact<{
  filter?: AccessLogFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type ConsoleEntriesQuery = { readonly accessLog: { readonly next: string | null, readonly unreadableCount: number | null, readonly entries: ReadonlyArray<{ readonly id: string | null, readonly n: number | null, readonly time: string | null, readonly agency: string | null, readonly client: string | null, readonly officer: string | null, readonly callerKind: string | null, readonly purpose: string | null, readonly legalBasis: string | null, readonly case: string | null, readonly code: string | null, readonly outcome: AccessOutcome | null, readonly rule: string | null, readonly operationName: string | null, readonly subject: { readonly kind: AccessSubjectKind | null, readonly key: string | null } | null, readonly disclosed: ReadonlyArray<{ readonly register: string | null, readonly status: string | null, readonly coordinates: ReadonlyArray<string | null> | null } | null> | null } | null> | null, readonly unreadable: ReadonlyArray<{ readonly log: string | null, readonly entries: number | null, readonly since: string | null, readonly until: string | null } | null> | null } | null };

export type ConsoleGrantUsageQueryVariables = Exact<{
  days?: number | null | undefined;
}>;


export type ConsoleGrantUsageQuery = { readonly grantUsage: ReadonlyArray<{ readonly agreement: string | null, readonly agreementVersion: number | null, readonly receiver: string | null, readonly purpose: string | null, readonly legalBasis: string | null, readonly since: string | null, readonly answers: number | null, readonly smallerGrant: string | null, readonly used: ReadonlyArray<{ readonly coordinate: string | null, readonly name: string | null, readonly entries: number | null } | null> | null, readonly neverUsed: ReadonlyArray<{ readonly coordinate: string | null, readonly name: string | null } | null> | null, readonly unreadable: ReadonlyArray<{ readonly entries: number | null, readonly since: string | null, readonly until: string | null } | null> | null } | null> | null };

export type ConsoleMyAccessesQueryVariables = Exact<{
  after?: string | null | undefined;
  includeOwn?: boolean | null | undefined;
}>;


export type ConsoleMyAccessesQuery = { readonly myAccesses: { readonly next: string | null, readonly unreadableCount: number | null, readonly accesses: ReadonlyArray<{ readonly time: string | null, readonly text: string | null, readonly agency: string | null, readonly purpose: string | null, readonly purposeWords: string | null, readonly legalBasis: string | null, readonly legalBasisWords: string | null, readonly case: string | null, readonly outcome: AccessOutcome | null, readonly disclosed: ReadonlyArray<{ readonly register: string | null, readonly fields: ReadonlyArray<string | null> | null, readonly coordinates: ReadonlyArray<string | null> | null, readonly isNone: boolean | null } | null> | null, readonly proof: { readonly leaf: string | null, readonly entry: string | null, readonly salt: string | null, readonly subject: string | null, readonly index: number | null, readonly hashes: ReadonlyArray<string | null> | null, readonly checkpoint: string | null } | null } | null> | null, readonly unreadable: ReadonlyArray<{ readonly since: string | null, readonly until: string | null, readonly entries: number | null } | null> | null } | null };


export const ConsoleEntriesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleEntries"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AccessLogFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessLog"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"entries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"n"}},{"kind":"Field","name":{"kind":"Name","value":"time"}},{"kind":"Field","name":{"kind":"Name","value":"agency"}},{"kind":"Field","name":{"kind":"Name","value":"client"}},{"kind":"Field","name":{"kind":"Name","value":"officer"}},{"kind":"Field","name":{"kind":"Name","value":"callerKind"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"legalBasis"}},{"kind":"Field","name":{"kind":"Name","value":"case"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"operationName"}},{"kind":"Field","name":{"kind":"Name","value":"subject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"key"}}]}},{"kind":"Field","name":{"kind":"Name","value":"disclosed"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"register"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"coordinates"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"next"}},{"kind":"Field","name":{"kind":"Name","value":"unreadable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"log"}},{"kind":"Field","name":{"kind":"Name","value":"entries"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"until"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unreadableCount"}}]}}]}}]} as unknown as DocumentNode<ConsoleEntriesQuery, ConsoleEntriesQueryVariables>;
export const ConsoleGrantUsageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleGrantUsage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"days"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"grantUsage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"days"},"value":{"kind":"Variable","name":{"kind":"Name","value":"days"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"agreement"}},{"kind":"Field","name":{"kind":"Name","value":"agreementVersion"}},{"kind":"Field","name":{"kind":"Name","value":"receiver"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"legalBasis"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"answers"}},{"kind":"Field","name":{"kind":"Name","value":"used"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"coordinate"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"entries"}}]}},{"kind":"Field","name":{"kind":"Name","value":"neverUsed"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"coordinate"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"smallerGrant"}},{"kind":"Field","name":{"kind":"Name","value":"unreadable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"entries"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"until"}}]}}]}}]}}]} as unknown as DocumentNode<ConsoleGrantUsageQuery, ConsoleGrantUsageQueryVariables>;
export const ConsoleMyAccessesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleMyAccesses"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"includeOwn"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"myAccesses"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"includeOwn"},"value":{"kind":"Variable","name":{"kind":"Name","value":"includeOwn"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accesses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"time"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"agency"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"purposeWords"}},{"kind":"Field","name":{"kind":"Name","value":"legalBasis"}},{"kind":"Field","name":{"kind":"Name","value":"legalBasisWords"}},{"kind":"Field","name":{"kind":"Name","value":"case"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"disclosed"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"register"}},{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"coordinates"}},{"kind":"Field","name":{"kind":"Name","value":"isNone"}}]}},{"kind":"Field","name":{"kind":"Name","value":"proof"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leaf"}},{"kind":"Field","name":{"kind":"Name","value":"entry"}},{"kind":"Field","name":{"kind":"Name","value":"salt"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"index"}},{"kind":"Field","name":{"kind":"Name","value":"hashes"}},{"kind":"Field","name":{"kind":"Name","value":"checkpoint"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"next"}},{"kind":"Field","name":{"kind":"Name","value":"unreadable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"until"}},{"kind":"Field","name":{"kind":"Name","value":"entries"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unreadableCount"}}]}}]}}]} as unknown as DocumentNode<ConsoleMyAccessesQuery, ConsoleMyAccessesQueryVariables>;