import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { composeSchema } from '../../src/plan/schema/compose-schema.ts';
import { reportTo } from './system-under-test.ts';

/** Apollo's own floor: plain node:http, our schema, and an executor that returns fixed data. */
const { data } = JSON.parse(process.env['BENCH_BODY'] ?? '{"data":{}}') as { data: Record<string, unknown> };
const schema = composeSchema();
const apollo = new ApolloServer({
  gateway: {
    onSchemaLoadOrUpdate(announce) {
      announce({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: async () => ({ executor: async () => ({ data }) }),
    stop: async () => undefined,
  },
  persistedQueries: false,
  stopOnTerminationSignals: false,
  plugins: [ApolloServerPluginCacheControlDisabled()],
});
await apollo.start();

async function answer(body: string, response: ServerResponse): Promise<void> {
  const result = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: 'POST',
      headers: new HeaderMap([['content-type', 'application/json']]),
      search: '',
      body: JSON.parse(body),
    },
    context: async () => ({}),
  });
  const text = result.body.kind === 'complete' ? result.body.string : '';
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => void answer(Buffer.concat(chunks).toString('utf8'), response));
});
server.listen(0, '127.0.0.1', () => reportTo(process, (server.address() as AddressInfo).port));
