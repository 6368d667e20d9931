import { isoDate } from '../calendar.ts';
import type { Entry, Person } from '../model/block.ts';
import { entryNumbers, officeOf } from '../model/draft.ts';
import { fullName } from '../model/persons/naming.ts';
import type { CivilPerson, CivilStatusEntry } from '../civil-status-records.ts';

export function civilPerson(person: Person): CivilPerson {
  return {
    personalId: person.id,
    fullName: fullName(person.name),
    birthDate: isoDate(person.birth),
    ethnicCode: person.ethnicCode,
  };
}

export function entryFields(entry: Entry): CivilStatusEntry {
  return { ...entryNumbers(entry), registrationKind: entry.kind, office: officeOf(entry.office) };
}
