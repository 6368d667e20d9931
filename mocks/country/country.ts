import { BlockStore, blockOf, type IndexedCircle } from './block-store.ts';
import { decodeSerial, normaliseSerial } from './identifiers/certificate-serial.ts';
import { decodeEnterpriseCode } from './identifiers/enterprise-code.ts';
import { decodeParcelId } from './identifiers/parcel-id.ts';
import { decodePersonalId } from './identifiers/personal-id.ts';
import { decodeResidenceFileNo } from './identifiers/residence-file-no.ts';
import type { Business, Person } from './model/block.ts';
import type { CivilStatusRecord } from './civil-status-records.ts';
import type {
  BusinessRecord,
  CertificateRecord,
  HouseholdRecord,
  ParcelRecord,
  PopulationRecord,
} from './records.ts';
import { DEFAULT_PERSONS, DEFAULT_SEED } from './reference.ts';
import { selectHubs, selectPeople, type PeopleQuery } from './selection.ts';
import { buildTerritory } from './territory.ts';
import { plantedTruth, type PlantedTruth } from './truth.ts';
import { businessRecord } from './views/business.ts';
import { civilStatusRecord } from './views/civil-status.ts';
import { certificateRecord, parcelRecord } from './views/land.ts';
import { householdRecord, populationRecord } from './views/population.ts';

export interface CountryOptions {
  readonly seed?: number;
  /** About how many persons; up to 100 million. */
  readonly persons?: number;
  /** Blocks of about 64 persons kept in memory, some 100 kB each. */
  readonly cachedBlocks?: number;
}

/** Every look-up takes constant time; an unknown, malformed or not issued key gives undefined. */
export interface CountryRegisters {
  person(personalId: string): PopulationRecord | undefined;
  household(residenceFileNo: string): HouseholdRecord | undefined;
  civilStatus(personalId: string): CivilStatusRecord | undefined;
  business(code: string): BusinessRecord | undefined;
  /** Codes of the businesses a person owns, is a member of or represents, in register order; empty where none. */
  businessesOf(personalId: string): readonly string[];
  parcel(parcelId: string): ParcelRecord | undefined;
  certificate(serial: string): CertificateRecord | undefined;
  /** Parcels held by a person (personal id) or organisation (code), in register order; empty where none. */
  parcelsOf(holder: string): readonly string[];
  certificatesOf(holder: string): readonly string[];
}

/** The registers, and beside them what tests and `npm run people` may know: what is really so. */
export interface Country extends CountryRegisters {
  truth(personalId: string): PlantedTruth | undefined;
  /** Lazily, in the same order everywhere, spread over the provinces. */
  people(query?: PeopleQuery): Generator<PlantedTruth>;
  /** Persons who own or represent at least so many businesses (a few have over 20, very few over 100). */
  hubs(least: number): Generator<PlantedTruth>;
}

const CACHED_BLOCKS = 1_000;

function remember<T>(made: Map<string, T>, key: string, make: () => T): T {
  const held = made.get(key);
  if (held !== undefined) return held;
  const record = make();
  made.set(key, record);
  return record;
}

/**
 * The synthetic country: nothing is stored, everything follows from the seed and an identifier.
 * Without options every process has the same one.
 */
export function buildCountry(options: CountryOptions = {}): Country {
  const { seed = DEFAULT_SEED, persons = DEFAULT_PERSONS, cachedBlocks = CACHED_BLOCKS } = options;
  const territory = buildTerritory(seed, persons);
  const store = new BlockStore(seed, territory, cachedBlocks);

  function findPerson(personalId: string): [IndexedCircle, Person] | undefined {
    const indexed = store.get(decodePersonalId(seed, personalId));
    const person = indexed?.persons.get(personalId);
    return indexed === undefined || person === undefined ? undefined : [indexed, person];
  }

  function findBusiness(code: string): [IndexedCircle, Business] | undefined {
    const key = code.length === 12 ? decodePersonalId(seed, code) : decodeEnterpriseCode(seed, code);
    const indexed = store.get(key);
    const business = indexed?.businesses.get(code);
    return indexed === undefined || business === undefined ? undefined : [indexed, business];
  }

  /** Land is held by persons and by enterprises; a household business holds none, its owner does. */
  function findHolder(holder: string): Person | Business | undefined {
    return holder.length === 12 ? findPerson(holder)?.[1] : findBusiness(holder)?.[1];
  }

  return {
    truth(personalId) {
      const found = findPerson(personalId);
      return found === undefined ? undefined : plantedTruth(found[0].circle, found[1]);
    },
    people: (query = {}) => selectPeople(seed, territory, store, query),
    hubs: (least) => selectHubs(seed, territory, store, least),
    person(personalId) {
      const found = findPerson(personalId);
      if (found === undefined) return undefined;
      const [{ circle, made }, person] = found;
      return remember(made.population, personalId, () =>
        populationRecord(blockOf(circle, person.native), person),
      );
    },
    household(residenceFileNo) {
      const indexed = store.get(decodeResidenceFileNo(seed, residenceFileNo));
      const household = indexed?.households.get(residenceFileNo);
      if (indexed === undefined || household === undefined) return undefined;
      return remember(indexed.made.households, residenceFileNo, () => householdRecord(household));
    },
    civilStatus(personalId) {
      const found = findPerson(personalId);
      if (found === undefined) return undefined;
      const [{ circle, made }, person] = found;
      return remember(made.civilStatus, personalId, () => civilStatusRecord(circle, person));
    },
    business(code) {
      const found = findBusiness(code);
      if (found === undefined) return undefined;
      const [{ made }, business] = found;
      return remember(made.businesses, code, () => businessRecord(business));
    },
    businessesOf(personalId) {
      return findPerson(personalId)?.[1].businesses.map(({ code }) => code) ?? [];
    },
    parcel(parcelId) {
      const indexed = store.get(decodeParcelId(seed, parcelId));
      const parcel = indexed?.parcels.get(parcelId);
      if (indexed === undefined || parcel === undefined) return undefined;
      return remember(indexed.made.parcels, parcelId, () => parcelRecord(indexed.circle, parcel));
    },
    certificate(serial) {
      const normal = normaliseSerial(serial);
      if (normal === undefined) return undefined;
      const indexed = store.get(decodeSerial(seed, normal));
      const certificate = indexed?.certificates.get(normal);
      if (indexed === undefined || certificate === undefined) return undefined;
      return remember(indexed.made.certificates, normal, () => certificateRecord(certificate));
    },
    parcelsOf: (holder) => findHolder(holder)?.parcels.map(({ id }) => id) ?? [],
    certificatesOf: (holder) => findHolder(holder)?.certificates.map(({ serial }) => serial) ?? [],
  };
}
