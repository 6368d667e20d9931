import { communesOf } from '../../../../src/units/communes.ts';
import { dayOf, yearOf, YEAR, type Day } from '../../calendar.ts';
import {
  encodeNewSerial,
  encodeOldSerial,
  OLD_SERIALS_PER_BLOCK,
  SERIES,
} from '../../identifiers/certificate-serial.ts';
import { encodeParcelId } from '../../identifiers/parcel-id.ts';
import { pointIn } from '../../points.ts';
import { hash } from '../../random.ts';
import type { Business, Certificate, Holder, Parcel, Person } from '../block.ts';
import { addressIn, TODAY, type Draft } from '../draft.ts';
import { drawUses } from './land-use.ts';
import { spouseOf } from '../standing.ts';

const PARCELS_PER_ADULT = 0.55;
const SECOND_PARCEL = 0.3;
const INHERITED_BY_MINORS = 0.01;
const ORGANISATION_SHARE = 0.12;
const UNCERTIFIED_SHARE = 0.04;

/** Chooses the holders of a parcel: spouses jointly, a person alone, brothers and sisters, an organisation. */
function holdersFor(draft: Draft, person: Person): Holder[] {
  const { random } = draft;
  const spouse = spouseOf(person);
  if (spouse !== undefined && random.chance(0.68)) {
    const [husband, wife] = person.sex === 1 ? [person, spouse] : [spouse, person];
    return [
      { party: husband, kind: 'Vợ chồng', role: 'Chồng' },
      { party: wife, kind: 'Vợ chồng', role: 'Vợ' },
    ];
  }
  const siblings = [...(person.father?.children ?? [])].filter(
    (sibling) => sibling !== person && TODAY - sibling.birth > 18 * YEAR,
  );
  if (siblings.length > 0 && random.chance(0.12)) {
    return [person, ...siblings.slice(0, 2)].map((party, index) => ({
      party,
      kind: 'Đồng sử dụng',
      role: index === 0 ? 'Người đại diện' : 'Thành viên',
    }));
  }
  return [{ party: person, kind: 'Cá nhân', role: 'Cá nhân' }];
}

/** An organisation's land; which role its row has in the register is not published (modelled). */
function organisationHolders(business: Business): Holder[] {
  return [{ party: business, kind: 'Tổ chức', role: 'Người đại diện' }];
}

function surveyParcel(draft: Draft, item: number, holders: readonly Holder[]): Parcel {
  const { random, home } = draft;
  const commune = random.chance(0.92) ? home : random.pick(communesOf(home.provinceCode));
  const uses = drawUses(random, commune.kind === 'ward', holders[0]?.kind === 'Tổ chức');
  const sheetNo = random.between(1, 140);
  const parcelNo = random.between(1, 999);
  const legalArea = Math.round(uses.reduce((sum, use) => sum + use.area, 0) * 10) / 10;
  const point = pointIn(commune, hash(draft.key.prefixIndex, draft.key.index, item >> 3));
  return {
    id: encodeParcelId(draft.seed, draft.key, item, point),
    commune,
    address: addressIn(commune, `Thửa ${parcelNo}, tờ bản đồ ${sheetNo}`),
    sheetNo,
    parcelNo,
    // Surveys and certificates round differently in one parcel of ten.
    area: random.chance(0.1) ? Math.round(legalArea) : legalArea,
    legalArea,
    uses,
    holders,
    outsiders: [],
    certificates: [],
  };
}

/** Serials by series: each series has few numbers for a block, the newest has enough for all. */
class Serials {
  readonly #draft: Draft;
  readonly #used = SERIES.map(() => 0);
  #newUsed = 0;

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  next(issuedOn: Day): string {
    const { seed, key } = this.#draft;
    const year = yearOf(issuedOn);
    const series = SERIES.findIndex(({ from, to }) => from <= year && year <= to);
    const used = this.#used[series];
    if (used === undefined) return encodeNewSerial(seed, key, this.#newUsed++);
    this.#used[series] = used + 1;
    return encodeOldSerial(seed, key, series, used);
  }

  hasRoom(issuedOn: Day): boolean {
    const year = yearOf(issuedOn);
    const series = SERIES.findIndex(({ from, to }) => from <= year && year <= to);
    return (this.#used[series] ?? 0) < OLD_SERIALS_PER_BLOCK;
  }
}

/** Templates by the law of the time: 2024, Decree 43/2014, Decree 88/2009, Law 2003. */
function templateOf(year: number): string {
  if (year >= 2025) return '98';
  if (year >= 2014) return '11';
  return year >= 2009 ? '6' : '1';
}

const SINCE_2025 = dayOf('2025-01-02');
const SINCE_2004 = dayOf('2004-03-01');

/** Nobody was given a certificate before birth or after death, and adults not as children. */
function drawIssueDay(draft: Draft, holders: readonly Holder[], serials: Serials): Day {
  const { random } = draft;
  let [from, to] = [SINCE_2004, TODAY - 20];
  for (const { party } of holders) {
    if ('birth' in party) {
      const age = TODAY - party.birth;
      from = Math.max(from, Math.floor(party.birth + (age > 19 * YEAR ? 18 : 1) * YEAR));
      to = Math.min(to, party.death?.day ?? to);
    } else from = Math.max(from, party.foundedOn);
  }
  const isNew = random.chance(0.25) && to > SINCE_2025;
  const start = isNew ? Math.max(from, SINCE_2025) : from;
  const day = start < to ? start + random.below(to - start) : Math.min(start, TODAY);
  return serials.hasRoom(day) ? day : Math.max(day, TODAY - 20 - random.below(300));
}

function issue(
  draft: Draft,
  serials: Serials,
  parcels: readonly Parcel[],
  holders: readonly Holder[],
): Certificate {
  const { random } = draft;
  const issuedOn = drawIssueDay(draft, holders, serials);
  const template = templateOf(yearOf(issuedOn));
  return {
    serial: serials.next(issuedOn),
    registerNo: `${random.pick(['CH', 'CS', 'CN'])}${String(random.between(1, 99_999)).padStart(5, '0')}`,
    issuedOn,
    template,
    commune: parcels[0]?.commune ?? draft.home,
    holders,
    parcels,
  };
}

/** About as many parcels as adults, each with its holders; most have one certificate, some certificates have two parcels. */
export function divideLand(
  draft: Draft,
  residents: readonly Person[],
  businesses: readonly Business[],
): {
  parcels: Parcel[];
  certificates: Certificate[];
} {
  const { random } = draft;
  const parcels: Parcel[] = [];
  const certificates: Certificate[] = [];
  const serials = new Serials(draft);
  const grant = (holders: readonly Holder[]): void => {
    const count = random.chance(0.15) ? 2 : 1;
    const granted = Array.from({ length: count }, () => {
      const parcel = surveyParcel(draft, parcels.length, holders);
      parcels.push(parcel);
      return parcel;
    });
    for (const { party } of holders) party.parcels.push(...granted);
    if (random.chance(UNCERTIFIED_SHARE)) return;
    const certificate = issue(draft, serials, granted, holders);
    certificates.push(certificate);
    for (const parcel of granted) parcel.certificates.push(certificate);
    for (const { party } of holders) party.certificates.push(certificate);
  };
  for (const person of residents) {
    const age = (TODAY - person.birth) / YEAR;
    const share = age >= 23 ? PARCELS_PER_ADULT : age >= 8 ? INHERITED_BY_MINORS : 0;
    if (random.chance(share)) grant(holdersFor(draft, person));
    if (age >= 40 && random.chance(SECOND_PARCEL)) grant(holdersFor(draft, person));
  }
  for (const business of businesses) {
    if (!business.isHouseholdBusiness && random.chance(ORGANISATION_SHARE))
      grant(organisationHolders(business));
  }
  return { parcels, certificates };
}
