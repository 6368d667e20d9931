import { buildSubcommand, type AnySubcommand } from '../command-line/subcommand.ts';
import { readEnvironment } from '../../config/settings/read-environment.ts';

/** Loads the mocked services. */
export async function buildMocksCommand(): Promise<AnySubcommand> {
  const { MocksCannotStart, runMocks } = await import('../../../mocks/commands/mocks.ts');
  return buildSubcommand({
    details: `Runs the mocked registers, identity provider and dossier service until a signal ends them, and prints the settings of a gateway
that uses them. They take six ports from MOCKS_PORT (4100) on. Start that gateway with --demo (npx ndg serve --demo): production refuses their
issuer, whose signing key is public.`,
    options: {},
    endOf: (error) => (error instanceof MocksCannotStart ? { status: 1, message: error.message } : null),
    run: () => runMocks(readEnvironment()),
  });
}
