import type { Country } from '../../../mocks/country/country.ts';
import { CONTRADICTIONS } from '../../../mocks/country/model/block.ts';

/** What random operations ask about: present, absent and malformed identifiers of each kind. */
export interface RandomWords {
  readonly personalIds: readonly string[];
  readonly codes: readonly string[];
  readonly parcelIds: readonly string[];
  readonly serials: readonly string[];
  /** Communes and provinces. */
  readonly unitCodes: readonly string[];
  /** Factors by personal id, as the population register would have them fit. */
  readonly factors: readonly { readonly fullName: string; readonly birthDate: string }[];
}

function take<T>(values: Iterable<T>, count: number): readonly T[] {
  const taken: T[] = [];
  for (const value of values) {
    if (taken.length === count) break;
    taken.push(value);
  }
  return taken;
}

const MALFORMED = ['', '12', '00109900000x'];

/** Persons of every kind that the country plants, and what belongs to them. */
export function collectWords(country: Country): RandomWords {
  const persons = [
    ...take(country.people({ with: ['land', 'business', 'marriage'] }), 12),
    ...take(country.people({ with: ['business'] }), 4),
    ...take(country.people(), 6),
    ...take(country.people({ traits: ['protected'] }), 2),
    ...take(country.people({ traits: ['deceased'] }), 4),
    ...take(country.people({ traits: ['minor'] }), 2),
    ...CONTRADICTIONS.flatMap((kind) => take(country.people({ traits: [`contradiction:${kind}`] }), 2)),
    ...take(country.hubs(20), 1),
    ...take(country.hubs(101), 1),
  ];
  const codes = persons.flatMap(({ businesses }) => take(businesses, 3).map(({ code }) => code));
  const parcelIds = persons.flatMap(({ landParcels }) => take(landParcels, 2).map(({ id }) => id));
  const serials = parcelIds.flatMap((id) => take(country.parcel(id)?.certificateSerials ?? [], 1));
  const absentPerson = ['001099999999', '079188999999'].filter((id) => !country.person(id));
  const homes = persons.flatMap(({ personalId }) => country.person(personalId)?.permanentResidence ?? []);
  const communes = homes.map(({ communeCode }) => communeCode);
  const provinces = homes.map(({ provinceCode }) => provinceCode);
  return {
    personalIds: [...persons.map(({ personalId }) => personalId), ...absentPerson, ...MALFORMED],
    codes: [...codes, ...absentPerson, '0100109106', ...MALFORMED],
    parcelIds: [...parcelIds, 'w3gvk1td0000', '00070.1.1', ...MALFORMED],
    serials: [...serials, 'AA 99999999', 'ZZ000000', ...MALFORMED],
    unitCodes: [...new Set([...communes, ...provinces, '00070', '01', '79', '77']), 'abc', ...MALFORMED],
    factors: [
      ...persons.map(({ name, birthDate }) => ({ fullName: name.full.toUpperCase(), birthDate })),
      { fullName: 'Nguyễn Văn Khác', birthDate: '1990' },
    ],
  };
}
