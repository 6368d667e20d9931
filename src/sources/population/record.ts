import { readResidenceFileNo, readOldIdNumber } from '../wire/identifiers.ts';
import { BROKEN, type Broken, type Checked } from '../records/record.ts';
import type { Shape } from '../wire/shape.ts';
import { readNationality, readText } from '../wire/value-readers.ts';
import { child, leaf, leaves, MISPLACED, type XmlElement } from '../wire/read-xml.ts';
import { readBloodType, readEthnicity, readMaritalStatus, readReligion } from './code-names.ts';
import { mapAddress, mapResidence, mapResidenceUnit } from './map-address.ts';
import { mapDate } from './map-date.ts';
import { mapName } from './map-name.ts';
import { mapNamedPerson } from './map-named-person.ts';
import { mapRelationToHead, mapRelativeId, mapRelatives } from './map-relatives.ts';

/** `population.person`, by personal id. Its shape is what the mapping below gives. */
export type PersonRecord = ReturnType<typeof mapPerson>;

/** `population.household`, by residence file number. */
export type HouseholdRecord = ReturnType<typeof mapHousehold>;

/** Maps a `CongDan` whose `SoDinhDanh` the caller has matched with the key; `asOf` is the date of the answer's data. */
export function mapPerson(citizen: XmlElement, personalId: string, shape: Shape, asOf: string | null) {
  return Object.freeze({
    personalId,
    name: mapName(citizen, shape),
    otherNames: shape.list(leaves(citizen, 'TenGoiKhac'), (raw) => shape.required(raw, readText)),
    birthDate: mapDate(citizen, 'NgayThangNamSinh', shape) ?? shape.broken(),
    sex: shape.required(leaf(citizen, 'GioiTinh'), readSex),
    placeOfBirth: mapAddress(citizen, 'NoiSinh', shape, asOf),
    birthRegistrationPlace: mapAddress(citizen, 'NoiDangKyKhaiSinh', shape, asOf),
    ancestralHome: mapAddress(citizen, 'QueQuan', shape, asOf),
    nationalities: shape.list(leaves(citizen, 'QuocTich'), (raw) => readNationality(raw) ?? shape.broken()),
    ethnicity: shape.optional(coded(citizen, 'DanToc', 'MaDanToc'), readEthnicity),
    religion: shape.optional(coded(citizen, 'TonGiao', 'MaTonGiao'), readReligion),
    bloodType: mapBloodType(citizen, shape),
    oldIdNumbers: shape.list(leaves(citizen, 'SoCMND'), (raw) => shape.required(raw, readOldIdNumber)),
    idCards: mapIdCards(citizen, shape),
    relatives: mapRelatives(citizen, shape),
    permanentResidence: mapResidence(citizen, 'ThuongTru', shape, asOf),
    temporaryResidence: mapResidence(citizen, 'TamTru', shape, asOf),
    currentResidence: mapResidence(citizen, 'NoiOHienTai', shape, asOf),
    absenceDeclaration: mapAbsence(citizen, shape),
    residenceFileNo: shape.optional(leaf(citizen, 'SoSoHoKhau'), readResidenceFileNo),
    maritalStatus: shape.optional(leaf(citizen, 'TinhTrangHonNhan'), readMaritalStatus),
    relationToHead: mapRelationToHead(citizen, shape),
    deathDate: mapDate(citizen, 'NgayChet', shape),
    missingSince: mapDate(citizen, 'NgayMatTich', shape),
    contact: mapContact(citizen, shape),
    occupation: shape.optional(leaf(citizen, 'NgheNghiep'), readText),
    // Row rules decide on the rest (person-facts.ts); no field of the schema leads there.
    isProtected: mapProtection(citizen, shape),
    fatherId: mapRelativeId(citizen, 'Cha', shape),
    motherId: mapRelativeId(citizen, 'Me', shape),
    spouseId: mapRelativeId(citizen, 'VoChong', shape),
    guardianId: mapRelativeId(citizen, 'NguoiDaiDien', shape),
    residenceUnit: mapResidenceUnit(citizen, shape, asOf),
  });
}

/** Maps a `HoGiaDinh` whose `SoHoSoCuTru` the caller has matched with the key; members in register order. */
export function mapHousehold(household: XmlElement, residenceFileNo: string, shape: Shape) {
  const members = household.children
    .filter((element) => element.name === 'ThanhVien')
    .map((member) => mapMember(member, shape));
  return Object.freeze({ residenceFileNo, headId: headOf(members), members: Object.freeze(members) });
}

function mapMember(member: XmlElement, shape: Shape) {
  if (member.children.length === 0) return shape.broken();
  return Object.freeze({
    ...mapNamedPerson(member, shape),
    relationToHead: shape.required(leaf(member, 'QuanHe'), readText),
  });
}

/** The head is the member whose relation to the head is `Chủ hộ`; a member who cannot be read might be the head. */
function headOf(members: readonly ReturnType<typeof mapMember>[]): Checked<string | null> {
  let unreadable: Broken | null = null;
  for (const member of members) {
    if (member === BROKEN || member.relationToHead === BROKEN) unreadable = BROKEN;
    else if (member.relationToHead.normalize('NFC').toLowerCase() === 'chủ hộ') return member.personalId;
  }
  return unreadable;
}

/** A code that stands alone (`DanToc`), or beside other names of what it means (`DanToc{MaDanToc TenGoiKhac}`). */
function coded(citizen: XmlElement, name: string, codeName: string): ReturnType<typeof leaf> {
  const element = child(citizen, name);
  if (element === undefined || element === MISPLACED) return element;
  return element.children.length === 0 ? element.text : leaf(element, codeName);
}

/** The schema's UNDETERMINED is for civil status alone; this register knows two codes. */
function readSex(raw: unknown): 'MALE' | 'FEMALE' | undefined {
  if (raw === '1') return 'MALE';
  return raw === '2' ? 'FEMALE' : undefined;
}

function mapBloodType(citizen: XmlElement, shape: Shape) {
  const code = leaf(citizen, 'NhomMau');
  if (code === undefined) return null;
  const bloodType = readBloodType(code);
  return bloodType === undefined ? shape.broken() : bloodType;
}

/** Cards of today and of before, in register order; no date of expiry means that the card does not expire. */
function mapIdCards(citizen: XmlElement, shape: Shape) {
  const cards = citizen.children.filter(
    ({ name, children, text }) => name === 'TheCanCuoc' && (children.length > 0 || text !== ''),
  );
  return Object.freeze(
    cards.map((card) =>
      card.children.length === 0
        ? shape.broken()
        : Object.freeze({
            number: shape.required(leaf(card, 'SoThe'), readText),
            issuedOn: mapDate(card, 'NgayCap', shape),
            issuedBy: shape.optional(leaf(card, 'NoiCap'), readText),
            expiresOn: mapDate(card, 'NgayHetHan', shape),
          }),
    ),
  );
}

function mapAbsence(citizen: XmlElement, shape: Shape) {
  const absence = child(citizen, 'TamVang');
  if (absence === undefined) return null;
  if (absence === MISPLACED || absence.children.length === 0) return shape.broken();
  return Object.freeze({
    status: shape.optional(leaf(absence, 'TrangThai'), readText),
    startedOn: mapDate(absence, 'TuNgay', shape),
    endedOn: mapDate(absence, 'DenNgay', shape),
    destination: shape.optional(leaf(absence, 'NoiDen'), readText),
  });
}

function mapContact(citizen: XmlElement, shape: Shape) {
  const mobile = leaf(citizen, 'SoDienThoai');
  const email = leaf(citizen, 'ThuDienTu');
  if (mobile === undefined && email === undefined) return null;
  return Object.freeze({
    mobile: shape.optional(mobile, readText),
    email: shape.optional(email, readText),
  });
}

/** Any other code than the one known is broken: a protection that cannot be read must not pass for none. */
function mapProtection(citizen: XmlElement, shape: Shape): Checked<boolean> {
  const code = leaf(citizen, 'CheDoBaoVe');
  if (code === undefined) return false;
  if (code === '1') return true;
  shape.hasUnknownProtection = true;
  return shape.broken();
}
