import { GraphQLError } from 'graphql';
import type { Country } from '../../mocks/country/country.ts';
import type { Address, PersonReference, PopulationRecord } from '../../mocks/country/records.ts';
import { findUnitOn } from '../../src/units/administrative-unit.ts';
import { isBusinessCode, isParcelId } from '../../src/sources/wire/identifiers.ts';
import { namedPerson, populationFields, printed } from './country-population.ts';
import { viewCivilStatus, type ViewParts } from './civil-status-view.ts';
import { BUSINESS_STATUSES, ETHNIC_GROUPS, LEGAL_FORMS, RELIGIONS, TAX_STATUSES } from './code-words.ts';
import { isAged, isUnitCode, isWedded, residesIn } from './oracles/answers.ts';
import { unitOf } from './oracles/row-rulings.ts';

/** An object of an answer: whom it is about (`person 0010...`), and its fields, computed when asked. */
export interface Thing {
  readonly subject: string;
  /** The country's own record: a field without a line in `fields` is its property of the same name. */
  readonly record?: object;
  /** No register knows it. */
  readonly isAbsent?: true;
  readonly fields: Readonly<Record<string, (given: Readonly<Record<string, unknown>>) => unknown>>;
}

interface Party {
  readonly personalId?: string | undefined;
  readonly enterpriseCode?: string | undefined;
  readonly amount?: number;
  readonly ratioPercent?: number;
  readonly contributedOn?: string;
  readonly documentNo?: string;
  readonly birthDate?: string;
  readonly sex?: 1 | 2;
  readonly address?: Address;
}

const NO_ASSET = {
  project: null,
  building: null,
  flatNo: null,
  builtArea: null,
  floorArea: null,
  grade: null,
};

/**
 * The schema's objects straight from the country's records, mapped here a second time and on purpose without a look at
 * src/: neither wire formats nor mappings of the gateway are on the way. `today` is the gateway's: the country has one
 * of its own.
 */
export function viewCountry(country: Country, today: string) {
  const thing = (subject: string, fields: Thing['fields'], record: object = {}): Thing => ({
    subject,
    fields,
    record,
  });
  const gone = (subject: string): Thing => ({ subject, isAbsent: true, fields: {} });
  const linked = (id: string | undefined): Thing | null => (id === undefined ? null : citizen(id));
  const organisation = (code: string | undefined): Thing | null =>
    code === undefined ? null : business(code);

  const books: ViewParts = {
    thing,
    linked,
    ethnicGroup: (code) => ETHNIC_GROUPS[Number(code) - 1],
    printed,
    partySubject: (personalId, carrier) => partySubject(personalId, undefined, carrier),
  };

  function citizen(id: string): Thing {
    const person = country.person(id);
    const subject = `person ${id}`;
    if (!person) return gone(subject);
    const events = country.civilStatus(id);
    const { permanentResidence: home } = person;
    const fields: Thing['fields'] = {
      ...populationFields(person, subject, thing, (one, values) => named(one, values, subject)),
      sex: () => (person.sex === 1 ? 'MALE' : 'FEMALE'),
      ethnicity: () => ETHNIC_GROUPS[Number(person.ethnicCode) - 1],
      religion: () => RELIGIONS[person.religionCode],
      household: () => household(person.residenceFileNo, subject),
      ...viewCivilStatus(books, events, id),
      businesses: () => country.businessesOf(id).map(business),
      landParcels: () => country.parcelsOf(id).map(landParcel),
      matches: ({ fullName, birthDate }) =>
        fitsPerson(person, { fullName: String(fullName), birthDate: String(birthDate) }),
      isAdult: ({ on }) => isAged(person.birthDate, 18, on ?? today),
      ageAtLeast: ({ years, on }) => isAged(person.birthDate, Number(years), on ?? today),
      livesIn: ({ unitCode }) => residesIn(unitOf(home), checked(unitCode, isUnitCode)),
      isAlive: () => person.deathDate === undefined && events?.death === undefined,
      isMarried: ({ on }) => {
        const day = String(on ?? today);
        if (events && day <= today && hasDied(id, day)) return false;
        const marriages = events?.marriages
          .filter(({ husband, wife }) => {
            const spouse = [husband, wife].find(({ personalId }) => personalId !== id)?.personalId;
            return spouse === undefined || !hasDied(spouse, day);
          })
          .map(({ registeredOn, state }) => ({ registeredOn, hasEnded: state !== 1 }));
        const answer = marriages ? isWedded(marriages, on ?? today, today) : null;
        if (answer === 'HISTORY_UNSUPPORTED') throw new Error(answer);
        return answer;
      },
      ownsParcel: ({ id: parcel }) => country.parcelsOf(id).includes(checked(parcel, isParcelId)),
      representsBusiness: ({ code }) => {
        const asked = checked(code, isBusinessCode);
        // Of another's household business, which is that person, nothing is said.
        if (asked.length === 12 && asked !== id) return null;
        return country.business(asked)?.representatives.some(({ personalId }) => personalId === id) ?? false;
      },
    };
    return thing(subject, fields, person);
  }

  /** A marriage ends with the death of either, which either register may state. */
  function hasDied(personalId: string, day: string): boolean {
    const died = country.person(personalId)?.deathDate ?? country.civilStatus(personalId)?.death?.date;
    return died !== undefined && (day === today || died <= day);
  }

  function household(fileNo: string | undefined, subject: string): Thing | null {
    const record = fileNo === undefined ? undefined : country.household(fileNo);
    if (!record) return null;
    return thing(subject, {
      head: () => linked(record.members.find((one) => one.relationToHead === 'Chủ hộ')?.personalId),
      members: () =>
        record.members.map((member) => named(member, { relationToHead: member.relationToHead }, subject)),
    });
  }

  /** Somebody whom the population register names beside the subject of a record. */
  function named(one: PersonReference, values: object, carrier: string): Thing {
    return thing(
      partySubject(one.personalId, undefined, carrier),
      { person: () => linked(one.personalId) },
      { ...namedPerson(one), ...values },
    );
  }

  function business(code: string): Thing {
    const record = country.business(code);
    const subject = subjectOfCode(code);
    if (!record) return gone(subject);
    const fields: Thing['fields'] = {
      name: () =>
        thing(subject, {
          vi: () => record.name,
          foreign: () => record.foreignName ?? null,
          short: () => record.shortName ?? null,
        }),
      status: () => BUSINESS_STATUSES[record.statusCode - 1],
      legalForm: () => LEGAL_FORMS[record.legalFormCode],
      legacyCode: () => record.legacyCode ?? null,
      headOffice: () => address(record.headOffice, subject),
      contact: () =>
        thing(subject, {
          phone: () => record.contact.phone ?? null,
          email: () => record.contact.email ?? null,
        }),
      activities: () => record.activities.map((one) => thing(subject, {}, one)),
      charterCapital: () => String(record.capital),
      taxStatus: () => TAX_STATUSES[record.taxStatusCode],
      units: () =>
        record.units.map((one) =>
          thing(
            subject,
            {
              kind: () => ['BRANCH', 'REPRESENTATIVE_OFFICE', 'BUSINESS_LOCATION'][one.kind - 1],
              address: () => address(one.address, subject),
            },
            one,
          ),
        ),
      legalRepresentatives: () => record.representatives.map((one) => partyNamed(one, subject)),
      beneficialOwners: () => record.beneficialOwners.map((one) => partyNamed(one, subject)),
      householdMembers: () => record.householdMembers.map((one) => partyNamed(one, subject)),
      owners: () => record.members.map((one) => party(one, subject)),
      // A household business holds nothing under its code, which is its owner's id.
      landParcels: () => (code.length === 12 ? [] : country.parcelsOf(code).map(landParcel)),
    };
    return thing(subject, fields, record);
  }

  function landParcel(id: string): Thing {
    const record = country.parcel(id);
    const subject = `parcel ${id}`;
    if (!record) return gone(subject);
    const fields: Thing['fields'] = {
      id: () => id,
      address: () => printed(record.address),
      sheetNoOnCertificate: () => record.sheetNoOnCertificate ?? null,
      parcelNoOnCertificate: () => record.parcelNoOnCertificate ?? null,
      geometry: () => record.geometry ?? null,
      uses: () => record.uses.map((use) => thing(subject, { origin: () => use.originCode }, use)),
      currentUser: () => {
        const user = record.currentUser;
        if (!user) return null;
        return thing(partySubject(user.party.personalId, user.party.enterpriseCode, subject), {
          party: () => party(user.party, subject),
          reasonOfChange: () => user.reasonOfChange,
        });
      },
      assets: () => record.assets.map((one) => thing(subject, {}, { ...NO_ASSET, ...one })),
      mortgages: () =>
        record.mortgages.map((one) =>
          thing(
            subject,
            { mortgagee: () => party(one.mortgagee, subject), releasedOn: () => one.releasedOn ?? null },
            one,
          ),
        ),
      restrictions: () =>
        record.restrictions.map((one) =>
          thing(
            partySubject(one.personalId, one.enterpriseCode, subject),
            { releasedOn: () => one.releasedOn ?? null },
            one,
          ),
        ),
      changes: () =>
        record.changes.map((one) =>
          thing(partySubject(one.personalId, one.enterpriseCode, subject), {}, one),
        ),
      holders: () => record.holders.map((one) => party(one, subject)),
      certificates: () => record.certificateSerials.map(landCertificate),
    };
    return thing(subject, fields, record);
  }

  function landCertificate(asked: string): Thing {
    const record = country.certificate(asked);
    const serial = (record?.serial ?? asked).replaceAll(' ', '');
    const subject = `certificate ${serial}`;
    if (!record) return gone(subject);
    const fields: Thing['fields'] = {
      serial: () => serial,
      status: () => (record.status === 'DA_CAP' ? 'ISSUED' : 'WITHDRAWN'),
      scanFile: () => record.scanFile ?? null,
      holders: () => record.holders.map((one) => party(one, subject)),
      parcels: () => record.parcelIds.map(landParcel),
    };
    return thing(subject, fields, record);
  }

  /** Somebody named by a full name. */
  function partyNamed(one: PersonReference & { readonly ratioPercent?: number }, carrier: string): Thing {
    const fields = {
      name: () => one.fullName,
      person: () => linked(one.personalId),
      ratio: () => one.ratioPercent ?? null,
    };
    return thing(partySubject(one.personalId, undefined, carrier), fields, one);
  }

  function address(one: Address, subject: string): Thing {
    const { districtCode } = one;
    const fields = {
      full: () => printed(one),
      districtCode: () => districtCode ?? null,
      districtName: () => (districtCode === undefined ? null : findUnitOn(districtCode, '2025-06-30')?.name),
    };
    return thing(subject, fields, one);
  }

  /** A holder of land, or an owner of a business. */
  function party(one: Party, carrier: string): Thing {
    const { personalId, enterpriseCode } = one;
    const fields = {
      person: () => linked(personalId),
      organisation: () => organisation(enterpriseCode),
      amount: () => String(one.amount),
      ratio: () => one.ratioPercent ?? null,
      contributedOn: () => one.contributedOn ?? null,
      country: () => 'VN',
      oldIdNumber: () => (/^\d{9}$/.test(one.documentNo ?? '') ? one.documentNo : null),
      birthDate: () => one.birthDate ?? null,
      sex: () => (one.sex === undefined ? null : one.sex === 1 ? 'MALE' : 'FEMALE'),
      address: () => (one.address === undefined ? null : printed(one.address)),
    };
    return thing(partySubject(personalId, enterpriseCode, carrier), fields, one);
  }

  return { citizen, business, landParcel, landCertificate };
}

function wholeName({ surname, middle, given }: PopulationRecord): string {
  return [surname, middle, given].filter((part) => part !== '').join(' ');
}

/** A register that knows the year or month of birth only is compared that far. */
export function fitsPerson(
  person: PopulationRecord,
  { fullName, birthDate }: { readonly fullName: string; readonly birthDate: string },
): boolean {
  const known = person.birthDate;
  return (
    plainName(fullName) === plainName(wholeName(person)) &&
    (birthDate === known || (known.length < 10 && birthDate.startsWith(`${known}-`)))
  );
}

function checked(identifier: unknown, isWellFormed: (text: string) => boolean): string {
  if (isWellFormed(String(identifier))) return String(identifier);
  throw new GraphQLError('BAD_IDENTIFIER');
}

function plainName(name: string): string {
  return name.normalize('NFC').toLowerCase().trim().replaceAll(/\s+/g, ' ');
}

/** A household business has its owner's personal id for a code: whoever sees it sees the person. */
function subjectOfCode(code: string): string {
  return code.length === 12 ? `person ${code}` : `organisation ${code}`;
}

/** A party without an identifier is known only through whatever names it. */
function partySubject(personalId: string | undefined, code: string | undefined, carrier: string): string {
  if (personalId !== undefined) return `person ${personalId}`;
  return code === undefined ? `unidentified ${carrier.split(' ')[1] ?? ''}` : subjectOfCode(code);
}
