import type { Country } from '../../../mocks/country/country.ts';
import { expectedAnswer, type Expected } from '../country-oracle.ts';

export interface FreshSubject {
  readonly query: string;
  readonly variables: { readonly personalId: string; readonly id: string };
  readonly expected: Expected;
  /** The root's own key. */
  readonly key: string;
}

/** Gives out roots about whom, and about whose relatives, nobody has asked yet: nothing of them is in any cache. */
export function buildFreshSubjects(country: Country) {
  const used = new Set<string>();
  const people = country.people({ with: ['land', 'business', 'marriage'] });
  return (query: string, keyOf: (personalId: string) => string | undefined = (id) => id): FreshSubject => {
    // Not for-of, which would end the generator at the first return.
    for (let next = people.next(); !next.done; next = people.next()) {
      const key = keyOf(next.value.personalId);
      if (key === undefined) continue;
      const variables = { personalId: key, id: key };
      const expected = expectedAnswer(country, query, variables);
      const subjects = [...expected.disclosed.keys()];
      if (expected.faults.length > 0 || subjects.some((subject) => used.has(subject))) continue;
      for (const subject of subjects) used.add(subject);
      return { query, variables, expected, key };
    }
    throw new Error('the country has too few of them');
  };
}
