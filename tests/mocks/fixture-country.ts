import type { CivilPerson, CivilStatusRecord } from '../../mocks/country/civil-status-records.ts';
import type { CountryRegisters } from '../../mocks/country/country.ts';
import type {
  Address,
  BusinessRecord,
  CertificateRecord,
  HouseholdRecord,
  ParcelRecord,
  PopulationRecord,
} from '../../mocks/country/records.ts';

/** Two families written by hand, with the characters and gaps that wire formats stumble over. */
export const BINH = '001190912345';
export const LAN = '001192954321';
export const CHILD = '001215900007';
export const YEAR_ONLY = '001055900016';
export const NOBODY = '001190999999';

const HOME: Address = {
  detail: 'Số 5 & 7 ngõ "Chợ" <cũ>',
  communeCode: '00070',
  communeName: 'Phường Hoàn Kiếm',
  provinceCode: '01',
  provinceName: 'Thành phố Hà Nội',
};

const OLD_HOME: Address = {
  detail: 'Số 1',
  communeCode: '00004',
  communeName: 'Phường Trúc Bạch',
  districtCode: '001',
  provinceCode: '01',
  provinceName: 'Thành phố Hà Nội',
};

const binh: PopulationRecord = {
  personalId: BINH,
  surname: 'Nguyễn',
  middle: 'Văn',
  given: 'Bình',
  birthDate: '1990-02-28',
  sex: 1,
  ethnicCode: '01',
  religionCode: '00',
  maritalCode: 2,
  bloodTypeCode: '04',
  nationalities: ['VN'],
  otherNames: ['Bình "Cu"'],
  oldIdNumbers: ['012345678'],
  idCards: [{ number: BINH, issuedOn: '2021-05-12', issuedBy: 'Bộ Công an', expiresOn: '2030-02-28' }],
  placeOfBirth: HOME,
  birthRegistrationPlace: HOME,
  ancestralHome: HOME,
  permanentResidence: HOME,
  permanentTerm: { startedOn: '2015-03-01' },
  currentResidence: HOME,
  currentTerm: { startedOn: '2015-03-01' },
  children: [{ personalId: CHILD, fullName: 'Nguyễn Văn An', nationalities: ['VN'] }],
  represented: [],
  father: { fullName: 'Nguyễn Văn "Cả" & con' },
  mother: { personalId: YEAR_ONLY, fullName: 'Trần Thị Đào' },
  spouse: { personalId: LAN, fullName: 'Lê Thị Lan' },
  residenceFileNo: 'HK-01-000001',
  head: { relation: 'Chủ hộ', personalId: BINH, fullName: 'Nguyễn Văn Bình' },
  isProtected: true,
  asOf: '2026-11-20',
};

/** Ids that end in a multiple of eight have the whole name in `Ten`. */
const yearOnly: PopulationRecord = {
  personalId: YEAR_ONLY,
  surname: 'Trần',
  middle: 'Thị',
  given: 'Đào',
  birthDate: '1955',
  sex: 2,
  ethnicCode: '01',
  religionCode: '01',
  maritalCode: 3,
  bloodTypeCode: '00',
  nationalities: ['VN'],
  otherNames: [],
  oldIdNumbers: [],
  idCards: [],
  placeOfBirth: HOME,
  birthRegistrationPlace: HOME,
  ancestralHome: HOME,
  permanentResidence: HOME,
  permanentTerm: { startedOn: '1990-01-01', deletedOn: '2020-03-09', deletionReason: 'Chết' },
  currentResidence: HOME,
  currentTerm: { startedOn: '1990-01-01' },
  children: [],
  represented: [],
  deathDate: '2020-03-01',
  isProtected: false,
  asOf: '2026-11-18',
};

const child: PopulationRecord = {
  ...binh,
  personalId: CHILD,
  given: 'An',
  birthDate: '2015-06',
  children: [],
};

export const household: HouseholdRecord = {
  residenceFileNo: 'HK-01-000001',
  address: HOME,
  members: [
    { personalId: BINH, fullName: 'Nguyễn Văn Bình', relationToHead: 'Chủ hộ' },
    { personalId: LAN, fullName: 'Lê Thị Lan', relationToHead: 'Vợ' },
  ],
  asOf: '2026-11-19',
};

const husband: CivilPerson = {
  personalId: BINH,
  fullName: 'Nguyễn Văn Bình',
  birthDate: '1990-02-28',
  ethnicCode: '01',
};
const wife: CivilPerson = { personalId: LAN, fullName: 'Lê Thị Lan', birthDate: '1992', ethnicCode: '01' };
const entry = { bookNo: '01/2015', pageNo: '12', registrationKind: 1, office: HOME } as const;

export const events: CivilStatusRecord = {
  personalId: BINH,
  birth: {
    ...entry,
    entryNo: '120',
    registeredOn: '1990-03-05',
    child: { ...husband, sex: 1 },
    place: HOME,
    ancestralHome: HOME,
    mother: { fullName: 'Trần Thị Đào', personalId: YEAR_ONLY, birthDate: '1955', ethnicCode: '01' },
  },
  marriages: [
    { ...entry, entryNo: '7', registeredOn: '2012-01-02', husband, wife, state: 2 },
    { ...entry, entryNo: '9', registeredOn: '2015-01-02', husband, wife, state: 1 },
  ],
  divorces: [],
  changes: [],
  guardianships: [],
  recognitions: [],
  adoptions: [],
  death: {
    ...entry,
    entryNo: '3',
    registeredOn: '2026-01-03',
    deceased: husband,
    date: '2026-01-01',
    place: 'Bệnh viện <A> & "B"',
    cause: 'Bệnh',
  },
  asOf: '2026-11-20',
};

export const enterprise: BusinessRecord = {
  code: '0101234567',
  isHouseholdBusiness: false,
  legacyCode: '8012345678',
  legalFormCode: 'TNHH',
  legalFormName: 'Công ty trách nhiệm hữu hạn hai thành viên trở lên',
  name: 'CÔNG TY TNHH "BÌNH & LAN"',
  foreignName: 'BINH & LAN CO., LTD',
  foundedOn: '2016-04-05',
  lastAmendedOn: '2024-12-31',
  amendmentNo: 3,
  statusCode: 2,
  capital: 5_000_000_000,
  headOffice: HOME,
  activities: [{ code: '4711', name: 'Bán lẻ', isMain: true }],
  members: [
    {
      name: 'Nguyễn Văn Bình',
      personalId: BINH,
      amount: 3_000_000_000,
      ratioPercent: 60,
      contributedOn: '2016-05-06',
    },
    { name: 'Công ty mẹ', enterpriseCode: '0309876543', amount: 2_000_000_000, ratioPercent: 40 },
  ],
  representatives: [{ fullName: 'Nguyễn Văn Bình', personalId: BINH, title: 'Giám đốc' }],
  contact: { phone: '0901234567' },
  units: [{ code: '0101234567-001', kind: 1, name: 'Chi nhánh "Chợ"', address: OLD_HOME }],
  beneficialOwners: [
    { fullName: 'Nguyễn Văn Bình', personalId: BINH, ratioPercent: 60, basis: 'Sở hữu vốn điều lệ' },
    { fullName: 'John Smith', documentNo: 'N1234567', basis: 'Quyền chi phối' },
  ],
  householdMembers: [{ fullName: 'Lê Thị Lan', personalId: LAN }],
  taxStatusCode: '05',
  taxOffice: 'Thuế Thành phố Hà Nội',
  asOf: '2026-11-17',
};

export const parcel: ParcelRecord = {
  parcelId: 'w7epxsheyytd',
  communeCode: '00070',
  sheetNo: 12,
  parcelNo: 34,
  area: 120.5,
  legalArea: 120,
  address: HOME,
  uses: [{ purposeCode: 'ODT', area: 100.5, originCode: 'CNQ-CTT', form: 'Sử dụng riêng', term: 'Lâu dài' }],
  holders: [
    {
      name: 'Nguyễn Văn Bình',
      kind: 'Vợ chồng',
      role: 'Chồng',
      personalId: BINH,
      birthDate: '1990',
      sex: 1,
      address: OLD_HOME,
    },
    {
      name: 'Công ty',
      kind: 'Tổ chức',
      role: 'Người đại diện',
      enterpriseCode: '0101234567',
      ratioPercent: 40,
    },
  ],
  certificateSerials: ['AA 00000001'],
  sheetNoOnCertificate: '7',
  parcelNoOnCertificate: '34-1',
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [105.8, 21],
        [105.81, 21],
        [105.81, 21.01],
        [105.8, 21],
      ],
    ],
  },
  currentUser: {
    party: { name: 'Lê Thị Lan', kind: 'Cá nhân', role: 'Cá nhân', personalId: LAN },
    reasonOfChange: 'Nhận tặng cho, chưa đăng ký biến động',
  },
  assets: [{ kind: 'Nhà ở riêng lẻ', builtArea: 60, ownershipForm: 'Sở hữu chung', term: 'Lâu dài' }],
  mortgages: [
    {
      registeredOn: '2025-03-04',
      contractNo: '12/2025/HĐTC',
      mortgagee: { name: 'Công ty', enterpriseCode: '0101234567' },
    },
  ],
  restrictions: [
    {
      kind: 'Kê biên',
      content: 'Kê biên đối với Nguyễn Văn Bình',
      personalId: BINH,
      registeredOn: '2025-04-05',
      releasedOn: '2025-05-06',
    },
  ],
  changes: [{ registeredOn: '2025-02-03', kind: '8', content: 'Nhận chuyển nhượng' }],
  asOf: '2026-11-16',
};

export const certificate: CertificateRecord = {
  serial: 'AA 00000001',
  barcode: '000000000001',
  registerNo: 'CH00001',
  issuedOn: '2025-02-03',
  template: '98',
  communeCode: '00070',
  status: 'DA_THU_HOI',
  holderForm: 'Vợ chồng',
  scanFile: 'gcn/00070/AA00000001.pdf',
  holders: parcel.holders,
  parcelIds: ['w7epxsheyytd'],
  asOf: '2026-11-15',
};

const persons = new Map(
  [binh, yearOnly, child, { ...binh, personalId: LAN, given: 'Lan' }].map((one) => [one.personalId, one]),
);

export const fixtureCountry: CountryRegisters = {
  person: (id) => persons.get(id),
  household: (fileNo) => (fileNo === household.residenceFileNo ? household : undefined),
  civilStatus: (id) => {
    if (id === BINH) return events;
    if (!persons.has(id)) return undefined;
    const { birth: _birth, death: _death, ...none } = events;
    return { ...none, personalId: id, marriages: [] };
  },
  business: (code) => (code === enterprise.code ? enterprise : undefined),
  businessesOf: (id) => (id === BINH ? [enterprise.code] : []),
  parcel: (id) => (id === parcel.parcelId ? parcel : undefined),
  certificate: (serial) => (serial === certificate.serial ? certificate : undefined),
  parcelsOf: (holder) => (holder === BINH ? [parcel.parcelId] : []),
  certificatesOf: (holder) => (holder === BINH ? [certificate.serial] : []),
};
