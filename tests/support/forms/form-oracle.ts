import type { Procedure, ProcedureField } from '../../../src/prefill/procedures/procedure.ts';
import type { PopulationRecord } from '../../../mocks/country/records.ts';
import type { PlantedTruth } from '../../../mocks/country/truth.ts';
import type { Country } from '../../../mocks/country/country.ts';

/**
 * What a form may say, worked out from the country alone: it shares no code with `src/prefill/`. For each role the persons who may be meant,
 * and for the commonest coordinates the value that the population register has of a person.
 */

/** One field as the gateway answers it. */
export interface AnsweredField {
  readonly key: string;
  readonly row: number | null;
  readonly party: string;
  readonly value: string | null;
  readonly absence: string | null;
  readonly candidates: readonly string[] | null;
}

/** A party as the caller names it. */
export interface NamedInForm {
  readonly role: string;
  readonly personalId?: string;
  readonly businessCode?: string;
  readonly landParcelId?: string;
  readonly confirmation?: string;
}

const newest = ({ idCards }: PopulationRecord) =>
  [...idCards].sort((a, b) => b.issuedOn.localeCompare(a.issuedOn))[0];
const printedName = ({ surname, middle, given }: PopulationRecord): string =>
  [surname, middle, given].filter((part) => part !== '').join(' ');

/** Values by the last coordinate of a path; null where the register has none. */
export const PERSON_FACTS: Readonly<Record<string, (person: PopulationRecord) => string | null>> = {
  'Citizen.name.full': printedName,
  'Citizen.personalId': ({ personalId }) => personalId,
  'Citizen.birthDate': ({ birthDate }) => birthDate,
  'Citizen.sex': ({ sex }) => (sex === 1 ? 'MALE' : 'FEMALE'),
  'Citizen.nationalities': ({ nationalities }) => nationalities.join('; ') || null,
  'Citizen.contact.mobile': ({ mobile }) => mobile ?? null,
  'Citizen.contact.email': ({ email }) => email ?? null,
  'Citizen.idCards.number': (person) => newest(person)?.number ?? null,
  'Citizen.idCards.issuedOn': (person) => newest(person)?.issuedOn ?? null,
  'Citizen.oldIdNumbers': ({ oldIdNumbers }) => oldIdNumbers.join('; ') || null,
};

/** Family of an applicant, by personal id. */
export interface Family {
  readonly applicant: PlantedTruth;
  readonly record: PopulationRecord;
  readonly children: readonly string[];
  readonly members: readonly string[];
}

export function familyOf(country: Country, applicant: PlantedTruth): Family {
  const record = country.person(applicant.personalId);
  if (!record) throw new Error('an applicant without a record');
  const household = country.household(record.residenceFileNo ?? '');
  const idsOf = (list: readonly { readonly personalId?: string }[]): string[] =>
    list.flatMap(({ personalId }) => personalId ?? []);
  return {
    applicant,
    record,
    children: idsOf(record.children),
    members: idsOf(household?.members ?? []).filter((id) => id !== applicant.personalId),
  };
}

/** Everybody whom a role may mean; null where the oracle does not know. */
export function personsMeant(
  country: Country,
  { applicant, record, children, members }: Family,
  procedure: Procedure,
  field: ProcedureField,
  named: readonly NamedInForm[],
): readonly string[] | null {
  const relation = procedure.parties.find(({ role }) => role === field.party)?.relation;
  const own = applicant.personalId;
  const byName = named.flatMap(({ role, personalId }) =>
    role === field.party && personalId ? [personalId] : [],
  );
  const couple = [own, ...(applicant.spouse === null ? [] : [applicant.spouse])];
  const ofSex = (ids: readonly string[], sex: 1 | 2) => ids.filter((id) => country.person(id)?.sex === sex);
  const parents = [record.mother?.personalId, record.father?.personalId].filter((id) => id !== undefined);
  if (field.path.length !== 1) return null;
  switch (relation) {
    case 'applicant':
      return [own];
    case 'spouse':
      return couple.slice(1);
    case 'wife':
      return ofSex(couple, 2);
    case 'husband':
      return ofSex(couple, 1);
    case 'bride':
      return byName.length > 0 ? byName : ofSex([own], 2);
    case 'groom':
      return byName.length > 0 ? byName : ofSex([own], 1);
    case 'mother':
      return parents.slice(0, 1);
    case 'father':
      return parents.slice(-1);
    case 'parent':
    case 'minors-parent':
      return parents;
    case 'newborn-parent':
      return couple;
    case 'child':
      return byName.length > 0 ? byName.filter((id) => children.includes(id)) : children;
    case 'named-kin': {
      const kin = new Set([...couple, ...parents, ...children, ...members]);
      return byName.filter((id) => kin.has(id));
    }
    case 'household':
      return members;
    case 'confirmed':
      return byName;
    default:
      return null;
  }
}

/** The register sends some records in capitals, as typists wrote them. */
function isSame(one: string | null, two: string | null): boolean {
  return one?.normalize('NFC').toUpperCase() === two?.normalize('NFC').toUpperCase();
}

/** The wrong values of one form, in words. */
export function wrongFields(
  country: Country,
  family: Family,
  procedure: Procedure,
  named: readonly NamedInForm[],
  fields: readonly AnsweredField[],
): { readonly wrong: readonly string[]; readonly filled: number; readonly due: number } {
  const definitions = new Map(procedure.fields.map((one) => [`${one.party} ${one.key}`, one]));
  const wrong: string[] = [];
  let filled = 0;
  let due = 0;
  const seen = new Set<string>();
  for (const field of fields) {
    const place = `${procedure.code} ${field.party} ${field.key} ${field.row ?? ''}`;
    const definition = definitions.get(`${field.party} ${field.key}`);
    if (!definition) {
      wrong.push(`${place}: no such field`);
      continue;
    }
    seen.add(`${field.party} ${field.key}`);
    if ((field.value === null) !== (field.absence !== null)) wrong.push(`${place}: value and absence`);
    if (field.value !== null && !definition.isPrefilled) wrong.push(`${place}: is not prefilled`);
    const fact = PERSON_FACTS[definition.path.at(-1) ?? ''];
    const persons = personsMeant(country, family, procedure, definition, named);
    if (!fact || persons === null || !definition.isPrefilled) continue;
    const values = persons.map((id) => {
      const person = country.person(id);
      return person ? fact(person) : null;
    });
    if (field.value !== null && !values.some((value) => isSame(value, field.value)))
      wrong.push(`${place}: ${field.value} is nobody's`);
    const [only] = values;
    if (values.length !== 1 || only === null || only === undefined) continue;
    if (field.absence === 'NOT_GRANTED' || field.absence === 'NOT_APPLICABLE') continue;
    if (field.absence === 'AMBIGUOUS' && field.candidates?.some((one) => isSame(one, only)) === true)
      continue;
    due += 1;
    if (isSame(field.value, only)) filled += 1;
    else if (field.value !== null) wrong.push(`${place}: ${field.value} for ${only}`);
  }
  for (const key of definitions.keys()) if (!seen.has(key)) wrong.push(`${procedure.code} ${key}: missing`);
  return { wrong: [...wrong, ...mixedRows(country, fields)], filled, due };
}

/** Rows of household members in which two columns are of two persons. */
function mixedRows(country: Country, fields: readonly AnsweredField[]): readonly string[] {
  const rows = Map.groupBy(
    fields.filter(({ key, row }) => row !== null && key.startsWith('thanh_vien[].')),
    ({ row }) => row,
  );
  return [...rows].flatMap(([row, columns]) => {
    const valueOf = (column: string) =>
      columns.find(({ key }) => key === `thanh_vien[].${column}`)?.value ?? null;
    const person = country.person(valueOf('so_dinh_danh') ?? '');
    if (!person) return [];
    const told: readonly (readonly [string | null, string | null])[] = [
      [valueOf('ngay_sinh'), PERSON_FACTS['Citizen.birthDate']?.(person) ?? null],
      [valueOf('gioi_tinh'), PERSON_FACTS['Citizen.sex']?.(person) ?? null],
    ];
    return told.flatMap(([value, right]) =>
      value === null || value === right ? [] : [`row ${row}: ${value} for ${right}`],
    );
  });
}

/** The tone at another vowel is the same name (`thủy`, `thuỷ`). */
function isMisspelt({ population, civilStatus }: PlantedTruth): boolean {
  const letters = (name = ''): string => [...name.normalize('NFD').toUpperCase()].sort().join('');
  return letters(population.name?.full) !== letters(civilStatus.name?.full);
}

/** Facts that must be told as contradictions of the applicant, by the kinds that were planted. */
export function contradictionsDue(country: Country, { applicant, record }: Family): readonly string[] {
  const facts: Readonly<Record<string, string>> = {
    'contradiction:birth-date': 'Ngày, tháng, năm sinh',
    'contradiction:name-spelling': 'Họ, chữ đệm và tên khai sinh',
    'contradiction:marriage-not-in-population': 'Tình trạng hôn nhân',
  };
  const book = country.civilStatus(applicant.personalId);
  const inBook = book?.birth !== undefined || (book?.marriages.length ?? 0) > 0;
  const own = applicant.traits
    .filter((trait) => trait !== 'contradiction:name-spelling' || (inBook && isMisspelt(applicant)))
    .flatMap((trait) => facts[trait] ?? []);
  // A death that only the population register knows leaves the marriage in force in the book.
  const isWidowed = book?.marriages.some(({ state }) => state === 1) === true && record.maritalCode !== 2;
  return [...new Set([...own, ...(isWidowed ? ['Tình trạng hôn nhân'] : [])])].sort();
}
