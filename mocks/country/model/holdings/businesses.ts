import { YEAR, type Day } from '../../calendar.ts';
import { ENTERPRISES_PER_BLOCK, encodeEnterpriseCode } from '../../identifiers/enterprise-code.ts';
import { Weighted, type Random } from '../../random.ts';
import type { BusinessStatusCode } from '../../records.ts';
import type { Business, Person } from '../block.ts';
import { ACTIVITIES, drawBusinessName, type Activity } from './business-names.ts';
import { addressIn, TODAY, type Draft } from '../draft.ts';
import { drawAddressDetail } from '../persons/households.ts';
import { spouseOf } from '../standing.ts';

/** Legal forms with their modelled codes and shares (REGISTERS.md, Shares of the generator). */
const FORMS = new Weighted([
  [{ code: '1', name: 'Doanh nghiệp tư nhân', members: [1, 1], title: 'Chủ doanh nghiệp' }, 1],
  [{ code: '2', name: 'Công ty TNHH một thành viên', members: [1, 1], title: 'Giám đốc' }, 60],
  [{ code: '3', name: 'Công ty TNHH hai thành viên trở lên', members: [2, 4], title: 'Giám đốc' }, 22],
  [{ code: '4', name: 'Công ty cổ phần', members: [3, 5], title: 'Tổng giám đốc' }, 17],
] as const);
const HOUSEHOLD_FORM = { code: '9', name: 'Hộ kinh doanh' } as const;

const STATUSES = new Weighted<BusinessStatusCode>([
  [1, 86],
  [2, 6],
  [3, 2],
  [4, 3],
  [5, 1],
  [6, 1],
  [7, 1],
]);

/** A block has about twice as many businesses as in reality, so that joins have something to join. */
const ENTERPRISES = 1.8;
const HOUSEHOLD_BUSINESS_SHARE = 0.16;

/** A day on which the owner was at least 20 and alive; undefined where there is none in so many years. */
function foundedWithin(random: Random, owner: Person, years: number): Day | undefined {
  const earliest = Math.max(Math.floor(owner.birth + 20 * YEAR), Math.floor(TODAY - years * YEAR));
  const latest = Math.min(TODAY, owner.death?.day ?? TODAY) - 30;
  return earliest < latest ? earliest + random.below(latest - earliest) : undefined;
}

interface Common {
  readonly code: string;
  readonly owner: Person;
  readonly foundedOn: Day;
  readonly activity: Activity;
}

function begin(
  draft: Draft,
  { code, foundedOn, activity }: Common,
): Omit<
  Business,
  | 'name'
  | 'isHouseholdBusiness'
  | 'legalFormCode'
  | 'legalFormName'
  | 'capital'
  | 'members'
  | 'representatives'
> {
  const { random } = draft;
  const amendmentNo = random.chance(0.45) ? random.between(1, 5) : 0;
  const amendedOn = amendmentNo === 0 ? foundedOn : foundedOn + random.below(TODAY - foundedOn);
  const side = random.pick(ACTIVITIES);
  const chosen = side.code !== activity.code && random.chance(0.6) ? [activity, side] : [activity];
  return {
    code,
    legacyCode: undefined,
    shortName: undefined,
    foundedOn,
    amendedOn,
    amendmentNo,
    statusCode: STATUSES.draw(random),
    headOffice: addressIn(draft.home, drawAddressDetail(random, true)),
    activities: chosen.map(({ code: activityCode, name }) => ({ code: activityCode, name })),
    outsiders: [],
    parcels: [],
    certificates: [],
  };
}

/** Per cents that add up to the whole, the first member's share the largest or equal. */
function shares(random: Random, members: number): number[] {
  if (members === 1) return [100];
  if (members === 2) {
    const first = random.pick([50, 50, 51, 51, 60, 70, 80, 90, 99]);
    return [first, 100 - first];
  }
  const each = Math.floor(100 / members);
  return Array.from({ length: members }, (_, index) => (index === 0 ? 100 - each * (members - 1) : each));
}

/** The capital in dong, about log-normal with a median of 1.9 billion (modelled). */
function drawCapital(random: Random): number {
  const billions = 1.9 * Math.exp(random.around(0, 1.35));
  return Math.max(50_000_000, Math.round(billions * 20) * 50_000_000);
}

function foundEnterprise(
  draft: Draft,
  code: string,
  owner: Person,
  adults: readonly Person[],
  others: Business[],
): Business | undefined {
  const { random } = draft;
  const foundedOn = foundedWithin(random, owner, 16);
  if (foundedOn === undefined) return undefined;
  const form = FORMS.draw(random);
  const wanted = random.between(form.members[0], form.members[1]);
  const fits = (person: Person): boolean =>
    person !== owner && foundedOn - person.birth > 19 * YEAR && (person.death?.day ?? TODAY) > foundedOn;
  const partners = adults.filter(fits);
  const parties: (Person | Business)[] = [owner];
  const spouse = spouseOf(owner);
  if (wanted > 1 && spouse !== undefined && fits(spouse) && random.chance(0.4)) parties.push(spouse);
  const investor = others.at(-1);
  const mayInvest = investor !== undefined && !investor.isHouseholdBusiness && investor.foundedOn < foundedOn;
  if (wanted > 2 && mayInvest && random.chance(0.3)) parties.push(investor);
  for (let tries = 0; parties.length < wanted && tries < 12 && partners.length > 0; tries += 1) {
    const partner = random.pick(partners);
    if (!parties.includes(partner)) parties.push(partner);
  }
  // A company of several members that found too few is one of a single member.
  const isAlone = parties.length === 1 && form.members[1] > 1;
  const activity = random.pick(ACTIVITIES);
  const capital = drawCapital(random);
  const hired = partners.length > 0 && random.chance(0.15) ? random.pick(partners) : undefined;
  const second = random.chance(0.04) ? parties[1] : undefined;
  const representatives = [{ person: hired ?? owner, title: form.title as string }];
  if (second !== undefined && 'birth' in second && second !== hired) {
    representatives.push({ person: second, title: 'Phó giám đốc' });
  }
  const name = drawBusinessName(random, isAlone ? '2' : form.code, owner, activity);
  return {
    ...begin(draft, { code, owner, foundedOn, activity }),
    isHouseholdBusiness: false,
    legalFormCode: isAlone ? '2' : form.code,
    legalFormName: isAlone ? 'Công ty TNHH một thành viên' : form.name,
    name: name.full,
    shortName: name.short,
    capital,
    members: shares(random, parties.length).map((ratioPercent, index) => ({
      party: parties[index] ?? owner,
      amount: Math.round((capital * ratioPercent) / 100),
      ratioPercent,
    })),
    representatives,
  };
}

/** A household business bears its owner's personal id as code (since 1 July 2025); some keep their old code besides. */
function openHouseholdBusiness(
  draft: Draft,
  owner: Person,
  legacyCode: string | undefined,
): Business | undefined {
  const { random } = draft;
  const foundedOn = foundedWithin(random, owner, 20);
  if (foundedOn === undefined) return undefined;
  const activity = random.pick(ACTIVITIES);
  const capital = random.between(2, 60) * 10_000_000;
  return {
    ...begin(draft, { code: owner.id, owner, foundedOn, activity }),
    isHouseholdBusiness: true,
    legacyCode,
    legalFormCode: HOUSEHOLD_FORM.code,
    legalFormName: HOUSEHOLD_FORM.name,
    name: drawBusinessName(random, HOUSEHOLD_FORM.code, owner, activity).full,
    headOffice: owner.residence,
    capital,
    members: [{ party: owner, amount: capital, ratioPercent: 100 }],
    representatives: [{ person: owner, title: 'Chủ hộ kinh doanh' }],
  };
}

/** Everybody named in a business has it once in the own list. */
function link(business: Business): void {
  const people = [
    ...business.members.map(({ party }) => party),
    ...business.representatives.map(({ person }) => person),
  ];
  for (const party of new Set(people)) if ('birth' in party) party.businesses.push(business);
}

export function foundBusinesses(draft: Draft, residents: readonly Person[]): Business[] {
  const { random, plan } = draft;
  const businesses: Business[] = [];
  let item = 0;
  const nextCode = (): string | undefined => {
    while (item < ENTERPRISES_PER_BLOCK) {
      const code = encodeEnterpriseCode(draft.seed, draft.key, item);
      item += 1;
      if (code !== undefined) return code;
    }
    return undefined;
  };
  const add = (business: Business | undefined): void => {
    if (business === undefined) return;
    businesses.push(business);
    link(business);
  };
  const adults = residents.filter((person) => TODAY - person.birth > 22 * YEAR);
  const hub = plan.hubBusinesses > 0 ? adults.find((person) => person.death === undefined) : undefined;
  if (hub !== undefined) {
    for (let left = plan.hubBusinesses; left > 0; left -= 1) {
      const code = nextCode();
      if (code !== undefined) add(foundEnterprise(draft, code, hub, [], businesses));
    }
  }
  for (const owner of adults) {
    if (random.chance(HOUSEHOLD_BUSINESS_SHARE)) {
      add(openHouseholdBusiness(draft, owner, random.chance(0.3) ? nextCode() : undefined));
    }
  }
  const enterprises = Math.floor(random.unit() * 2 * (ENTERPRISES + 0.5));
  for (let left = enterprises; left > 0; left -= 1) {
    const code = nextCode();
    if (code !== undefined) add(foundEnterprise(draft, code, random.pick(adults), adults, businesses));
  }
  return businesses;
}
