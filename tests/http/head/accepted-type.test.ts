import { expect, it } from 'vitest';
import { acceptedTypeOf } from '../../../src/http/head/accepted-type.ts';

const JSON_TYPE = 'application/json';
const GRAPHQL_TYPE = 'application/graphql-response+json';

it.each([
  [undefined, JSON_TYPE],
  ['', JSON_TYPE],
  ['*/*', JSON_TYPE],
  ['application/*', JSON_TYPE],
  ['application/json', JSON_TYPE],
  ['text/html', JSON_TYPE],
  ['application/graphql-response+json', GRAPHQL_TYPE],
  ['APPLICATION/GraphQL-Response+JSON', GRAPHQL_TYPE],
  ['application/graphql-response+json; charset=utf-8', GRAPHQL_TYPE],
  ['application/graphql-response+json,application/json;q=0.9', GRAPHQL_TYPE],
  ['application/json;q=0.9 , application/graphql-response+json', GRAPHQL_TYPE],
  ['application/graphql-response+json, application/json', GRAPHQL_TYPE],
  ['application/json, application/graphql-response+json', JSON_TYPE],
  ['application/graphql-response+json, application/graphql+json, application/json, */*;q=0.1', GRAPHQL_TYPE],
  ['application/graphql-response+json;q=0.5, application/json', JSON_TYPE],
  ['application/graphql-response+json;q=0, */*', JSON_TYPE],
  ['application/json;q=0, */*', GRAPHQL_TYPE],
  ['application/graphql-response+json, */*', GRAPHQL_TYPE],
  ['application/graphql-response+json;q=x, application/json;q=0.1', JSON_TYPE],
])('%s: %s', (accept, type) => {
  expect(acceptedTypeOf(accept)).toBe(type);
});
