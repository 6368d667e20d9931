import { expect, test } from 'vitest';
import { buildCountry } from '../../../mocks/country/country.ts';
import { geoHash } from '../../../mocks/country/identifiers/parcel-id.ts';
import { sampleBlocks } from './sample.ts';

const country = buildCountry();
const blocks = sampleBlocks(131);
const parcels = blocks.flatMap((block) => block.parcels.flatMap(({ id }) => country.parcel(id) ?? []));

/** Square metres of a ring, on a plane around its first corner (shoelace formula). */
function areaOf(ring: readonly (readonly [number, number])[]): number {
  const [[west = 0, south = 0] = []] = ring;
  const metres = ring.map(([x, y]): [number, number] => [
    (x - west) * 111_320 * Math.cos((south * Math.PI) / 180),
    (y - south) * 111_320,
  ]);
  const twice = metres.reduce((sum, [x, y], index) => {
    const [nextX = 0, nextY = 0] = metres[index + 1] ?? [];
    return index + 1 < metres.length ? sum + x * nextY - nextX * y : sum;
  }, 0);
  return twice / 2;
}

test('the particulars of each parcel fit each other, its holders and the other registers', () => {
  const wrong: string[] = [];
  const met = {
    drawn: 0,
    users: 0,
    assets: 0,
    mortgages: 0,
    lenders: 0,
    named: 0,
    changes: 0,
    shares: 0,
    old: 0,
  };
  for (const parcel of parcels) {
    const fault = (what: string): void => void wrong.push(`${parcel.parcelId}: ${what}`);
    const { area, geometry, currentUser, holders, certificateSerials } = parcel;
    const certificate = country.certificate(certificateSerials[0] ?? '');
    if ((certificate === undefined) !== (parcel.sheetNoOnCertificate === undefined)) fault('numbers');
    const [ring = []] = geometry?.coordinates ?? [];
    if (geometry !== undefined) {
      met.drawn += 1;
      const [[west = 0, south = 0] = [], , [east = 0, north = 0] = []] = ring;
      const middle = { latitude: (south + north) / 2, longitude: (west + east) / 2 };
      if (!parcel.parcelId.startsWith(geoHash(middle, 6))) fault('drawn elsewhere');
      if (Math.abs(areaOf(ring) - area) > 2 + area * 0.01) fault(`drawn with ${areaOf(ring)} for ${area}`);
    }
    if (currentUser !== undefined) {
      met.users += 1;
      const { personalId } = currentUser.party;
      if (personalId !== undefined && holders.some((one) => one.personalId === personalId)) fault('user');
      if (personalId !== undefined && country.person(personalId)?.deathDate !== undefined) fault('dead user');
    }
    for (const { builtArea = 0 } of parcel.assets) {
      met.assets += 1;
      if (builtArea > area) fault('built beyond the parcel');
    }
    for (const { registeredOn, releasedOn, mortgagee } of parcel.mortgages) {
      met.mortgages += 1;
      if (!certificate || registeredOn < certificate.issuedOn) fault('mortgaged before the certificate');
      if (releasedOn !== undefined && releasedOn <= registeredOn) fault('released before');
      const { enterpriseCode, personalId } = mortgagee;
      if (enterpriseCode !== undefined || personalId !== undefined) met.lenders += 1;
      if (enterpriseCode !== undefined) {
        const lender = country.business(enterpriseCode);
        if (lender?.name !== mortgagee.name || lender.foundedOn >= registeredOn) fault('lender');
      }
      if (personalId !== undefined && !country.person(personalId)) fault('unknown lender');
    }
    for (const { personalId, enterpriseCode, content } of [...parcel.restrictions, ...parcel.changes]) {
      const holder = holders.find(
        (one) => one.personalId === personalId && one.enterpriseCode === enterpriseCode,
      );
      if (personalId === undefined && enterpriseCode === undefined) {
        if (holders.some(({ name }) => content.includes(name))) fault('names somebody without the number');
      } else if (!holder || (!content.endsWith(holder.name) && !content.includes(`${holder.name} `)))
        fault('names another');
      else met.named += 1;
    }
    met.changes += parcel.changes.length;
    const ratios = holders.flatMap(({ ratioPercent }) => ratioPercent ?? []);
    met.shares += ratios.length;
    const sum = ratios.reduce((all, one) => all + one, 0);
    if (ratios.length > 0 && (ratios.length !== holders.length || Math.abs(sum - 100) > 0.1)) fault('shares');
    for (const { personalId, birthDate, sex, address } of holders) {
      if (address?.districtCode !== undefined) {
        met.old += 1;
        if (certificate && certificate.issuedOn >= '2025-07-01') fault('a district after its time');
      }
      if (personalId === undefined) continue;
      const truth = country.truth(personalId);
      if (truth === undefined || birthDate === undefined || !truth.birthDate.startsWith(birthDate))
        fault('birth');
      if (truth?.sex !== (sex === 1 ? 'MALE' : 'FEMALE')) fault('sex');
    }
    if (certificate && JSON.stringify(certificate.holders.map(({ name }) => name)) === '[]') fault('nobody');
  }
  expect(wrong).toEqual([]);
  for (const count of Object.values(met)) expect(count).toBeGreaterThan(20);
});
