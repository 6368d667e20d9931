import { isoDate, yearOf, YEAR, type Day } from '../calendar.ts';
import { isPerson, type Business, type Circle, type Parcel, type Person } from '../model/block.ts';
import { TODAY } from '../model/draft.ts';
import { fullName } from '../model/persons/naming.ts';
import type { LandChange, LandMortgage, LandParty, LandRestriction } from '../records.ts';
import { numberOfParcel } from './parcel-particulars.ts';

/** Banks that the business register of the country does not have: named, without a code (modelled). */
const BANKS = [
  'Ngân hàng TMCP Sông Hồng',
  'Ngân hàng TMCP Đồng Bằng',
  'Ngân hàng Nông nghiệp Trường Sơn',
  'Quỹ tín dụng nhân dân Bình Minh',
];

function keyOf(party: Person | Business): LandParty {
  return isPerson(party) ? { personalId: party.id } : { enterpriseCode: party.code };
}

function nameOf(party: Person | Business): string {
  return isPerson(party) ? fullName(party.name) : party.name;
}

/** A day between two others, the first included. */
function dayBetween(from: Day, to: Day, choice: number): Day {
  return from < to ? from + (choice % (to - from)) : from;
}

/** Some are released again, on a later day. */
function releaseAfter(day: Day, choice: number): { readonly releasedOn?: string } {
  if (choice % 3 !== 0 || day >= TODAY - 1) return {};
  return { releasedOn: isoDate(dayBetween(day + 1, TODAY, choice >>> 3)) };
}

/** Chooses the mortgagee: a company of the neighbourhood, a bank known by name alone, now and then a neighbour. */
function lender({ blocks }: Circle, parcel: Parcel, day: Day, choice: number): LandMortgage['mortgagee'] {
  const isHolder = (party: Person | Business): boolean =>
    parcel.holders.some((holder) => holder.party === party);
  const among: readonly (Person | Business)[] =
    choice % 10 === 9
      ? blocks
          .flatMap(({ persons }) => persons)
          .filter((one) => !isHolder(one) && day - one.birth > 25 * YEAR && (one.death?.day ?? TODAY) > day)
      : choice % 10 < 6
        ? blocks
            .flatMap(({ businesses }) => businesses)
            .filter((one) => !one.isHouseholdBusiness && one.foundedOn < day && !isHolder(one))
        : [];
  const party = among[(choice >>> 4) % Math.max(1, among.length)];
  if (party === undefined) return { name: BANKS[choice % BANKS.length] ?? '' };
  return { name: nameOf(party), ...keyOf(party) };
}

/** Modelled: one certified parcel in six is or was mortgaged. */
export function mortgagesOf(circle: Circle, parcel: Parcel): LandMortgage[] {
  const issuedOn = parcel.certificates[0]?.issuedOn;
  const choice = numberOfParcel(parcel, 10);
  if (issuedOn === undefined || choice % 6 !== 0) return [];
  const day = dayBetween(issuedOn, TODAY - 10, choice >>> 4);
  return [
    {
      registeredOn: isoDate(day),
      contractNo: `${1 + (choice % 9_000)}/${yearOf(day)}/HĐTC`,
      mortgagee: lender(circle, parcel, day, numberOfParcel(parcel, 11)),
      ...releaseAfter(day, numberOfParcel(parcel, 12)),
    },
  ];
}

/** Modelled: one parcel in ten lies in a plan or a corridor, or is seized for a debt of a holder, who is named. */
export function restrictionsOf(parcel: Parcel): LandRestriction[] {
  const choice = numberOfParcel(parcel, 20);
  const holder = parcel.holders[0]?.party;
  if (choice % 10 !== 0 || holder === undefined) return [];
  const day = dayBetween(
    parcel.certificates[0]?.issuedOn ?? Math.floor(TODAY - 3 * YEAR),
    TODAY - 10,
    choice >>> 5,
  );
  const number = 1 + ((choice >>> 8) % 4_000);
  const entry = { registeredOn: isoDate(day), ...releaseAfter(day, numberOfParcel(parcel, 21)) };
  switch ((choice >>> 4) % 3) {
    case 0:
      return [
        {
          ...entry,
          ...keyOf(holder),
          kind: 'Kê biên',
          content: `Kê biên để thi hành án đối với ${nameOf(holder)} theo Quyết định số ${number}/QĐ-CCTHADS`,
        },
      ];
    case 1:
      return [
        {
          ...entry,
          kind: 'Quy hoạch',
          content: `Thuộc quy hoạch sử dụng đất theo Quyết định số ${number}/QĐ-UBND`,
        },
      ];
    default:
      return [
        { ...entry, kind: 'Hành lang an toàn', content: 'Nằm trong hành lang bảo vệ an toàn công trình' },
      ];
  }
}

/** Codes of the cadastral tables, with their words. */
const CHANGES = [
  ['8', 'Nhận chuyển nhượng'],
  ['9', 'Nhận thừa kế'],
  ['10', 'Nhận tặng cho'],
] as const;

/** Modelled: half of the certificates were issued on a change, whose text names the first of those who received the land. */
export function changesOf(parcel: Parcel): LandChange[] {
  const holder = parcel.holders[0]?.party;
  const choice = numberOfParcel(parcel, 30);
  if (choice % 2 === 0 || holder === undefined) return [];
  const [kind, word] = isPerson(holder)
    ? (CHANGES[(choice >>> 1) % CHANGES.length] ?? CHANGES[0])
    : CHANGES[0];
  return parcel.certificates.map(({ issuedOn }) => ({
    ...keyOf(holder),
    registeredOn: isoDate(issuedOn),
    kind,
    content: `${word} quyền sử dụng đất, bên nhận: ${nameOf(holder)}`,
  }));
}
