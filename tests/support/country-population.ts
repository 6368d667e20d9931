import type {
  Address,
  PersonReference,
  PopulationRecord,
  ResidenceTerm,
} from '../../mocks/country/records.ts';
import type { Thing } from './country-view.ts';
import { communeToday } from './oracles/answers.ts';
import { unitOf } from './oracles/row-rulings.ts';

const BLOOD_TYPES: readonly (string | null)[] = [null, 'A', 'B', 'AB', 'O'];
const MARITAL_STATUSES = ['NEVER_MARRIED', 'MARRIED', 'DIVORCED_OR_WIDOWED'];

type MakeThing = (subject: string, fields: Thing['fields'], record?: object) => Thing;

/** The address as a register prints it. */
export function printed({ detail, communeName, districtName = '', provinceName }: Address): string {
  return [detail, communeName, districtName, provinceName].filter((part) => part !== '').join(', ');
}

/** An address, and since when somebody lives there, in the schema's words. */
export function addressThing(
  thing: MakeThing,
  subject: string,
  address: Address | undefined,
  term?: ResidenceTerm,
): Thing | null {
  if (address === undefined) return null;
  const { provinceCode, provinceName, districtCode = null, communeCode, communeName } = address;
  const { startedOn = null, expiresOn = null, deletedOn = null, deletionReason = null } = term ?? {};
  const values = {
    full: printed(address),
    provinceCode,
    districtCode,
    communeCode,
    country: 'VN',
    provinceName,
    communeName,
    currentCommuneCode: communeToday(unitOf(address)),
    startedOn,
    expiresOn,
    deletedOn,
    deletionReason,
  };
  return thing(subject, {}, values);
}

/** What the schema's fields of a named person hold, but for the way to that person. */
export function namedPerson({ fullName, documentNo = '', oldIdNumber, nationalities = [] }: PersonReference) {
  const inPlaceOfTheId = /^\d{8,9}$/.test(documentNo) ? documentNo : null;
  return { name: fullName, oldIdNumber: oldIdNumber ?? inPlaceOfTheId, nationalities };
}

/** Fields that the population register has of a person beside those on which questions are asked. */
export function populationFields(
  person: PopulationRecord,
  subject: string,
  thing: MakeThing,
  named: (one: PersonReference, fields: object) => Thing,
): Thing['fields'] {
  const relatives: readonly (readonly [relation: string, ...(readonly (PersonReference | undefined)[])])[] = [
    ['FATHER', person.father],
    ['MOTHER', person.mother],
    ['SPOUSE', person.spouse],
    ['REPRESENTATIVE', person.guardian],
    ['CHILD', ...person.children],
    ['REPRESENTED', ...person.represented],
  ];
  const { mobile = null, email = null, absence } = person;
  return {
    // The register puts the whole name into one element for every eighth id, in capitals.
    name: () => {
      const { surname, middle, given } = person;
      const whole = [surname, middle, given].filter((part) => part !== '').join(' ');
      const isOneText = Number(person.personalId.slice(-3)) % 8 === 0;
      const parts = isOneText
        ? { full: whole.toUpperCase(), surname: null, middle: null, given: null }
        : {
            full: whole,
            surname: surname === '' ? null : surname,
            middle: middle === '' ? null : middle,
            given: surname === '' && middle === '' ? null : given,
          };
      return thing(subject, {}, parts);
    },
    bloodType: () => BLOOD_TYPES[Number(person.bloodTypeCode)],
    maritalStatus: () => MARITAL_STATUSES[person.maritalCode - 1],
    placeOfBirth: () => addressThing(thing, subject, person.placeOfBirth),
    birthRegistrationPlace: () => addressThing(thing, subject, person.birthRegistrationPlace),
    ancestralHome: () => addressThing(thing, subject, person.ancestralHome),
    permanentResidence: () => addressThing(thing, subject, person.permanentResidence, person.permanentTerm),
    temporaryResidence: () => addressThing(thing, subject, person.temporaryResidence, person.temporaryTerm),
    currentResidence: () => addressThing(thing, subject, person.currentResidence, person.currentTerm),
    idCards: () => person.idCards.map((card) => thing(subject, {}, { expiresOn: null, ...card })),
    absenceDeclaration: () => (absence === undefined ? null : thing(subject, {}, absence)),
    relatives: () =>
      relatives.flatMap(([relation, ...ones]) =>
        ones.flatMap((one) => (one === undefined ? [] : [named(one, { relation })])),
      ),
    residenceFileNo: () => person.residenceFileNo ?? null,
    relationToHead: () => person.head?.relation ?? null,
    deathDate: () => person.deathDate ?? null,
    missingSince: () => person.missingSince ?? null,
    contact: () => (mobile === null && email === null ? null : thing(subject, {}, { mobile, email })),
    occupation: () => person.occupation ?? null,
  };
}
