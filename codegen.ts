import type { CodegenConfig } from '@graphql-codegen/cli';
import { printSchema } from 'graphql';
import { composeSchema } from './src/plan/schema/compose-schema.ts';

/** Settings of typed operations. A client of the gateway takes the same for its own: without `scalars` dates are `unknown`. */
const OPERATIONS = {
  // Files are loaded in any order.
  documentTransforms: [
    {
      transform: <File extends { readonly location?: string }>({
        documents,
      }: {
        readonly documents: readonly File[];
      }) => documents.toSorted((one, other) => ((one.location ?? '') < (other.location ?? '') ? -1 : 1)),
    },
  ],
  plugins: ['typescript-operations', 'typed-document-node'],
  config: {
    scalars: {
      ID: 'string',
      Date: 'string',
      PartialDate: 'string',
      DateTime: 'string',
      Decimal: 'string',
      GeoJSON: '{ readonly type: string; readonly coordinates: readonly unknown[] }',
    },
    useTypeImports: true,
    enumsAsTypes: true,
    immutableTypes: true,
    skipTypename: true,
  },
};

/** What `npm run codegen` derives from the registers' SDL (https://the-guild.dev/graphql/codegen). A test finds drift. */
const config: CodegenConfig = {
  schema: printSchema(composeSchema()),
  config: { sort: false },
  generates: {
    'schema/gateway.graphql': { plugins: ['./schema/codegen/printed-schema.ts'] },
    'schema/access-log/entry.schema.json': { plugins: ['./schema/codegen/entry-schema.ts'] },
    'src/generated/coordinates.ts': { plugins: ['./schema/codegen/coordinates.ts'] },
    'src/generated/operations.ts': {
      documents: ['schema/operations/*.graphql', 'examples/agency/*.graphql'],
      ...OPERATIONS,
    },
    'src/generated/console-operations.ts': { documents: ['src/console/operations/*.graphql'], ...OPERATIONS },
    'examples/portal/operations.ts': { documents: ['examples/portal/*.graphql'], ...OPERATIONS },
  },
};

export default config;
