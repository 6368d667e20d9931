import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildStitchedSchema } from '../support/oracles/engines.ts';
import { createOracleContext } from '../support/oracles/record-loaders.ts';
import { buildPooledConnectors } from './pooled-connectors.ts';
import { reportTo } from './system-under-test.ts';

/**
 * The stack as it comes: Apollo Server over stitched delegation, with the gateway's connectors and plain DataLoaders. It
 * has neither rights nor log, and does not ask whether a linked citizen exists.
 */
const connectors = buildPooledConnectors(process.env);
const server = new ApolloServer({ schema: buildStitchedSchema(false), stopOnTerminationSignals: false });
const { url } = await startStandaloneServer(server, {
  listen: { port: 0, host: '127.0.0.1' },
  context: async () => createOracleContext(connectors),
});
reportTo(process, Number(new URL(url).port));
