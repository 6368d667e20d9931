import { readPersonalId } from '../wire/identifiers.ts';
import type { HouseholdRecord } from '../records/record.ts';
import type { Mapped, Shape } from '../wire/shape.ts';
import { readText } from '../wire/value-readers.ts';
import { leaf } from '../wire/read-xml.ts';
import type { XmlElement } from '../wire/read-xml.ts';

/** Maps a `HoGiaDinh` whose `SoHoSoCuTru` the caller has matched with the key; members in register order. */
export function mapHousehold(
  household: XmlElement,
  residenceFileNo: string,
  shape: Shape,
): Mapped<HouseholdRecord> {
  const members = household.children.filter((element) => element.name === 'ThanhVien');
  return Object.freeze({
    residenceFileNo,
    members: Object.freeze(
      members.map((member) =>
        member.children.length === 0
          ? shape.broken()
          : Object.freeze({
              relationToHead: shape.required(leaf(member, 'QuanHe'), readText),
              personalId: shape.required(leaf(member, 'SoDinhDanh'), readPersonalId),
            }),
      ),
    ),
  });
}
