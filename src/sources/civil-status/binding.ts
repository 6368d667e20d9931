import type { RegisterBinding } from '../binding.ts';
import { isAlive, isMarried } from './evaluations.ts';

export const civilStatusBinding: RegisterBinding = {
  register: 'civil-status',
  sdl: 'civil-status.graphql',
  timeToLiveMs: { 'civil-status.events': 120_000 },
  entities: {},
  records: { Citizen: 'civil-status.events' },
  links: {
    'BirthEntry.mother': 'motherId',
    'BirthEntry.father': 'fatherId',
    'MarriageEntry.spouse': 'spouseId',
  },
  rowSubjects: {},
  evaluations: {
    'Citizen.isAlive': isAlive,
    'Citizen.isMarried': isMarried,
  },
  roots: {},
};
