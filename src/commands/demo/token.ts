import { buildSubcommand, type AnySubcommand } from '../command-line/subcommand.ts';

/** Loads the demo's identity provider, so that the help names its clients. */
export async function buildTokenCommand(): Promise<AnySubcommand> {
  const { BadTokenArguments, clientNames, printedToken } = await import('../../../mocks/commands/token.ts');
  return buildSubcommand({
    details: `Prints an access token of the demo's identity provider, and nothing else. It is good in every demo of this version.

Clients: ${clientNames().join(', ')}`,
    options: {
      client: { value: 'ID', meaning: 'the registered client that asks' },
      officer: { value: 'ID', meaning: "the officer's account; the system itself by default" },
      citizen: {
        value: 'PERSONAL_ID',
        meaning: 'a citizen; with --client, a portal that acts for the citizen',
      },
      ttl: { value: 'SECONDS', meaning: 'the lifetime in seconds, 3600 by default' },
    },
    endOf: (error) => (error instanceof BadTokenArguments ? { status: 2, message: error.message } : null),
    run: (values) => ({ output: printedToken(values), status: 0 }),
  });
}
