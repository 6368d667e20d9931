import type { Address, HouseholdRecord, PersonReference, PopulationRecord } from '../../country/records.ts';
import { element, escapeXml } from '../xml.ts';
import { printedAddress } from '../addresses.ts';

/** Writes `CongDan` (REGISTERS.md, Population); absent optional elements are left out. */
export function citizenXml(person: PopulationRecord): string {
  return (
    `<CongDan><SoDinhDanh>${person.personalId}</SoDinhDanh>${nameXml(person)}` +
    `<GioiTinh>${person.sex}</GioiTinh><DanToc>${person.ethnicCode}</DanToc><TonGiao>${person.religionCode}</TonGiao>` +
    `<TinhTrangHonNhan>${person.maritalCode}</TinhTrangHonNhan><NhomMau>${person.bloodTypeCode}</NhomMau>` +
    `<NgayThangNamSinh>${birthXml(person.birthDate)}</NgayThangNamSinh>` +
    addressXml('NoiDangKyKhaiSinh', person.birthRegistrationPlace) +
    addressXml('QueQuan', person.ancestralHome) +
    addressXml('ThuongTru', person.permanentResidence) +
    addressXml('NoiOHienTai', person.currentResidence) +
    person.nationalities.map((country) => element('QuocTich', country)).join('') +
    relativeXml('Cha', person.father) +
    relativeXml('Me', person.mother) +
    relativeXml('VoChong', person.spouse) +
    (person.head === undefined
      ? ''
      : `<ChuHo>${element('QuanHe', person.head.relation)}${referenceXml(person.head)}</ChuHo>`) +
    element('SoSoHoKhau', person.residenceFileNo) +
    element('NgayChet', person.deathDate?.replaceAll('-', '')) +
    (person.isProtected ? '<CheDoBaoVe>1</CheDoBaoVe>' : '') +
    '</CongDan>'
  );
}

export function householdXml(household: HouseholdRecord): string {
  const members = household.members.map(
    (member) => `<ThanhVien>${referenceXml(member)}${element('QuanHe', member.relationToHead)}</ThanhVien>`,
  );
  return `<HoGiaDinh>${element('SoHoSoCuTru', household.residenceFileNo)}${members.join('')}</HoGiaDinh>`;
}

export function fullNameOf({ surname, middle, given }: PopulationRecord): string {
  return [surname, middle, given].filter((part) => part !== '').join(' ');
}

/**
 * A known trap of the real register: the whole name in `Ten`, in upper case. Modelled: every eighth person, by the
 * last three digits of the id, so that it stays the same person's in every run.
 */
function nameXml(person: PopulationRecord): string {
  const isWhole = Number(person.personalId.slice(-3)) % 8 === 0;
  return isWhole
    ? `<HoVaTen>${element('Ten', fullNameOf(person).toUpperCase())}</HoVaTen>`
    : `<HoVaTen>${element('Ho', person.surname)}${element('ChuDem', person.middle)}${element('Ten', person.given)}</HoVaTen>`;
}

function birthXml(birthDate: string): string {
  const [year = '', month, day] = birthDate.split('-');
  if (month === undefined) return `<Nam>${year}</Nam>`;
  if (day === undefined) return `<Nam>${year}</Nam><Thang>${month}</Thang>`;
  return `<NgayThangNam>${year}${month}${day}</NgayThangNam>`;
}

function addressXml(name: string, address: Address): string {
  return (
    `<${name}>${element('MaTinhThanh', address.provinceCode)}${element('MaQuanHuyen', address.districtCode)}` +
    `${element('MaPhuongXa', address.communeCode)}` +
    `<ChiTiet>${escapeXml(printedAddress(address))}</ChiTiet><QuocGia>VN</QuocGia></${name}>`
  );
}

function relativeXml(name: string, relative: PersonReference | undefined): string {
  return relative === undefined ? '' : `<${name}>${referenceXml(relative)}</${name}>`;
}

function referenceXml({ personalId, fullName }: PersonReference): string {
  return element('SoDinhDanh', personalId) + element('HoVaTen', fullName);
}
