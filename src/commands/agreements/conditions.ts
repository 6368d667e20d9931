import type { Agreement } from '../../policy/agreement/agreement.ts';
import { textOf } from '../../policy/agreement/reasons.ts';
import type { GrantNode } from '../../policy/grant/grant.ts';

/** Spells everything that an agreement says beside its grant, in the order of a form. */
export function conditionsOf(agreement: Agreement): ReadonlyMap<string, string> {
  const { legalBasis, territory } = agreement;
  const list = (values: Iterable<string>): string => [...values].join(', ') || 'none';
  return new Map([
    ['Receiver', agreement.receiver],
    ['Systems', list(agreement.systems)],
    ['Providers', list(agreement.providers)],
    ['Purpose', agreement.purpose],
    ['Legal basis', legalBasis.isModelled ? textOf(legalBasis) : `${textOf(legalBasis)} (published)`],
    ['In force', `${agreement.validFrom} to ${agreement.validUntil}`],
    ['Data categories', list(agreement.categories)],
    [
      'Beyond the grant',
      agreement.isStrict ? 'the whole operation is refused' : 'the field is left out, with an error',
    ],
    [
      'Case',
      agreement.needsCase ? `a dossier of procedure ${list(agreement.procedures)}` : 'no dossier is needed',
    ],
    ['Match factor', agreement.needsMatch ? 'full name and birth date are required' : 'not required'],
    ['Territory', typeof territory === 'string' ? TERRITORIES[territory] : `units ${list(territory)}`],
    ['Cleared for', list(agreement.clearance)],
    ...[...agreement.argumentValues].map(([coordinate, values]): [string, string] => [
      `Values of ${coordinate}`,
      list(values),
    ]),
    ['Evaluations', `${agreement.evaluations} of each minimised field, subject and case`],
    [
      'Record age',
      agreement.recordAgeSeconds === null
        ? 'as long as records are kept'
        : `at most ${agreement.recordAgeSeconds} seconds`,
    ],
    [
      'Record age while a register fails',
      agreement.staleAgeSeconds === null ? 'the same' : `at most ${agreement.staleAgeSeconds} seconds`,
    ],
    [
      'Volume',
      agreement.recordsPerHour === null ? 'no limit' : `${agreement.recordsPerHour} records an hour`,
    ],
  ]);
}

const TERRITORIES = { nation: 'the nation', 'caller-unit': 'the commune of the calling office' } as const;

/**
 * Lists every path of a grant, such as `citizen.marriages`, with the arguments of its last field, such as `(first)`.
 */
export function pathsOf(grant: GrantNode): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  const walk = ({ fields }: GrantNode, above: string): void => {
    for (const [name, { arguments: given, selection, possible }] of fields) {
      const path = `${above}${name}`;
      paths.set(path, argumentsText(given));
      if (selection) walk(selection, `${path}.`);
      for (const [typeName, node] of possible ?? []) walk(node, `${path}.${typeName}:`);
    }
  };
  walk(grant, '');
  return paths;
}

/** Spells arguments as `(personalId, years: 18)`; empty without arguments. */
export function argumentsText(given: ReadonlyMap<string, string | null>): string {
  const names = [...given].map(([name, only]) => (only === null ? name : `${name}: ${only}`));
  return names.length > 0 ? `(${names.join(', ')})` : '';
}
