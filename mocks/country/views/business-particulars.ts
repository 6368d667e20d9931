import { communesOf } from '../../../src/units/communes.ts';
import { isoDate, YEAR } from '../calendar.ts';
import { formerAddress, TWO_LEVELS_FROM } from '../former-address.ts';
import { isPerson, type Business, type Person } from '../model/block.ts';
import { addressIn, TODAY } from '../model/draft.ts';
import { fullName } from '../model/persons/naming.ts';
import { hash } from '../random.ts';
import type { Address, BeneficialOwner, BusinessUnit, PersonReference } from '../records.ts';
import { outsiderReference } from './outsider-reference.ts';

/** A business's own number for what follows from its code. Its last digits must not show in a value: a household business's code is a personal id. */
function numberOf({ code }: Business, salt: number): number {
  return hash(Number(code.slice(0, 6)), Number(code.slice(6)), salt);
}

/** An enterprise registered last before 1 July 2025 may keep its address of three levels (modelled: one in four). */
export function registeredAddress(business: Business, address: Address, salt: number): Address {
  const choice = numberOf(business, salt);
  const isOld = !business.isHouseholdBusiness && business.amendedOn < TWO_LEVELS_FROM && choice % 4 === 0;
  return isOld ? formerAddress(address, choice >>> 8) : address;
}

/** Modelled: nine businesses in ten state a phone, two in three an address of the reserved domain `example` (RFC 2606). */
export function contactOf(business: Business): { readonly phone?: string; readonly email?: string } {
  const number = numberOf(business, 1);
  const phone = `0${[3, 5, 7, 8, 9][number % 5]}${String(number % 100_000_000).padStart(8, '0')}`;
  return {
    ...(number % 10 === 0 ? {} : { phone }),
    ...(number % 3 === 0 ? {} : { email: `lienhe.${number.toString(36)}@dn.example` }),
  };
}

/** Members pay in within 90 days (Enterprise Law 2020 art. 47); one in twelve has not told when. */
export function contributedOn(business: Business, index: number): string | undefined {
  const number = numberOf(business, 2 + index);
  if (number % 12 === 0) return undefined;
  return isoDate(Math.min(TODAY, business.foundedOn + (number % 91)));
}

const KIND_WORDS = { 1: 'Chi nhánh', 2: 'Văn phòng đại diện', 3: 'Địa điểm kinh doanh' } as const;

/** Modelled: one enterprise in four has one or two units, in communes of its province. */
export function unitsOf(business: Business): BusinessUnit[] {
  const number = numberOf(business, 7);
  if (business.isHouseholdBusiness || number % 4 !== 0) return [];
  const communes = communesOf(business.headOffice.provinceCode);
  return Array.from({ length: 1 + ((number >>> 4) % 2) }, (_, index): BusinessUnit => {
    const own = numberOf(business, 8 + index);
    const kind = ([1, 2, 3] as const)[own % 3] ?? 1;
    const commune = communes[own % Math.max(1, communes.length)];
    const counter = index + 1;
    return {
      code:
        kind === 3
          ? String(counter).padStart(5, '0')
          : `${business.code}-${String(counter).padStart(3, '0')}`,
      kind,
      name: `${KIND_WORDS[kind]} ${business.name}`,
      address:
        commune === undefined
          ? business.headOffice
          : registeredAddress(business, addressIn(commune, `Số ${1 + (own % 250)}`), 10 + index),
    };
  });
}

/** A quarter of the capital or votes makes a beneficial owner (Decree 168/2025/ND-CP art. 17; the wording is modelled). */
const LEAST_RATIO = 25;

/** The persons behind a member, with the per cents of the whole that they hold through it. */
function holdersBehind({ members }: Business, share: number): (readonly [Person, number])[] {
  return members.flatMap(({ party, ratioPercent }) =>
    isPerson(party)
      ? [[party, (share * ratioPercent) / 100] as const]
      : holdersBehind(party, (share * ratioPercent) / 100),
  );
}

/** Companies declare them from 1 July 2025 on (Law 76/2025/QH15), with the first registration or amendment since. */
export function beneficialOwnersOf(business: Business): BeneficialOwner[] {
  const isCompany = !business.isHouseholdBusiness && business.legalFormCode !== '1';
  if (!isCompany || business.amendedOn < TWO_LEVELS_FROM) return [];
  const ratios = new Map<Person, number>();
  for (const [person, ratio] of holdersBehind(business, 100)) {
    ratios.set(person, (ratios.get(person) ?? 0) + ratio);
  }
  const owners = [...ratios]
    .filter(([, ratio]) => ratio >= LEAST_RATIO)
    .map(([person, ratio], index) => ({
      ...named(person),
      ratioPercent: Math.round(ratio * 100) / 100,
      basis: numberOf(business, 20 + index) % 5 === 0 ? 'Quyền biểu quyết' : 'Sở hữu vốn điều lệ',
    }));
  const controlling = business.outsiders.map((outsider) => ({
    ...outsiderReference(outsider),
    basis: 'Quyền chi phối',
  }));
  if (owners.length + controlling.length > 0) return [...owners, ...controlling];
  return business.representatives.map(({ person }) => ({ ...named(person), basis: 'Quyền chi phối' }));
}

function named(person: Person): PersonReference & { readonly personalId: string } {
  return { personalId: person.id, fullName: fullName(person.name) };
}

/** Half of the household businesses are a family's: the adults of the owner's household have registered it together. */
export function householdMembersOf(business: Business): PersonReference[] {
  if (!business.isHouseholdBusiness || numberOf(business, 30) % 2 === 0) return [];
  const household = business.representatives[0]?.person.household;
  const adults = (household?.members ?? []).filter(({ person }) => person.birth < TODAY - 18 * YEAR);
  return [
    ...adults.slice(0, 4).map(({ person }) => named(person)),
    ...(household?.outsiders ?? []).map(outsiderReference),
  ];
}

/** Tax codes by registration status: closed with the business, waiting in between (Circular 90/2026/TT-BTC, Annex I). */
export function taxStatusOf(business: Business): string {
  const number = numberOf(business, 40);
  switch (business.statusCode) {
    case 1:
      if (business.legacyCode !== undefined && number % 8 === 0) return '10';
      return number % 24 === 0 ? '09' : '00';
    case 2:
      return '05';
    case 3:
      return '03';
    case 4:
      return '01';
    case 5:
      return number % 2 === 0 ? '03' : '04';
    case 6:
      return '07';
    case 7:
      return number % 2 === 0 ? '02' : '06';
  }
}

/** The province's tax authority for enterprises, one of its local offices for household businesses (names modelled). */
export function taxOfficeOf(business: Business): string {
  const { provinceName } = business.headOffice;
  return business.isHouseholdBusiness
    ? `Thuế cơ sở ${1 + (numberOf(business, 41) % 12)} ${provinceName}`
    : `Thuế ${provinceName}`;
}

const FORMS_ABROAD: Readonly<Record<string, string>> = {
  '2': 'Company Limited',
  '3': 'Company Limited',
  '4': 'Joint Stock Company',
};

/** Modelled: two companies in five have a name in English, the own words of their name without marks. */
export function foreignNameOf(business: Business): string | undefined {
  const form = FORMS_ABROAD[business.legalFormCode];
  if (form === undefined || numberOf(business, 42) % 5 > 1) return undefined;
  const own = business.name.split(' ').slice(-2).join(' ');
  return `${own.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('Đ', 'D').replaceAll('đ', 'd')} ${form}`;
}
