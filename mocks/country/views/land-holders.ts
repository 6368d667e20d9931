import { isoDate, YEAR, type Day } from '../calendar.ts';
import { formerAddress, TWO_LEVELS_FROM } from '../former-address.ts';
import {
  isPerson,
  type Business,
  type Holder,
  type Outsider,
  type Parcel,
  type Person,
} from '../model/block.ts';
import { TODAY } from '../model/draft.ts';
import { fullName } from '../model/persons/naming.ts';
import { hash } from '../random.ts';
import type { LandHolder, ParcelRecord } from '../records.ts';
import { outsiderReference } from './outsider-reference.ts';

/** The row of a holder, with the address of the time of issue; of most persons the register has the year of birth alone. */
function landHolder(
  { party, kind, role }: Holder,
  issuedOn: Day,
  ratioPercent: number | undefined,
): LandHolder {
  const share = ratioPercent === undefined ? {} : { ratioPercent };
  if (!isPerson(party)) {
    const address = writtenThen(party, issuedOn);
    return { name: party.name, kind, role, enterpriseCode: party.code, address, ...share };
  }
  const born = isoDate(party.birth);
  return {
    name: fullName(party.name),
    kind,
    role,
    personalId: party.id,
    birthDate: numberOfParty(party) % 8 === 0 ? born : born.slice(0, 4),
    sex: party.sex,
    address: writtenThen(party, issuedOn),
    ...share,
  };
}

function writtenThen(party: Person | Business, issuedOn: Day): NonNullable<LandHolder['address']> {
  const address = isPerson(party) ? party.residence : party.headOffice;
  return issuedOn < TWO_LEVELS_FROM ? formerAddress(address, numberOfParty(party)) : address;
}

function numberOfParty(party: Person | Business): number {
  const key = isPerson(party) ? party.id : party.code;
  return hash(Number(key.slice(0, 6)), Number(key.slice(6)), 0x1d);
}

/** Somebody who has no personal id holds a share beside the others. */
function outsideHolder(outsider: Outsider): LandHolder {
  const { fullName: name, documentNo } = outsiderReference(outsider);
  const role = 'Người sử dụng đất';
  return { name, kind: 'Đồng sử dụng', role, ...(documentNo === undefined ? {} : { documentNo }) };
}

/** All holders; a right is joint between spouses, with outsiders, and between half of the other sharers (modelled). */
export function landHolders(
  holders: readonly Holder[],
  outsiders: readonly Outsider[],
  issuedOn: Day = TODAY,
): LandHolder[] {
  const [first] = holders;
  const isShared =
    first !== undefined && first.kind === 'Đồng sử dụng' && numberOfParty(first.party) % 2 === 0;
  const ratio = holders.length === 1 ? 100 : Math.round(10_000 / holders.length) / 100;
  const isKnown = outsiders.length === 0 && (holders.length === 1 || isShared);
  return [
    ...holders.map((one) => landHolder(one, issuedOn, isKnown ? ratio : undefined)),
    ...outsiders.map(outsideHolder),
  ];
}

/** Modelled: of half the dead holders, and of one living holder in 24, a grown child uses the land and has not registered it. */
export function currentUserOf({ holders, outsiders }: Parcel): ParcelRecord['currentUser'] {
  const party = holders[0]?.party;
  if (party === undefined || !isPerson(party)) return undefined;
  const isDead = party.death !== undefined;
  if (numberOfParty(party) % (isDead ? 2 : 24) !== 0) return undefined;
  const user = party.children.find(
    (child) =>
      child.death === undefined &&
      TODAY - child.birth > 18 * YEAR &&
      !holders.some((holder) => holder.party === child),
  );
  const reasonOfChange = `${isDead ? 'Nhận thừa kế' : 'Nhận tặng cho'}, chưa đăng ký biến động`;
  if (user !== undefined) {
    const row = { party: user, kind: 'Cá nhân', role: 'Cá nhân' };
    return { party: landHolder(row, TODAY, undefined), reasonOfChange };
  }
  const [outsider] = outsiders;
  return outsider && { party: outsideHolder(outsider), reasonOfChange };
}
