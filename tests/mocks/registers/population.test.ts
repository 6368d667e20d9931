import { describe, expect, test } from 'vitest';

import { buildPopulation } from '../../../mocks/registers/population/population.ts';
import { BINH, CHILD, fixtureCountry, household, LAN, NOBODY, YEAR_ONLY } from '../fixture-country.ts';
import {
  parseXml,
  populationBatch,
  populationCall,
  populationHeaders,
  REQUEST_ID,
  soap,
} from '../register-calls.ts';

const ADDRESS = {
  MaTinhThanh: '01',
  MaPhuongXa: '00070',
  ChiTiet: 'Số 5 & 7 ngõ "Chợ" <cũ>, Phường Hoàn Kiếm, Thành phố Hà Nội',
  QuocGia: 'VN',
};

function single(operation: string, id: string, name: string, birth: string, officer = 'officer.an'): string {
  return soap(
    operation,
    `<dc:MaYeuCau>u</dc:MaYeuCau><dc:MaDVC>G15-TP110</dc:MaDVC><dc:MaTichHop>037</dc:MaTichHop><dc:MaDonVi>c</dc:MaDonVi>` +
      `<dc:TaiKhoan>${officer}</dc:TaiKhoan><dc:SoDinhDanh>${id}</dc:SoDinhDanh><dc:HoVaTen>${name}</dc:HoVaTen>` +
      `<dc:NgayThangNamSinh>${birth}</dc:NgayThangNamSinh>`,
  );
}

describe('batch', () => {
  test('a citizen, a household and an unknown id, as an independent XML reader sees them', async () => {
    const register = buildPopulation(fixtureCountry);
    const answer = await register.handle(
      populationBatch([
        { kind: 'CONG_DAN', key: BINH },
        { kind: 'HO_GIA_DINH', key: household.residenceFileNo },
        { kind: 'CONG_DAN', key: NOBODY },
      ]),
    );
    expect(answer.status).toBe(200);
    expect(parseXml(answer.body)).toMatchObject({
      Envelope: {
        Body: {
          TraCuuTheoLoResponse: {
            MaYeuCau: REQUEST_ID,
            CongdanCollection: {
              '@SoCongDan': '1',
              '@ThoiDiemDuLieu': '2026-11-19',
              Dong: [
                {
                  Loai: 'CONG_DAN',
                  Khoa: BINH,
                  TimThay: 'true',
                  CongDan: {
                    SoDinhDanh: BINH,
                    HoVaTen: { Ho: 'Nguyễn', ChuDem: 'Văn', Ten: 'Bình' },
                    GioiTinh: '1',
                    DanToc: '01',
                    TonGiao: '00',
                    TinhTrangHonNhan: '2',
                    NhomMau: '04',
                    NgayThangNamSinh: { NgayThangNam: '19900228' },
                    TenGoiKhac: 'Bình "Cu"',
                    SoCMND: '012345678',
                    TheCanCuoc: {
                      SoThe: BINH,
                      NgayCap: '20210512',
                      NoiCap: 'Bộ Công an',
                      NgayHetHan: '20300228',
                    },
                    NoiSinh: ADDRESS,
                    NoiDangKyKhaiSinh: ADDRESS,
                    QueQuan: ADDRESS,
                    ThuongTru: { ...ADDRESS, TuNgay: '20150301' },
                    NoiOHienTai: { ...ADDRESS, TuNgay: '20150301' },
                    Con: { SoDinhDanh: CHILD, HoVaTen: 'Nguyễn Văn An', QuocTich: 'VN' },
                    QuocTich: 'VN',
                    Cha: { HoVaTen: 'Nguyễn Văn "Cả" & con' },
                    Me: { SoDinhDanh: YEAR_ONLY, HoVaTen: 'Trần Thị Đào' },
                    VoChong: { SoDinhDanh: LAN, HoVaTen: 'Lê Thị Lan' },
                    ChuHo: { QuanHe: 'Chủ hộ', SoDinhDanh: BINH, HoVaTen: 'Nguyễn Văn Bình' },
                    SoSoHoKhau: household.residenceFileNo,
                    CheDoBaoVe: '1',
                  },
                },
                {
                  Loai: 'HO_GIA_DINH',
                  Khoa: household.residenceFileNo,
                  TimThay: 'true',
                  HoGiaDinh: {
                    SoHoSoCuTru: household.residenceFileNo,
                    ThanhVien: [
                      { SoDinhDanh: BINH, HoVaTen: 'Nguyễn Văn Bình', QuanHe: 'Chủ hộ' },
                      { SoDinhDanh: LAN, HoVaTen: 'Lê Thị Lan', QuanHe: 'Vợ' },
                    ],
                  },
                },
                { Loai: 'CONG_DAN', Khoa: NOBODY, TimThay: 'false' },
              ],
            },
          },
        },
      },
    });
    expect(answer.body).not.toContain('NgayChet');
  });

  test('a name in one piece, a year of birth, a month of birth, a date of death', async () => {
    const register = buildPopulation(fixtureCountry);
    const { body } = await register.handle(
      populationBatch([
        { kind: 'CONG_DAN', key: YEAR_ONLY },
        { kind: 'CONG_DAN', key: CHILD },
      ]),
    );
    expect(body).toContain('<HoVaTen><Ten>TRẦN THỊ ĐÀO</Ten></HoVaTen>');
    expect(body).toContain('<NgayThangNamSinh><Nam>1955</Nam></NgayThangNamSinh>');
    expect(body).toContain('<NgayThangNamSinh><Nam>2015</Nam><Thang>06</Thang></NgayThangNamSinh>');
    expect(body).toContain('<NgayChet>20200301</NgayChet>');
  });

  test('an old address has its district between province and commune', async () => {
    const binh = fixtureCountry.person(BINH);
    if (binh === undefined) throw new Error('no person');
    const permanentResidence = { ...binh.permanentResidence, districtCode: '002', communeCode: '00043' };
    const register = buildPopulation({
      ...fixtureCountry,
      person: () => ({ ...binh, permanentResidence }),
    });
    const { body } = await register.handle(populationBatch([{ kind: 'CONG_DAN', key: BINH }]));
    expect(body).toContain(
      '<ThuongTru><MaTinhThanh>01</MaTinhThanh><MaQuanHuyen>002</MaQuanHuyen><MaPhuongXa>00043</MaPhuongXa><ChiTiet>',
    );
    expect(body.match(/<MaQuanHuyen>/g)).toHaveLength(1);
  });

  test('the date of an answer without records is that of the last transfer', async () => {
    const register = buildPopulation(fixtureCountry);
    const { body } = await register.handle(populationBatch([{ kind: 'CONG_DAN', key: NOBODY }]));
    expect(body).toContain('SoCongDan="0" ThoiDiemDuLieu="2026-11-01"');
  });

  test('refused officers are listed in the row, once each; the rule can be changed', async () => {
    const register = buildPopulation(fixtureCountry);
    const askers = [
      ['refused.a', 'H26-261121-0001'],
      ['refused.a', 'H26-261121-0002'],
      ['refused.004.b', ''],
      ['officer.an', 'H26-261121-0003'],
    ] as const;
    const ask = populationBatch([{ kind: 'CONG_DAN', key: BINH, askers }]);
    const { body } = await register.handle(ask);
    expect(body).toContain(
      '<TimThay>true</TimThay><TuChoi><TaiKhoan>refused.a</TaiKhoan><Ma>005</Ma></TuChoi>' +
        '<TuChoi><TaiKhoan>refused.004.b</TaiKhoan><Ma>004</Ma></TuChoi><CongDan>',
    );
    register.setRefusalRule((officer) => (officer === 'officer.an' ? '005' : undefined));
    expect((await register.handle(ask)).body).toContain(
      '<TimThay>true</TimThay><TuChoi><TaiKhoan>officer.an</TaiKhoan><Ma>005</Ma></TuChoi><CongDan>',
    );
  });
});

describe('the three factors', () => {
  const dated = '<dc:NgayThangNam>19900228</dc:NgayThangNam>';
  test.each([
    ['all agree', BINH, 'Nguyễn Văn Bình', dated, true],
    ['letter case, spaces and decomposed accents', BINH, ' NGUYỄN  VĂN BÌNH '.normalize('NFD'), dated, true],
    ['year only where the register has the year', YEAR_ONLY, 'Trần Thị Đào', '<dc:Nam>1955</dc:Nam>', true],
    ['another name', BINH, 'Nguyễn Văn Binh', dated, false],
    ['another day', BINH, 'Nguyễn Văn Bình', '<dc:NgayThangNam>19900227</dc:NgayThangNam>', false],
    ['year only where the register has the day', BINH, 'Nguyễn Văn Bình', '<dc:Nam>1990</dc:Nam>', false],
    ['nobody', NOBODY, 'Nguyễn Văn Bình', dated, false],
  ])('%s', async (_, id, name, birth, isMatch) => {
    const register = buildPopulation(fixtureCountry);
    const verdict = await register.handle(populationCall(single('XacThucThongTinCongDan', id, name, birth)));
    expect(verdict.body).toContain(`<KetQuaXacThuc><TonTai>${String(isMatch)}</TonTai></KetQuaXacThuc>`);
    const record = await register.handle(populationCall(single('TraCuuThongTinCongDan', id, name, birth)));
    expect(record.body).toContain(`SoCongDan="${isMatch ? 1 : 0}"`);
    expect(record.body.includes(`<CongDan><SoDinhDanh>${id}</SoDinhDanh>`)).toBe(isMatch);
  });

  test('a refused officer gets a fault with the published code', async () => {
    const register = buildPopulation(fixtureCountry);
    const answer = await register.handle(
      populationCall(single('TraCuuThongTinCongDan', BINH, 'Nguyễn Văn Bình', dated, 'refused.004.x')),
    );
    expect(answer.status).toBe(500);
    expect(answer.body).toContain('<faultcode>004</faultcode>');
    expect(answer.body).not.toContain(BINH);
  });
});

describe('authentication', () => {
  const good = populationBatch([{ kind: 'CONG_DAN', key: BINH }]);
  const now = Date.now();
  test.each([
    ['four minutes old', populationHeaders(now - 4 * 60_000), 200],
    ['six minutes old', populationHeaders(now - 6 * 60_000), 401],
    ['six minutes ahead', populationHeaders(now + 6 * 60_000), 401],
    ['hash for another path', populationHeaders(now, '/other'), 401],
    ['timestamp changed after signing', { ...populationHeaders(now), Timestamp: String(now - 1) }, 401],
    ['another API key', { ...populationHeaders(now), ApiKey: 'x' }, 401],
    ['another X-Road client', { ...populationHeaders(now), 'X-Road-Client': 'VN/GOV/other' }, 401],
    ['nothing', {}, 401],
  ])('%s', async (_, headers, status) => {
    const register = buildPopulation(fixtureCountry);
    const answer = await register.handle({ ...good, headers });
    expect(answer.status).toBe(status);
    expect(register.log.entries()).toHaveLength(status === 200 ? 1 : 0);
    expect(register.log.calls).toBe(1);
  });
});

describe('strict reading', () => {
  const item = { kind: 'CONG_DAN', key: BINH };
  const batch = populationBatch([item]).body ?? '';
  test.each([
    ['no XML', 'hello'],
    ['cut', batch.slice(0, -20)],
    ['a document type', `<!DOCTYPE x [<!ENTITY a "b">]>${batch}`],
    ['an unknown entity', batch.replace('inspectorate', '&xxe;')],
    ['another namespace', batch.replace('http://dancuquocgia.bca', 'http://else')],
    ['another operation', batch.replaceAll('TraCuuTheoLo', 'TraCuuKhac')],
    ['another kind', batch.replace('CONG_DAN', 'CON_NGUOI')],
    ['an empty key', batch.replace(BINH, '')],
    ['no request id', batch.replace(/<dc:MaYeuCau>.*<\/dc:MaYeuCau>/, '')],
    ['no item', populationBatch([]).body ?? ''],
    ['101 items', populationBatch(Array.from({ length: 101 }, () => item)).body ?? ''],
    ['elements in another order', single('TraCuuThongTinCongDan', BINH, 'x', '<dc:Ngay>1</dc:Ngay>')],
  ])('%s is a SOAP fault and leaves no line in the log', async (_, body) => {
    const register = buildPopulation(fixtureCountry);
    const answer = await register.handle(populationCall(body));
    expect(answer.status).toBe(500);
    expect(parseXml(answer.body)).toMatchObject({
      Envelope: { Body: { Fault: { faultcode: 'soap:Server' } } },
    });
    expect(register.log.entries()).toEqual([]);
  });

  test('100 items are answered', async () => {
    const register = buildPopulation(fixtureCountry);
    const answer = await register.handle(populationBatch(Array.from({ length: 100 }, () => item)));
    expect(answer.status).toBe(200);
    expect(answer.body.match(/<Dong>/g)).toHaveLength(100);
  });
});
