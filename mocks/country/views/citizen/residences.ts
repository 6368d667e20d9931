import { TWO_LEVELS_SINCE } from '../../../../src/units/administrative-unit.ts';
import { PROVINCES } from '../../../../src/units/provinces.ts';
import { dayOf, isoDate, YEAR, type Day } from '../../calendar.ts';
import { livesInPopulation, isMinor } from '../../model/standing.ts';
import type { Person } from '../../model/block.ts';
import { officeOf, TODAY } from '../../model/draft.ts';
import { Random } from '../../random.ts';
import type { Absence, Address, PopulationRecord, ResidenceTerm } from '../../records.ts';
import { citizenRandom } from './citizen-random.ts';
import { addressHash, formerAddress } from './former-address.ts';

/**
 * Modelled: the share of households whose records keep addresses of three levels where these were written before 1 July 2025
 * (REGISTERS.md, Shares: 30 to 60 per cent of records, another share in each register).
 */
const FORMER_SHARE = 0.48;
const FORMER_SALT = 0x91;
const PICK_SALT = 0x92;
const START_SALT = 0x93;
const TERM_SALT = 0x94;
const ABSENCE_SALT = 0x95;

const REFORM: Day = dayOf(TWO_LEVELS_SINCE);
const LONGEST_STAY_DAYS = 30 * 365;
/** Two years at most (Law on Residence 68/2020/QH14 art. 27). */
const TEMPORARY_DAYS = 730;

function keepsFormer(home: Address): boolean {
  return new Random(addressHash(home, FORMER_SALT)).chance(FORMER_SHARE);
}

/** The day on which a household settled at its address. */
function settledOn(home: Address): Day {
  return TODAY - new Random(addressHash(home, START_SALT)).between(60, LONGEST_STAY_DAYS);
}

/** A permanent address as the register keeps it: that of its day where the household's record was not brought up to date. */
export function registeredHome(home: Address): Address {
  return keepsFormer(home) && settledOn(home) < REFORM
    ? formerAddress(home, 'whole', addressHash(home, PICK_SALT))
    : home;
}

/** The places of a person's birth and descent as the register keeps them. A former commune of descent may have been split since. */
export function registeredPlaces(
  person: Person,
): Pick<PopulationRecord, 'placeOfBirth' | 'birthRegistrationPlace' | 'ancestralHome'> {
  const office = officeOf(person.native.origin);
  const places = {
    placeOfBirth: { ...office, detail: 'Trạm y tế' },
    birthRegistrationPlace: office,
    ancestralHome: { ...officeOf(person.ancestralHome), detail: '' },
  };
  const registered = person.birthEntry?.registeredOn ?? person.birth;
  if (registered >= REFORM || !keepsFormer(person.residence)) return places;
  const pick = addressHash(person.residence, PICK_SALT);
  return {
    placeOfBirth: formerAddress(places.placeOfBirth, 'whole', pick),
    birthRegistrationPlace: formerAddress(office, 'whole', pick),
    ancestralHome: formerAddress(places.ancestralHome, 'all', pick),
  };
}

interface Residences {
  readonly permanentResidence: Address;
  readonly permanentTerm: ResidenceTerm;
  readonly temporaryResidence?: Address;
  readonly temporaryTerm?: ResidenceTerm;
  readonly currentResidence: Address;
  readonly currentTerm: ResidenceTerm;
}

/** The three residences. Those who live elsewhere have mostly registered it as temporary; a term that is over was deleted. */
export function residencesOf(person: Person): Residences {
  const random = citizenRandom(person.id, TERM_SALT);
  const home = registeredHome(person.residence);
  const died = livesInPopulation(person) ? undefined : person.death?.day;
  const last = died ?? TODAY;
  const since = Math.min(Math.max(settledOn(person.residence), person.birth + random.between(10, 50)), last);
  const startedOn = isoDate(since);
  const permanent = {
    permanentResidence: home,
    permanentTerm:
      died === undefined
        ? { startedOn }
        : {
            startedOn,
            deletedOn: isoDate(Math.min(TODAY, died + random.between(3, 60))),
            deletionReason: 'Chết',
          },
  };
  if (person.currentResidence === person.residence) {
    return { ...permanent, currentResidence: home, currentTerm: { startedOn } };
  }
  const moved = Math.max(person.birth, last - random.between(30, 1100));
  const elsewhere =
    moved < REFORM && keepsFormer(person.residence)
      ? formerAddress(person.currentResidence, 'all', addressHash(person.currentResidence, PICK_SALT))
      : person.currentResidence;
  const current = { currentResidence: elsewhere, currentTerm: { startedOn: isoDate(moved) } };
  if (!random.chance(0.75)) return { ...permanent, ...current };
  const expiry = moved + TEMPORARY_DAYS;
  const isOver = expiry < last;
  return {
    ...permanent,
    ...current,
    temporaryResidence: elsewhere,
    temporaryTerm: {
      startedOn: isoDate(moved),
      expiresOn: isoDate(expiry),
      ...(isOver ? { deletedOn: isoDate(expiry + 1), deletionReason: 'Hết thời hạn tạm trú' } : {}),
    },
  };
}

/** Khai báo tạm vắng (Law on Residence 68/2020/QH14 art. 31); no list of states is published. */
export function absenceOf(person: Person): Absence | undefined {
  const random = citizenRandom(person.id, ABSENCE_SALT);
  if (!random.chance(0.03) || isMinor(person) || !livesInPopulation(person)) return undefined;
  const from = TODAY - random.between(5, 400);
  const until = from + random.between(30, 365);
  if (person.birth + 18 * YEAR > from) return undefined;
  return {
    status: until < TODAY ? 'Đã kết thúc' : 'Đang tạm vắng',
    startedOn: isoDate(from),
    endedOn: isoDate(until),
    destination: random.chance(0.2)
      ? random.pick(['Nhật Bản', 'Hàn Quốc', 'Đài Loan'])
      : random.pick(PROVINCES).name,
  };
}
