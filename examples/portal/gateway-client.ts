import { print, type DocumentNode } from 'graphql';
import {
  FilledFormDocument,
  OwnThingsDocument,
  type FilledFormQuery,
  type OwnThingsQuery,
} from './operations.ts';

/** A form as the gateway fills it. */
export type FilledForm = FilledFormQuery['prefill'];
export type FormField = NonNullable<FilledForm['fields']>[number];

/** A party that the citizen names beside the own person. */
export interface NamedParty {
  readonly role: string;
  readonly personalId?: string;
  readonly landParcelId?: string;
  readonly businessCode?: string;
}

/** The gateway gave no form: its code tells why, and no text of it is shown to the citizen. */
export class GatewayRefusal extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`the gateway refused: ${code}`);
    this.code = code;
  }
}

/** Asks the gateway in the name of one citizen. The token never leaves this backend. */
export interface GatewayClient {
  /** Rejects with GatewayRefusal. */
  fillForm(token: string, procedure: string, parties: readonly NamedParty[]): Promise<FilledForm>;
  /** Rejects with GatewayRefusal. */
  ownThings(token: string, citizen: string): Promise<OwnThingsQuery['citizen']>;
}

export function buildGatewayClient(url: string): GatewayClient {
  async function ask<Data>(token: string, document: DocumentNode, variables: object): Promise<Data> {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        'x-purpose': 'form-prefill',
      },
      body: JSON.stringify({ query: print(document), variables }),
    });
    const { data, errors = [] } = (await response.json()) as {
      readonly data?: Data | null;
      readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
    };
    if (!data) throw new GatewayRefusal(errors[0]?.extensions?.code ?? 'INTERNAL_ERROR');
    return data;
  }
  return {
    fillForm: async (token, procedure, parties) =>
      (await ask<FilledFormQuery>(token, FilledFormDocument, { procedure, parties })).prefill,
    ownThings: async (token, citizen) =>
      (await ask<OwnThingsQuery>(token, OwnThingsDocument, { citizen })).citizen,
  };
}
