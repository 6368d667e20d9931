import type { Country } from '../../../mocks/country/country.ts';
import { CONTRADICTIONS } from '../../../mocks/country/model/block.ts';
import { isOpen, NO_TROUBLE, type Asker, type Trouble } from '../oracles/row-rulings.ts';
import type { RandomWords } from './random-words.ts';
import type { Tape } from './tape.ts';

/** Whom one caller's operations are about: few, so that factors fit and officers meet their kin. */
export interface Neighbourhood {
  readonly ids: readonly string[];
  readonly communes: readonly string[];
  readonly words: RandomWords;
}

function take<T>(values: Iterable<T>, count: number): readonly T[] {
  const taken: T[] = [];
  for (const value of values) {
    if (taken.length === count) break;
    taken.push(value);
  }
  return taken;
}

/** Persons hidden by every rule in turn, and others. */
export function collectPersons(country: Country): readonly string[] {
  return [
    ...take(country.people({ traits: ['protected'] }), 6),
    ...take(country.people({ traits: ['deceased'] }), 5),
    ...take(country.people({ traits: ['minor'] }), 5),
    ...take(country.people({ traits: ['minor', 'guarded'] }), 3),
    ...take(country.people({ traits: ['unidentified'] }), 6),
    ...CONTRADICTIONS.flatMap((kind) =>
      take(
        country.people({ traits: [`contradiction:${kind}`] }),
        kind.startsWith('death') || kind === 'birth-year-only' ? 5 : 1,
      ),
    ),
    ...take(country.people({ with: ['land', 'business', 'marriage'] }), 6),
    ...take(country.people({ unit: '00070' }), 3),
    ...take(country.hubs(20), 1),
    ...take(country.hubs(101), 1),
  ].map(({ personalId }) => personalId);
}

function familyOf(country: Country, id: string): readonly string[] {
  const { father, mother, spouse, guardian, residenceFileNo = '' } = country.person(id) ?? {};
  return [
    ...[father, mother, spouse, guardian].flatMap((one) => one?.personalId ?? []),
    ...(country.household(residenceFileNo)?.members.flatMap(({ personalId }) => personalId ?? []) ?? []),
  ];
}

/** Some of the persons with their families, and all that belongs to them; absent and malformed words beside. */
export function randomNeighbourhood(
  country: Country,
  persons: readonly string[],
  all: RandomWords,
  tape: Tape,
): Neighbourhood {
  const some = <T>(values: readonly T[], count: number): readonly T[] =>
    Array.from({ length: count }, () => tape.pick(values)).filter((one) => one !== undefined);
  const ids = some(persons, 2).flatMap((id) => [id, id, ...familyOf(country, id)]);
  const parcelIds = ids.flatMap((id) => take(country.parcelsOf(id), 2));
  const homes = ids.flatMap((id) => country.person(id)?.permanentResidence ?? []);
  const words: RandomWords = {
    personalIds: [...ids, ...some(all.personalIds, 3)],
    codes: [...ids.flatMap((id) => take(country.businessesOf(id), 2)), ...some(all.codes, 3)],
    parcelIds: [...parcelIds, ...some(all.parcelIds, 3)],
    serials: [
      ...parcelIds.flatMap((id) => take(country.parcel(id)?.certificateSerials ?? [], 1)),
      ...some(all.serials, 3),
    ],
    unitCodes: [...homes.map(({ communeCode }) => communeCode), ...some(all.unitCodes, 3)],
    factors: ids.flatMap((id) => {
      const { name, birthDate } = country.truth(id) ?? {};
      return name && birthDate !== undefined ? [{ fullName: name.full.toLowerCase(), birthDate }] : [];
    }),
  };
  const communes = homes.map(({ communeCode }) => communeCode).filter((code) => code !== '');
  return { ids, communes: [...communes, '00070'], words };
}

/** Anybody with any rights: an office of a commune or of the nation, an officer with a family, a citizen. */
export function randomAsker({ ids, communes }: Neighbourhood, tape: Tape): Asker {
  const commune = (): string => tape.pick(communes) ?? '';
  const territory = tape.pick([
    () => 'nation' as const,
    () => 'nation' as const,
    () => 'caller-unit' as const,
    () => [commune(), commune().slice(0, 2)],
    () => ['01', '79', commune()],
  ]);
  const self = tape.oneIn(6) ? (tape.pick(ids) ?? null) : null;
  return {
    territory: territory?.() ?? 'nation',
    clearance: (['protected', 'deceased', 'minors'] as const).filter(() => tape.oneIn(2)),
    unit: tape.oneIn(6) ? null : commune(),
    officer: tape.oneIn(2) ? (tape.pick([...ids, '001099999999']) ?? null) : null,
    self,
    needsMatch: tape.oneIn(6),
    ownDataOnly: self !== null && tape.oneIn(2),
  };
}

/** Registers that cannot give some persons' records; never the asker's own, and only where facts are looked at. */
export function randomTrouble(asker: Asker, { ids }: Neighbourhood, tape: Tape): Trouble {
  if (isOpen(asker) || !tape.oneIn(4)) return NO_TROUBLE;
  const some = (): ReadonlySet<string> => new Set(ids.filter((id) => tape.oneIn(6) && id !== asker.self));
  const code = tape.oneIn(3) ? 'ROW_DENIED' : 'SOURCE_CONTRACT_BROKEN';
  return { code, population: some(), civilStatus: some() };
}
