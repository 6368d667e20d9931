import { describe, expect, it } from 'vitest';
import { buildCountry } from '../../../mocks/country/country.ts';
import { dossier, sampleBlocks } from './sample.ts';

const country = buildCountry();
const blocks = sampleBlocks(131);
const ids = blocks.flatMap((block) => block.persons.map((person) => person.id));

/** Collects what is wrong, so that one failure shows every kind of incoherence at once. */
function faults(check: (id: string, fault: (what: string) => void) => void): string[] {
  const found: string[] = [];
  for (const id of ids) check(id, (what) => found.push(`${id}: ${what}`));
  return found;
}

const has = (id: string, trait: string): boolean =>
  country.truth(id)?.traits.some((one) => one === trait) ?? false;

describe('the registers agree about everybody, except where trouble was planted', () => {
  it('knows everybody in every register', () => {
    expect(ids.length).toBeGreaterThan(5000);
    expect(new Set(ids).size).toBe(ids.length);
    expect(
      faults((id, fault) => {
        if (country.person(id)?.personalId !== id) fault('not in population');
        if (country.civilStatus(id)?.personalId !== id) fault('not in civil status');
      }),
    ).toEqual([]);
  });

  it('writes sex, century and year of birth into the id', () => {
    expect(
      faults((id, fault) => {
        const person = country.person(id);
        const year = Number(person?.birthDate.slice(0, 4));
        const digit = (year < 2000 ? 0 : 2) + (person?.sex ?? 0) - 1;
        if (id.slice(3, 6) !== `${digit}${String(year % 100).padStart(2, '0')}`) fault('another year or sex');
      }),
    ).toEqual([]);
  });

  it('gives each spouse the other', () => {
    let couples = 0;
    expect(
      faults((id, fault) => {
        const record = country.person(id);
        const civil = country.civilStatus(id)?.marriages.filter((marriage) => marriage.state === 1) ?? [];
        const spouse = record?.spouse?.personalId;
        if (spouse !== undefined) {
          couples += 1;
          const back = country.person(spouse)?.spouse?.personalId;
          if (back !== id && !has(spouse, 'contradiction:marriage-not-in-population'))
            fault('not the spouse of the spouse');
          if (record?.maritalCode !== 2) fault('a spouse but not married');
        }
        if (civil.length > 1) fault('two marriages in force');
        const [marriage] = civil;
        const troubled = [
          id,
          spouse ?? id,
          ...civil.flatMap(({ husband, wife }) => [husband.personalId ?? '', wife.personalId ?? '']),
        ].some((one) => has(one, 'deceased') || has(one, 'contradiction:marriage-not-in-population'));
        if (!troubled && (marriage === undefined) !== (spouse === undefined))
          fault('married in one register only');
        if (marriage !== undefined && spouse !== undefined) {
          if (![marriage.husband.personalId, marriage.wife.personalId].includes(spouse))
            fault('another spouse');
        }
      }),
    ).toEqual([]);
    expect(couples).toBeGreaterThan(1500);
  });

  it('gives both spouses the same marriage entries, in order, between adults of different families', () => {
    expect(
      faults((id, fault) => {
        const marriages = country.civilStatus(id)?.marriages ?? [];
        const days = marriages.map(({ registeredOn }) => registeredOn);
        if (days.join() !== [...days].sort().join()) fault('marriages out of order');
        for (const marriage of marriages) {
          const { husband, wife } = marriage;
          if (husband.personalId !== id && wife.personalId !== id) fault('somebody else’s marriage');
          const other = husband.personalId === id ? wife : husband;
          const theirs = country.civilStatus(other.personalId ?? '')?.marriages ?? [];
          if (
            !theirs.some(
              ({ entryNo, registeredOn }) =>
                entryNo === marriage.entryNo && registeredOn === marriage.registeredOn,
            )
          ) {
            fault('a marriage that the other does not have');
          }
          const [mine, spouses] = [country.person(id), country.person(other.personalId ?? '')];
          if (
            mine?.father?.personalId !== undefined &&
            mine.father.personalId === spouses?.father?.personalId
          ) {
            fault('married to a sibling');
          }
          const age =
            Number(marriage.registeredOn.slice(0, 4)) - Number(country.truth(id)?.birthDate.slice(0, 4));
          if (age < 18) fault('married as a minor');
        }
      }),
    ).toEqual([]);
  });

  it('has the parents of the birth entry in population, older than the child by a generation', () => {
    let children = 0;
    expect(
      faults((id, fault) => {
        const record = country.person(id);
        const birth = country.civilStatus(id)?.birth;
        if (birth === undefined) return;
        if (birth.child.personalId !== id) fault('somebody else’s birth');
        if (birth.registeredOn < birth.child.birthDate) fault('registered before birth');
        for (const side of ['mother', 'father'] as const) {
          if (birth[side]?.personalId !== record?.[side]?.personalId) fault(`another ${side}`);
          const parent = birth[side]?.personalId;
          if (parent === undefined) continue;
          children += 1;
          const truth = country.truth(parent);
          if (truth?.sex !== (side === 'mother' ? 'FEMALE' : 'MALE')) fault(`${side} of the other sex`);
          const age = Number(birth.child.birthDate.slice(0, 4)) - Number(truth?.birthDate.slice(0, 4));
          if (age < 18 || age > (side === 'mother' ? 44 : 60)) fault(`${side} aged ${age}`);
        }
      }),
    ).toEqual([]);
    expect(children).toBeGreaterThan(5000);
  });

  it('has everybody living in one household, with a head and the right relations', () => {
    expect(
      faults((id, fault) => {
        const record = country.person(id);
        const fileNo = record?.residenceFileNo;
        if ((fileNo === undefined) !== (record?.deathDate !== undefined))
          fault('dead at home, or living nowhere');
        if (fileNo === undefined) return;
        const household = country.household(fileNo);
        const members = household?.members ?? [];
        const head = members.filter(({ relationToHead }) => relationToHead === 'Chủ hộ');
        if (head.length !== 1 || head[0]?.personalId !== record?.head?.personalId) fault('another head');
        const mine = members.filter(({ personalId }) => personalId === id);
        if (mine.length !== 1 || mine[0]?.relationToHead !== record?.head?.relation)
          fault('another relation');
        if (JSON.stringify(household?.address) !== JSON.stringify(record?.permanentResidence))
          fault('another address');
        const headId = head[0]?.personalId ?? '';
        const relation = mine[0]?.relationToHead ?? '';
        if (
          relation === 'Con' &&
          ![record?.father?.personalId, record?.mother?.personalId].includes(headId)
        ) {
          fault('a child of somebody else');
        }
        if (relation === 'Vợ' || relation === 'Chồng') {
          const marriages = country.civilStatus(id)?.marriages ?? [];
          if (
            !marriages.some(({ husband, wife }) => [husband.personalId, wife.personalId].includes(headId))
          ) {
            fault('not married to the head');
          }
        }
      }),
    ).toEqual([]);
  });

  it('leads from people to businesses and back', () => {
    let businesses = 0;
    expect(
      faults((id, fault) => {
        for (const code of country.businessesOf(id)) {
          businesses += 1;
          const business = country.business(code);
          if (business?.code !== code) fault('a business that is not there');
          if (business === undefined) continue;
          const people = [...business.members, ...business.representatives].flatMap(
            ({ personalId }) => personalId ?? [],
          );
          if (!people.includes(id)) fault('not named in the own business');
          for (const other of people) {
            if (country.person(other) === undefined) fault('a stranger in the business');
            if (!country.businessesOf(other).includes(code)) fault('a business that a member does not have');
          }
          if (business.representatives.length < 1 || business.representatives.length > 3)
            fault('representatives');
          if (business.members.reduce((sum, { ratioPercent }) => sum + ratioPercent, 0) !== 100)
            fault('shares');
          for (const { enterpriseCode } of business.members) {
            if (enterpriseCode !== undefined && country.business(enterpriseCode) === undefined)
              fault('no such member');
          }
          if (business.isHouseholdBusiness !== (code.length === 12)) fault('a code of the other kind');
          if (business.lastAmendedOn < business.foundedOn) fault('amended before founded');
        }
      }),
    ).toEqual([]);
    expect(businesses).toBeGreaterThan(500);
  });

  it('leads from holders to parcels and certificates and back', () => {
    let parcels = 0;
    const holders = blocks.flatMap((block) => [
      ...block.persons.map(({ id }) => id),
      ...block.businesses.filter(({ isHouseholdBusiness }) => !isHouseholdBusiness).map(({ code }) => code),
    ]);
    const found: string[] = [];
    for (const holder of holders) {
      for (const parcelId of country.parcelsOf(holder)) {
        parcels += 1;
        const parcel = country.parcel(parcelId);
        const ours =
          parcel?.holders.some((one) => (one.personalId ?? one.enterpriseCode) === holder) ?? false;
        if (!ours) found.push(`${parcelId}: not held by its holder`);
        for (const serial of parcel?.certificateSerials ?? []) {
          if (country.certificate(serial)?.parcelIds.includes(parcelId) !== true)
            found.push(`${serial}: not for its parcel`);
        }
        const uses = parcel?.uses.reduce((sum, use) => sum + use.area, 0) ?? 0;
        if (Math.abs(uses - (parcel?.legalArea ?? 0)) > 0.11) found.push(`${parcelId}: uses do not add up`);
      }
      for (const serial of country.certificatesOf(holder)) {
        const certificate = country.certificate(serial.toLowerCase().replace(' ', '.'));
        if (certificate?.serial !== serial) found.push(`${serial}: not found in another spelling`);
        const ours =
          certificate?.holders.some((one) => (one.personalId ?? one.enterpriseCode) === holder) ?? false;
        if (!ours) found.push(`${serial}: not held by its holder`);
        for (const parcelId of certificate?.parcelIds ?? []) {
          if (country.parcel(parcelId)?.certificateSerials.includes(serial) !== true)
            found.push(`${parcelId}: no certificate`);
        }
        const year = Number(certificate?.issuedOn.slice(0, 4));
        if (/\d{8}$/.test(serial) !== year >= 2025) found.push(`${serial}: issued ${year}`);
      }
    }
    expect(found).toEqual([]);
    expect(parcels).toBeGreaterThan(3000);
  });

  it('says the same in every process, whatever was asked before', () => {
    const fresh = buildCountry({ cachedBlocks: 2 });
    const sample = ids.filter((_, index) => index % 37 === 0).toReversed();
    for (const id of sample) expect(dossier(fresh, id)).toEqual(dossier(country, id));
  });

  it('is another country under another seed', () => {
    const other = buildCountry({ seed: 1 });
    const both = ids.filter((id) => JSON.stringify(other.person(id)) === JSON.stringify(country.person(id)));
    expect(both).toEqual([]);
  });
});
