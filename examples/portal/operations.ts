/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** One party of the form */
export type PrefillParty = {
  /** Role of the procedure, as `spouse` or `mother` */
  readonly role: string;
  readonly personalId?: string | null | undefined;
  readonly businessCode?: string | null | undefined;
  readonly landParcelId?: string | null | undefined;
  /** A token of that person, exchanged for the same portal: the person agrees */
  readonly confirmation?: string | null | undefined;
};

/** Why a field is empty */
export type PrefillAbsence =
  /** The register has nothing, or nothing that may be told */
  | 'NO_RECORD'
  /** The agreement does not grant it */
  | 'NOT_GRANTED'
  | 'SOURCE_UNAVAILABLE'
  /** The form does not ask for it here, such as what is declared only where the register cannot be asked */
  | 'NOT_APPLICABLE'
  /** The register has several: the applicant chooses */
  | 'AMBIGUOUS'
  | 'APPLICANT_PROVIDES'
  /** Another system's document holds it */
  | 'OTHER_DOCUMENT';

/** Whether a paper is still needed */
export type ComponentState =
  | 'REPLACED'
  | 'PARTLY'
  | 'NEEDED';

export type FilledFormQueryVariables = Exact<{
  procedure: string;
  parties?: ReadonlyArray<PrefillParty> | PrefillParty | null | undefined;
}>;


export type FilledFormQuery = { readonly prefill: { readonly procedure: string | null, readonly name: string | null, readonly fields: ReadonlyArray<{ readonly key: string | null, readonly row: number | null, readonly label: string | null, readonly type: string | null, readonly party: string | null, readonly value: string | null, readonly isEditable: boolean | null, readonly editingNote: string | null, readonly absence: PrefillAbsence | null, readonly candidates: ReadonlyArray<string> | null, readonly retryAfter: number | null, readonly source: { readonly register: string | null, readonly authority: string | null, readonly recordNo: string | null, readonly recordDate: string | null, readonly asOf: string | null } | null }> | null, readonly components: ReadonlyArray<{ readonly name: string | null, readonly state: ComponentState | null, readonly reason: string | null, readonly basis: string | null }> | null, readonly contradictions: ReadonlyArray<{ readonly fact: string | null, readonly prevails: string | null, readonly correctedBy: string | null, readonly values: ReadonlyArray<{ readonly register: string | null, readonly value: string | null, readonly recordDate: string | null }> | null }> | null } };

export type OwnThingsQueryVariables = Exact<{
  citizen: string;
}>;


export type OwnThingsQuery = { readonly citizen: { readonly name: { readonly full: string | null } | null, readonly landParcels: ReadonlyArray<{ readonly id: string | null, readonly address: string | null } | null> | null, readonly businesses: ReadonlyArray<{ readonly code: string | null, readonly name: { readonly vi: string | null } | null } | null> | null } | null };


export const FilledFormDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FilledForm"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"procedure"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"parties"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PrefillParty"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"prefill"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"procedure"},"value":{"kind":"Variable","name":{"kind":"Name","value":"procedure"}}},{"kind":"Argument","name":{"kind":"Name","value":"parties"},"value":{"kind":"Variable","name":{"kind":"Name","value":"parties"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"procedure"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"fields"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"row"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"party"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"source"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"register"}},{"kind":"Field","name":{"kind":"Name","value":"authority"}},{"kind":"Field","name":{"kind":"Name","value":"recordNo"}},{"kind":"Field","name":{"kind":"Name","value":"recordDate"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"isEditable"}},{"kind":"Field","name":{"kind":"Name","value":"editingNote"}},{"kind":"Field","name":{"kind":"Name","value":"absence"}},{"kind":"Field","name":{"kind":"Name","value":"candidates"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}}]}},{"kind":"Field","name":{"kind":"Name","value":"components"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"basis"}}]}},{"kind":"Field","name":{"kind":"Name","value":"contradictions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fact"}},{"kind":"Field","name":{"kind":"Name","value":"values"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"register"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"recordDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"prevails"}},{"kind":"Field","name":{"kind":"Name","value":"correctedBy"}}]}}]}}]}}]} as unknown as DocumentNode<FilledFormQuery, FilledFormQueryVariables>;
export const OwnThingsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OwnThings"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"citizen"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"citizen"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"personalId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"citizen"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"full"}}]}},{"kind":"Field","name":{"kind":"Name","value":"landParcels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"address"}}]}},{"kind":"Field","name":{"kind":"Name","value":"businesses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"vi"}}]}}]}}]}}]}}]} as unknown as DocumentNode<OwnThingsQuery, OwnThingsQueryVariables>;