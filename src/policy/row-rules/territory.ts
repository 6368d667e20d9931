import { resolveCommune } from '../../units/resolve-commune.ts';
import type { Territory } from '../agreement/agreement.ts';
import type { PersonFacts } from './person-facts.ts';
import type { RowConditions, RowContext, RowRule } from './row-rule.ts';

/**
 * An office answers for the residents of its area, in today's borders. A residence that cannot be resolved to one
 * commune of today lies in no territory but the nation's.
 */
export const territories: RowRule = {
  name: 'territory',
  legalBasis: { instrument: 'Law 26/2023/QH15', article: 'art. 10', isModelled: true },
  isTold: false,
  reads: ['residence'],
  deniesUnreadable: false,
  appliesUnder: ({ territory }: RowConditions) => territory !== 'nation',
  holds: (facts: PersonFacts, { territory, callerUnit }: RowContext) =>
    territory !== 'nation' && !isWithin(facts, territory, callerUnit),
};

function isWithin(
  { residence }: PersonFacts,
  territory: Exclude<Territory, 'nation'>,
  callerUnit: string | null,
): boolean {
  if (residence === null) return false;
  const commune = resolveCommune(residence);
  if (typeof commune === 'string') return false;
  if (territory === 'caller-unit') return commune.code === callerUnit;
  return territory.includes(commune.code) || territory.includes(commune.provinceCode);
}
