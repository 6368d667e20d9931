import { TWO_LEVELS_FROM } from '../former-address.ts';
import { pointOfGeoHash } from '../identifiers/parcel-id.ts';
import type { Parcel } from '../model/block.ts';
import { hash } from '../random.ts';
import type { LandAsset, ParcelRecord } from '../records.ts';

/** A parcel's own number for what follows from its id. */
export function numberOfParcel({ id }: Parcel, salt: number): number {
  return hash(salt, ...Array.from(id, (letter) => letter.charCodeAt(0)));
}

/** Certificates of before 1 July 2025 may name sheet and parcel of an older map (modelled: one in three). */
export function numbersOnCertificate(
  parcel: Parcel,
): Pick<ParcelRecord, 'sheetNoOnCertificate' | 'parcelNoOnCertificate'> {
  const issuedOn = parcel.certificates[0]?.issuedOn;
  if (issuedOn === undefined) return {};
  const number = numberOfParcel(parcel, 1);
  const isOld = issuedOn < TWO_LEVELS_FROM && number % 3 === 0;
  return {
    sheetNoOnCertificate: String(isOld ? 1 + (parcel.sheetNo % 40) : parcel.sheetNo),
    parcelNoOnCertificate: isOld
      ? `${1 + ((number >>> 4) % 400)}-${1 + (number % 4)}`
      : String(parcel.parcelNo),
  };
}

/** Metres of a degree of latitude. */
const METRES = 111_320;

/** A rectangle of the parcel's area around its characteristic point; one parcel in five has not been drawn (modelled). */
export function geometryOf(parcel: Parcel): ParcelRecord['geometry'] {
  const number = numberOfParcel(parcel, 2);
  if (number % 5 === 0) return undefined;
  const { latitude, longitude } = pointOfGeoHash(parcel.id);
  const width = Math.sqrt(parcel.area / (1 + ((number >>> 4) % 4)));
  const north = parcel.area / width / METRES / 2;
  const east = width / (METRES * Math.cos((latitude * Math.PI) / 180)) / 2;
  const corner = (x: number, y: number): readonly [number, number] => [
    Number((longitude + x * east).toFixed(7)),
    Number((latitude + y * north).toFixed(7)),
  ];
  // Anticlockwise and closed (RFC 7946 section 3.1.6).
  return {
    type: 'Polygon',
    coordinates: [[corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1), corner(-1, -1)]],
  };
}

const TOWERS = ['Bình Minh', 'Sông Hồng', 'Hoa Sen', 'Thăng Long'];

/** Homes on most residential land, flats on some in towns, works on land of organisations (shares modelled). */
export function assetsOf(parcel: Parcel): LandAsset[] {
  const number = numberOfParcel(parcel, 3);
  const { area, holders } = parcel;
  const ownershipForm = holders.length > 1 ? 'Sở hữu chung' : 'Sở hữu riêng';
  if (holders[0]?.kind === 'Tổ chức') {
    if (number % 2 === 0) return [];
    const builtArea = round(area * 0.5);
    return [
      {
        kind: 'Nhà xưởng',
        builtArea,
        floorArea: builtArea,
        ownershipForm,
        term: parcel.uses[0]?.term ?? '',
        grade: 'Cấp III',
      },
    ];
  }
  const isUrban = parcel.uses.some(({ purposeCode }) => purposeCode === 'ODT');
  if (!isUrban && !parcel.uses.some(({ purposeCode }) => purposeCode === 'ONT')) return [];
  if (number % 10 < 3) return [];
  const term = 'Lâu dài';
  if (isUrban && number % 10 === 3) {
    const tower = TOWERS[(number >>> 4) % TOWERS.length] ?? '';
    const flatNo = `${String(2 + ((number >>> 6) % 28)).padStart(2, '0')}${String(1 + ((number >>> 12) % 12)).padStart(2, '0')}`;
    const floorArea = round(Math.min(area, 120));
    return [
      {
        kind: 'Căn hộ chung cư',
        project: `Khu đô thị ${tower}`,
        building: `Tòa ${'ABCD'[number % 4]}`,
        flatNo,
        floorArea,
        ownershipForm,
        term,
      },
    ];
  }
  const builtArea = round(Math.min(area * 0.7, 150));
  const floors = 1 + ((number >>> 4) % (isUrban ? 5 : 2));
  const grade = floors > 2 ? 'Cấp III' : 'Cấp IV';
  return [
    { kind: 'Nhà ở riêng lẻ', builtArea, floorArea: round(builtArea * floors), ownershipForm, term, grade },
  ];
}

function round(squareMetres: number): number {
  return Math.round(squareMetres * 10) / 10;
}
