import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { buildPlainSchema } from '../support/oracles/engines.ts';
import { createOracleContext } from '../support/oracles/record-loaders.ts';
import { buildPooledConnectors } from './pooled-connectors.ts';
import { reportTo } from './system-under-test.ts';

/**
 * Mercurius as it comes, over our schema with plain resolvers, the gateway's connectors and plain DataLoaders. It does not
 * run the stitched schema rightly: it gives all requests one root object, by which stitching's loaders remember one
 * caller's records for the next.
 */
const connectors = buildPooledConnectors(process.env);
const server = Fastify();
await server.register(mercurius.default, {
  schema: buildPlainSchema(),
  context: () => createOracleContext(connectors),
});
await server.listen({ port: 0, host: '127.0.0.1' });
reportTo(process, (server.server.address() as AddressInfo).port);
