/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Giới tính */
export type Sex =
  /** Nam */
  | 'MALE'
  /** Nữ */
  | 'FEMALE'
  /** Chưa xác định (civil status only) */
  | 'UNDETERMINED';

/** Tình trạng pháp lý của doanh nghiệp */
export type BusinessStatus =
  /** Đang hoạt động */
  | 'ACTIVE'
  /** Tạm ngừng kinh doanh */
  | 'SUSPENDED'
  /** Đang làm thủ tục giải thể */
  | 'DISSOLVING'
  /** Đã giải thể */
  | 'DISSOLVED'
  /** Bị thu hồi giấy chứng nhận */
  | 'REVOKED'
  /** Đã phá sản */
  | 'BANKRUPT'
  /** Đã chuyển địa chỉ */
  | 'RELOCATED';

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

export type CitizenQueryVariables = Exact<{
  personalId: string;
}>;


export type CitizenQuery = { readonly citizen: { readonly personalId: string | null, readonly birthDate: string | null, readonly sex: Sex | null, readonly name: { readonly full: string | null } | null, readonly permanentResidence: { readonly full: string | null, readonly provinceCode: string | null, readonly communeCode: string | null } | null, readonly household: { readonly members: ReadonlyArray<{ readonly relationToHead: string | null, readonly person: { readonly personalId: string | null, readonly birthDate: string | null, readonly sex: Sex | null, readonly name: { readonly full: string | null } | null } | null } | null> | null } | null, readonly birth: { readonly entryNo: string | null, readonly registeredOn: string | null, readonly place: string | null, readonly mother: { readonly personalId: string | null, readonly birthDate: string | null, readonly sex: Sex | null, readonly name: { readonly full: string | null } | null } | null, readonly father: { readonly personalId: string | null, readonly birthDate: string | null, readonly sex: Sex | null, readonly name: { readonly full: string | null } | null } | null } | null, readonly marriages: ReadonlyArray<{ readonly entryNo: string | null, readonly registeredOn: string | null, readonly spouse: { readonly personalId: string | null, readonly birthDate: string | null, readonly sex: Sex | null, readonly name: { readonly full: string | null } | null } | null } | null> | null, readonly death: { readonly entryNo: string | null, readonly registeredOn: string | null, readonly date: string | null } | null, readonly landParcels: ReadonlyArray<{ readonly id: string | null, readonly sheetNo: number | null, readonly parcelNo: number | null, readonly area: number | null, readonly uses: ReadonlyArray<{ readonly purposeCode: string | null, readonly area: number | null } | null> | null } | null> | null, readonly businesses: ReadonlyArray<{ readonly code: string | null, readonly status: BusinessStatus | null, readonly name: { readonly vi: string | null } | null, readonly legalRepresentatives: ReadonlyArray<{ readonly person: { readonly personalId: string | null, readonly birthDate: string | null, readonly sex: Sex | null, readonly name: { readonly full: string | null } | null } | null } | null> | null } | null> | null } | null };

export type ApplicantQueryVariables = Exact<{
  personalId: string;
}>;


export type ApplicantQuery = { readonly citizen: { readonly personalId: string | null, readonly birthDate: string | null, readonly name: { readonly full: string | null } | null, readonly permanentResidence: { readonly full: string | null, readonly communeCode: string | null } | null } | null };


export const ConsoleEntriesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleEntries"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AccessLogFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessLog"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"entries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"n"}},{"kind":"Field","name":{"kind":"Name","value":"time"}},{"kind":"Field","name":{"kind":"Name","value":"agency"}},{"kind":"Field","name":{"kind":"Name","value":"client"}},{"kind":"Field","name":{"kind":"Name","value":"officer"}},{"kind":"Field","name":{"kind":"Name","value":"callerKind"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"legalBasis"}},{"kind":"Field","name":{"kind":"Name","value":"case"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"operationName"}},{"kind":"Field","name":{"kind":"Name","value":"subject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"key"}}]}},{"kind":"Field","name":{"kind":"Name","value":"disclosed"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"register"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"coordinates"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"next"}},{"kind":"Field","name":{"kind":"Name","value":"unreadable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"log"}},{"kind":"Field","name":{"kind":"Name","value":"entries"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"until"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unreadableCount"}}]}}]}}]} as unknown as DocumentNode<ConsoleEntriesQuery, ConsoleEntriesQueryVariables>;
export const CitizenDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Citizen"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"personalId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"citizen"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"personalId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"personalId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"personalId"}},{"kind":"Field","name":{"kind":"Name","value":"name"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"full"}}]}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"sex"}},{"kind":"Field","name":{"kind":"Name","value":"permanentResidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"full"}},{"kind":"Field","name":{"kind":"Name","value":"provinceCode"}},{"kind":"Field","name":{"kind":"Name","value":"communeCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"household"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"members"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"relationToHead"}},{"kind":"Field","name":{"kind":"Name","value":"person"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"personalId"}},{"kind":"Field","name":{"kind":"Name","value":"name"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"full"}}]}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"sex"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"birth"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"entryNo"}},{"kind":"Field","name":{"kind":"Name","value":"registeredOn"}},{"kind":"Field","name":{"kind":"Name","value":"place"}},{"kind":"Field","name":{"kind":"Name","value":"mother"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"personalId"}},{"kind":"Field","name":{"kind":"Name","value":"name"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"full"}}]}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"sex"}}]}},{"kind":"Field","name":{"kind":"Name","value":"father"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"personalId"}},{"kind":"Field","name":{"kind":"Name","value":"name"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"full"}}]}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"sex"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"marriages"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"entryNo"}},{"kind":"Field","name":{"kind":"Name","value":"registeredOn"}},{"kind":"Field","name":{"kind":"Name","value":"spouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"personalId"}},{"kind":"Field","name":{"kind":"Name","value":"name"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"full"}}]}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"sex"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"death"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"entryNo"}},{"kind":"Field","name":{"kind":"Name","value":"registeredOn"}},{"kind":"Field","name":{"kind":"Name","value":"date"}}]}},{"kind":"Field","name":{"kind":"Name","value":"landParcels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sheetNo"}},{"kind":"Field","name":{"kind":"Name","value":"parcelNo"}},{"kind":"Field","name":{"kind":"Name","value":"area"}},{"kind":"Field","name":{"kind":"Name","value":"uses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"purposeCode"}},{"kind":"Field","name":{"kind":"Name","value":"area"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"businesses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"vi"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"legalRepresentatives"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"person"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"personalId"}},{"kind":"Field","name":{"kind":"Name","value":"name"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"full"}}]}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"sex"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CitizenQuery, CitizenQueryVariables>;
export const ApplicantDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Applicant"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"personalId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"citizen"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"personalId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"personalId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"personalId"}},{"kind":"Field","name":{"kind":"Name","value":"name"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"full"}}]}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"permanentResidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"full"}},{"kind":"Field","name":{"kind":"Name","value":"communeCode"}}]}}]}}]}}]} as unknown as DocumentNode<ApplicantQuery, ApplicantQueryVariables>;