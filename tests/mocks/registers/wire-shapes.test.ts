import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { buildMocks } from '../../../mocks/build-mocks.ts';
import { buildCountry } from '../../../mocks/country/country.ts';
import { sentBody } from '../../../mocks/servers/body-shapes.ts';
import { decodeText } from '../../../src/sources/calls/decode-body.ts';
import { businessBatch, civilStatusBatch, landBatch, populationBatch } from '../register-calls.ts';

/** Each shape of WIRE.md is met among ordinary people, so that tests over the country read it. */
const country = buildCountry();
const { registers } = buildMocks(country);
const people = [
  ...country.people({}).take(150),
  ...country.people({ traits: ['protected'] }).take(60),
  ...country.people({ traits: ['unidentified'] }).take(150),
  ...country.people({ traits: ['minor', 'guarded'] }).take(10),
  ...country.people({ traits: ['deceased'] }).take(20),
  ...country.people({ traits: ['contradiction:birth-year-only'] }).take(20),
];
const ids = people.map(({ personalId }) => personalId);
const files = ids.flatMap((id) => country.person(id)?.residenceFileNo ?? []);
const codes = ids.flatMap((id) => country.businessesOf(id));
const parcels = ids.flatMap((id) => country.parcelsOf(id));

async function answersOf(
  register: keyof typeof registers,
  requests: readonly Parameters<typeof registers.land.handle>[0][],
) {
  const answers = [];
  for (const request of requests) answers.push(await registers[register].handle(request));
  return answers;
}

const population = await answersOf('population', [
  ...ids.map((key) => populationBatch([{ kind: 'CONG_DAN', key }])),
  ...files.map((key) => populationBatch([{ kind: 'HO_GIA_DINH', key }])),
]);
const business = await answersOf('business', [
  ...codes.map((key) => businessBatch([{ kind: 'ENTERPRISE', key }])),
  ...ids.map((key) => businessBatch([{ kind: 'PERSON', key }])),
]);
const civil = await answersOf('civil-status', [
  ...ids.map((key) => civilStatusBatch([{ key }])),
  ...ids.map((key) => civilStatusBatch([{ key: [...key].toReversed().join('') }])),
]);
const land = await answersOf('land', [
  ...parcels.map((key) => landBatch([{ kind: 'THUA_DAT', key }])),
  ...ids.map((key) => landBatch([{ kind: 'CHU_SU_DUNG', key }])),
]);

describe.each([
  [
    'population',
    population,
    [
      /<VoChong\/>/,
      /<NgayChet [^>]*xsi:nil="true"\/>/,
      /<NgayChet>\d{4}</,
      /<NgayChet>\d{6}</,
      /<NgayThangNam>\d{4}0000</,
      /<CheDoBaoVe>9</,
      /<DanToc><MaDanToc>\d\d<\/MaDanToc><TenGoiKhac>/,
      /<ThuongTru><MaDonViHanhChinh>\d{5}</,
      /<MaQuanHuyen\/>/,
      /ThoiDiemDuLieu="\d{4}-\d\d-\d\dT08:30:00\+07:00"/,
      /<NguoiDaiDien><SoDinhDanh>\d{12}</,
      /<Cha><SoDinhDanh>\d{9}</,
      /<Me><SoDinhDanh>[A-Z]\d{7}</,
      /<ThanhVien><SoDinhDanh>(?:\d{9}|[A-Z]\d{7})</,
      /<ThanhVien><HoVaTen>/,
    ],
  ],
  [
    'business',
    business,
    [
      /"Member":\{/,
      /"Representatives":\{/,
      /"ORG_CODE":null/,
      /"ORG_CODE":""/,
      /"PERSON_ID":"(?:\d{9}|[A-Z]\d{7})"/,
      /"Enterprises":\{/,
      /"Enterprises":null/,
      /"Refused":null/,
      /"Refused":\[\]/,
      /"Data":\{/,
    ],
  ],
  [
    'civil status',
    civil,
    [
      /<meSoDDCN>(?:\d{9}|[A-Z]\d{7})</,
      /<meSoDDCN\/>/,
      /xsi:nil=/,
      /<\/hotich><!--/,
      /"dsKetQua":\{/,
      /"tuChoi":\[\]/,
      /"data":""/,
    ],
  ],
  [
    'land',
    land,
    [
      /"CHUSUDUNG":\{/,
      /"MASODOANHNGHIEP":null/,
      /"MASODOANHNGHIEP":""/,
      /"SODINHDANH":"(?:\d{9}|[A-Z]\d{7})"/,
      /"DANHSACHTHUA":null/,
      /"DANHSACHTHUA":\{/,
      /"KETQUA":\{/,
    ],
  ],
] as const)('%s', (_name, answers, wanted) => {
  const texts = answers.map(({ body }) => body);

  test.each(wanted)('sends %s for some, and not for most', (shape) => {
    const met = texts.filter((text) => shape.test(text)).length;
    expect(met).toBeGreaterThan(0);
    expect(met).toBeLessThan(texts.length / 2);
  });

  test('sends bodies in other bytes for some, which hold the same text', () => {
    const shapes = new Set(answers.map(({ shape }) => shape));
    expect(shapes).toContain('mark');
    expect(shapes).toContain('gzip');
    expect(shapes.has('utf-16')).toBe(answers === population);
    expect(shapes.has('trailer')).toBe(answers === population);
    for (const answer of answers) {
      const { headers, bytes } = sentBody(answer);
      const text = decodeText(headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes);
      expect(text?.startsWith(answer.body)).toBe(true);
    }
  });
});

test('a record has the same shape in every run', async () => {
  const other = buildMocks(buildCountry()).registers.business;
  for (const [index, key] of codes.slice(0, 50).entries()) {
    const { body, shape } = await other.handle(businessBatch([{ kind: 'ENTERPRISE', key }]));
    expect({ body, shape }).toEqual({ body: business[index]?.body, shape: business[index]?.shape });
  }
});
