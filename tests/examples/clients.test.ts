import { CombinedGraphQLErrors, ServerError } from '@apollo/client';
import { parse } from 'graphql';
import { ClientError } from 'graphql-request';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApolloClient } from '../../examples/clients/apollo-client.ts';
import type { GatewayAccess } from '../../examples/clients/gateway-access.ts';
import { buildGraphQlRequestClient } from '../../examples/clients/graphql-request-client.ts';
import { buildUrqlClient } from '../../examples/clients/urql-client.ts';
import { country, startTestGateway, type TestGateway } from '../support/gateway.ts';

/** The GraphQL clients that people use, with the settings of docs/agency.md and nothing else. */

const DOCUMENT = `query Applicant($id: ID!) {
  citizen(personalId: $id) { personalId name { full } religion marriages { spouse { personalId name { full } } } }
}`;

let gateway: TestGateway;
let access: GatewayAccess;
let id = '';

beforeAll(async () => {
  gateway = await startTestGateway();
  const [person] = country.people({ with: ['marriage'] });
  id = person?.personalId ?? '';
  access = {
    url: gateway.url,
    token: gateway.token({ officer: 'le.van.an' }),
    purpose: 'inspection',
    dossier: 'H26-261121-0001',
  };
});
afterAll(() => gateway.close());

interface Read {
  readonly data: unknown;
  readonly codes: readonly unknown[];
}

type Errors = readonly { readonly extensions?: Readonly<Record<string, unknown>> }[];
const codesOf = (errors: Errors = []): readonly unknown[] =>
  errors.map(({ extensions }) => extensions?.['code']);

const CLIENTS: readonly (readonly [name: string, ask: (with_: GatewayAccess) => Promise<Read>])[] = [
  [
    'Apollo Client',
    async (given) => {
      const { data, error } = await buildApolloClient(given).query({
        query: parse(DOCUMENT),
        variables: { id },
      });
      if (ServerError.is(error)) throw error;
      return { data, codes: CombinedGraphQLErrors.is(error) ? codesOf(error.errors) : [] };
    },
  ],
  [
    'urql',
    async (given) => {
      const { data, error } = await buildUrqlClient(given).query(DOCUMENT, { id }).toPromise();
      return { data: data as unknown, codes: codesOf(error?.graphQLErrors) };
    },
  ],
  [
    'graphql-request',
    async (given) => {
      try {
        const { data, errors } = await buildGraphQlRequestClient(given).rawRequest(DOCUMENT, { id });
        return { data, codes: codesOf(errors as Errors | undefined) };
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        return { data: error.response.data, codes: codesOf(error.response.errors) };
      }
    },
  ],
];

describe.each(CLIENTS)('%s', (_name, ask) => {
  it('keeps the data beside the error of a field that is not granted', async () => {
    const { data, codes } = await ask(access);
    expect(data).toMatchObject({ citizen: { personalId: id, religion: null, marriages: [{}] } });
    expect(codes).toEqual(['FIELD_NOT_GRANTED']);
  });

  it.each([
    ['UNAUTHENTICATED', { token: 'a.b.c' }],
    ['PURPOSE_UNKNOWN', { purpose: 'nothing' }],
    ['CASE_NOT_VALID', { dossier: 'H26-261121-9001' }],
  ])('reads the code of a refusal: %s', async (code, change) => {
    const { codes } = await ask({ ...access, ...change });
    expect(codes).toEqual([code]);
  });
});

it('urql with its own defaults is told what to set', async () => {
  const response = await fetch(`${access.url}?query=${encodeURIComponent('{__typename}')}`);
  expect([response.status, (await response.text()).includes('preferGetMethod: false')]).toEqual([405, true]);
});
