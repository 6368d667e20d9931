import { readEnvironment } from '../../config/settings/read-environment.ts';
import { buildSubcommand, type AnySubcommand } from '../command-line/subcommand.ts';

/** Loads the synthetic country, so that the help names its traits. */
export async function buildPeopleCommand(): Promise<AnySubcommand> {
  const { BadPeopleArguments, knownTraits, printPeople } = await import('../../../mocks/commands/people.ts');
  return buildSubcommand({
    details: `Prints persons of the demo's synthetic country, a JSON text a line, with the truth about what was asked. Status 1: fewer persons
than --count were found. Without --trait they are living adults without planted trouble.

Traits: ${knownTraits().join(', ')}`,
    options: {
      count: { value: 'N', meaning: 'how many persons' },
      with: {
        value: 'LIST',
        meaning: 'what each of them has: land, business, marriage, separated by commas',
      },
      trait: { value: 'LIST', meaning: 'traits that each of them has, separated by commas' },
      in: { value: 'COMMUNE', meaning: 'the code of the commune in which they live, such as 00070' },
    },
    endOf: (error) => (error instanceof BadPeopleArguments ? { status: 2, message: error.message } : null),
    run: (values) => printPeople(values, readEnvironment()),
  });
}
