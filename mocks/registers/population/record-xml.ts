import type {
  Absence,
  Address,
  HouseholdRecord,
  IdentityCard,
  PersonReference,
  PopulationRecord,
  ResidenceTerm,
} from '../../country/records.ts';
import { element, escapeXml } from '../xml.ts';
import { hasShape, isOneIn, leftOutElement } from '../wire-shapes.ts';
import { printedAddress } from '../addresses.ts';

/** Writes `CongDan` (REGISTERS.md, Population), in the shapes of WIRE.md. */
export function citizenXml(person: PopulationRecord): string {
  const id = person.personalId;
  const leftOut = leftOutElement(id);
  const optional = (name: string, text: string | undefined): string => element(name, text) || leftOut(name);
  const relative = (name: string, one: PersonReference | undefined): string =>
    one === undefined ? leftOut(name) : `<${name}>${referenceXml(one)}</${name}>`;
  return (
    `<CongDan><SoDinhDanh>${id}</SoDinhDanh>${nameXml(person)}` +
    `<GioiTinh>${person.sex}</GioiTinh>${ethnicXml(person)}<TonGiao>${person.religionCode}</TonGiao>` +
    `<TinhTrangHonNhan>${person.maritalCode}</TinhTrangHonNhan><NhomMau>${person.bloodTypeCode}</NhomMau>` +
    `<NgayThangNamSinh>${birthXml(person)}</NgayThangNamSinh>` +
    person.otherNames.map((name) => element('TenGoiKhac', name)).join('') +
    person.oldIdNumbers.map((number) => element('SoCMND', number)).join('') +
    person.idCards.map(cardXml).join('') +
    addressXml('NoiSinh', person.placeOfBirth) +
    addressXml('NoiDangKyKhaiSinh', person.birthRegistrationPlace) +
    addressXml('QueQuan', person.ancestralHome) +
    addressXml('ThuongTru', person.permanentResidence, person.permanentTerm, id) +
    (person.temporaryResidence === undefined
      ? leftOut('TamTru')
      : addressXml('TamTru', person.temporaryResidence, person.temporaryTerm)) +
    addressXml('NoiOHienTai', person.currentResidence, person.currentTerm) +
    (person.absence === undefined ? leftOut('TamVang') : absenceXml(person.absence)) +
    person.nationalities.map((country) => element('QuocTich', country)).join('') +
    relative('Cha', person.father) +
    relative('Me', person.mother) +
    relative('VoChong', person.spouse) +
    relative('NguoiDaiDien', person.guardian) +
    person.children.map((child) => relative('Con', child)).join('') +
    person.represented.map((one) => relative('NguoiDuocDaiDien', one)).join('') +
    (person.head === undefined
      ? leftOut('ChuHo')
      : `<ChuHo>${element('QuanHe', person.head.relation)}${referenceXml(person.head)}</ChuHo>`) +
    optional('SoSoHoKhau', person.residenceFileNo) +
    optional('NgayChet', compact(person.deathDate)) +
    optional('NgayMatTich', compact(person.missingSince)) +
    optional('SoDienThoai', person.mobile) +
    optional('ThuDienTu', person.email) +
    optional('NgheNghiep', person.occupation) +
    optional('CheDoBaoVe', person.isProtected ? protectionCode(id) : undefined) +
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

/** A date that is known in part may be filled with zeros. */
function birthXml({ personalId, birthDate }: PopulationRecord): string {
  const [year = '', month, day] = birthDate.split('-');
  if (day === undefined && isOneIn(2, personalId, ZEROS_SALT)) {
    return `<NgayThangNam>${year}${month ?? '00'}00</NgayThangNam>`;
  }
  if (month === undefined) return `<Nam>${year}</Nam>`;
  if (day === undefined) return `<Nam>${year}</Nam><Thang>${month}</Thang>`;
  return `<NgayThangNam>${year}${month}${day}</NgayThangNam>`;
}

/** An address of today's two levels may keep an empty district, or hold the code of its commune alone. */
function addressXml(name: string, address: Address, term?: ResidenceTerm, id = ''): string {
  const isTwoLevels = address.districtCode === undefined && address.communeCode !== '' && id !== '';
  const units =
    isTwoLevels && hasShape(id, 'unit-alone')
      ? element('MaDonViHanhChinh', address.communeCode)
      : element('MaTinhThanh', address.provinceCode) +
        (isTwoLevels && hasShape(id, 'empty-district')
          ? '<MaQuanHuyen/>'
          : element('MaQuanHuyen', address.districtCode)) +
        element('MaPhuongXa', address.communeCode);
  return (
    `<${name}>${units}` +
    `<ChiTiet>${escapeXml(printedAddress(address))}</ChiTiet><QuocGia>VN</QuocGia>${termXml(term)}</${name}>`
  );
}

function termXml(term: ResidenceTerm | undefined): string {
  if (term === undefined) return '';
  return (
    element('TuNgay', compact(term.startedOn)) +
    element('DenNgay', compact(term.expiresOn)) +
    element('NgayXoa', compact(term.deletedOn)) +
    element('LyDoXoa', term.deletionReason)
  );
}

function cardXml({ number, issuedOn, issuedBy, expiresOn }: IdentityCard): string {
  return (
    `<TheCanCuoc>${element('SoThe', number)}${element('NgayCap', compact(issuedOn))}` +
    `${element('NoiCap', issuedBy)}${element('NgayHetHan', compact(expiresOn))}</TheCanCuoc>`
  );
}

function absenceXml({ status, startedOn, endedOn, destination }: Absence): string {
  return (
    `<TamVang>${element('TrangThai', status)}${element('TuNgay', compact(startedOn))}` +
    `${element('DenNgay', compact(endedOn))}${element('NoiDen', destination)}</TamVang>`
  );
}

/** `yyyy-mm-dd` to `yyyyMMdd`; a month or a year likewise. */
function compact(date: string | undefined): string | undefined {
  return date?.replaceAll('-', '');
}

/** The ethnic group's code, or the code beside another name of the group. */
function ethnicXml({ personalId, ethnicCode }: PopulationRecord): string {
  const code = hasShape(personalId, 'coded-element')
    ? `<MaDanToc>${ethnicCode}</MaDanToc><TenGoiKhac>Khác</TenGoiKhac>`
    : ethnicCode;
  return `<DanToc>${code}</DanToc>`;
}

/** Modelled: one protected person in four is under a protection whose code this release of the gateway does not know. */
function protectionCode(personalId: string): string {
  return isOneIn(4, personalId, PROTECTION_SALT) ? '9' : '1';
}

const ZEROS_SALT = 48;
const PROTECTION_SALT = 42;

/** Somebody without a personal id may stand with the number of an identity card or passport in its place. */
function referenceXml({
  personalId,
  documentNo,
  fullName,
  oldIdNumber,
  nationalities = [],
}: PersonReference): string {
  const number = element('SoDinhDanh', personalId ?? documentNo) || leftOutElement(fullName)('SoDinhDanh');
  return (
    number +
    element('SoCMND', oldIdNumber) +
    element('HoVaTen', fullName) +
    nationalities.map((country) => element('QuocTich', country)).join('')
  );
}
