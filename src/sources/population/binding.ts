import type { RegisterBinding } from '../binding.ts';
import { isPersonalId } from '../wire/identifiers.ts';
import { ageAtLeast, isAdult, livesIn, matches } from './evaluations.ts';

export const populationBinding: RegisterBinding = {
  register: 'population',
  sdl: 'population.graphql',
  timeToLiveMs: {
    // Facts that decide rights stand in it, and they age fast. An absent record lives as long as a found one: else a
    // row denied as if absent would be told from an unknown id by when it is asked for anew.
    'population.person': 60_000,
    'population.household': 300_000,
  },
  entities: {
    Citizen: {
      keyField: 'personalId',
      anchor: 'population.person',
      subject: () => 'person',
      matchPersons: (person) => (typeof person.personalId === 'string' ? [person.personalId] : []),
    },
    Household: { keyField: null, anchor: 'population.household' },
  },
  records: { Citizen: 'population.person', Household: 'population.household' },
  links: { 'Citizen.household': 'residenceFileNo', 'HouseholdMember.person': 'personalId' },
  rowSubjects: { HouseholdMember: [['personalId', () => 'person']] },
  evaluations: {
    'Citizen.ageAtLeast': ageAtLeast,
    'Citizen.isAdult': isAdult,
    'Citizen.livesIn': livesIn,
    'Citizen.matches': matches,
  },
  roots: {
    citizen: {
      entity: 'Citizen',
      argument: 'personalId',
      parse: (id) => (isPersonalId(id) ? id : undefined),
    },
  },
};
