import { beforeEach, describe, expect, test } from 'vitest';
import { decideCase, type CaseInquiry } from '../../../src/policy/case/case.ts';
import { buildDossierService } from '../../../src/sources/dossier/dossier-service.ts';
import type { Transport } from '../../../src/sources/calls/transport.ts';
import { codeOf } from '../fixtures/register-fixture.ts';

interface Asked {
  readonly maHoSo: string;
  readonly heThong: string;
  readonly taiKhoan: string;
  readonly mucDich: string;
  readonly doiTuong: readonly string[];
}

const A = '001190912345';
const B = '001192954321';
const C = '001085000001';

/** A dossier service that knows one dossier, assigned to whoever asks, about A and B; it lists those asked. */
const asked: string[][] = [];
let time = 0;
let beforeAnswer: () => void = () => undefined;
let spoilt: Readonly<Record<string, unknown>> = {};
const transport: Transport = {
  async send({ body = '' }) {
    const { maHoSo, heThong, taiKhoan, mucDich, doiTuong } = JSON.parse(body) as Asked;
    asked.push([...doiTuong]);
    beforeAnswer();
    if (maHoSo !== 'H26-261121-0001') return { status: 404, body: '' };
    const parties = doiTuong.filter((subject) => subject === A || subject === B);
    const answer = {
      maHoSo,
      thuTuc: '1.000000',
      mucDich: [mucDich],
      heThongTiepNhan: heThong,
      trangThai: 'DANG_XU_LY',
      canBoThuLy: taiKhoan === 'stranger' ? [] : [taiKhoan],
      ngayTiepNhan: '2026-11-21',
      cacBen: parties.map((ma) => ({ loai: 'CA_NHAN', ma })),
      doiTuong: parties,
      ...spoilt,
    };
    return { status: 200, body: JSON.stringify(answer) };
  },
  close: () => Promise.resolve(),
};

const service = () => buildDossierService({ transport, secret: 'x', timeoutMs: 1_000, now: () => time });
const question = (subjects: readonly string[], given: Partial<CaseInquiry> = {}): CaseInquiry => ({
  caseId: 'H26-261121-0001',
  clientId: 'office',
  officer: 'officer',
  purpose: 'inspection',
  unit: null,
  subjects,
  ...given,
});

beforeEach(() => {
  asked.length = 0;
  beforeAnswer = () => undefined;
  spoilt = {};
  time = 1_000;
});

async function allows(of: ReturnType<typeof service>, asking: CaseInquiry): Promise<boolean> {
  return decideCase(await of.ask(asking), asking, new Set(['1.000000'])) === null;
}

test('a subject is asked about once while the facts live, and once more after', async () => {
  const cases = service();
  expect(await allows(cases, question([A]))).toBe(true);
  expect(await allows(cases, question([A, B]))).toBe(true);
  expect(await allows(cases, question([B, C]))).toBe(false);
  expect(await allows(cases, question([C]))).toBe(false);
  expect(asked).toEqual([[A], [B], [C]]);
  time += 30_001;
  expect(await allows(cases, question([A, B]))).toBe(true);
  expect(asked.at(-1)).toEqual([A, B]);
});

test.each([
  ['another system', { clientId: 'other' }],
  ['another officer', { officer: 'stranger' }],
  ['another purpose', { purpose: 'other' }],
  ['another unit', { unit: '00070' }],
  ['another dossier', { caseId: 'H26-261121-0002' }],
])('what one caller may is asked anew for %s', async (_name, given) => {
  const cases = service();
  expect(await allows(cases, question([A]))).toBe(true);
  const allowed = await allows(cases, question([A], given));
  expect(allowed).toBe(!('officer' in given || 'caseId' in given));
  expect(asked).toEqual([[A], [A]]);
});

test('facts that end while more is asked are asked whole again: a party is not taken for a stranger', async () => {
  const cases = service();
  expect(await allows(cases, question([A]))).toBe(true);
  beforeAnswer = () => {
    if (asked.length === 2) time += 30_001;
  };
  expect(await allows(cases, question([A, B]))).toBe(true);
  expect(asked).toEqual([[A], [B], [A, B]]);
});

describe('facts', () => {
  const listed = (...keys: readonly string[]) => keys.map((key) => ({ kind: 'person', key }));

  test('hold what the policy asks for', async () => {
    expect(await service().ask(question([A, C]))).toEqual({
      isOpen: true,
      receivedBy: 'office',
      receivedOn: '2026-11-21',
      procedure: '1.000000',
      officers: ['officer'],
      parties: new Set([A]),
      partiesListed: listed(A),
    });
  });

  test('list the parties that every answer lists, and those that are asked, once each', async () => {
    const cases = service();
    expect((await cases.ask(question([A])))?.partiesListed).toEqual(listed(A));
    expect((await cases.ask(question([B])))?.partiesListed).toEqual(listed(B));
    expect((await cases.ask(question([A])))?.partiesListed).toEqual(listed(A));
    expect((await cases.ask(question([A, B])))?.partiesListed).toEqual(listed(A, B));
    spoilt = { cacBen: [A, B].map((ma) => ({ loai: 'CA_NHAN', ma })) };
    expect((await cases.ask(question([C])))?.partiesListed).toEqual([]);
    const constant = service();
    expect((await constant.ask(question([A])))?.partiesListed).toEqual(listed(A, B));
    expect((await constant.ask(question([C])))?.partiesListed).toEqual(listed(A, B));
  });

  test('are the newest, for as long as the oldest part lives', async () => {
    const cases = service();
    await cases.ask(question([A]));
    spoilt = { thuTuc: '2.000000', ngayTiepNhan: '2026-11-22' };
    expect(await cases.ask(question([B]))).toMatchObject({ procedure: '2.000000', receivedOn: '2026-11-22' });
    expect(await cases.ask(question([A]))).toMatchObject({ procedure: '2.000000' });
    time += 30_001;
    expect((await cases.ask(question([A])))?.partiesListed).toEqual(listed(A));
  });

  test('parties are named as the registers know them; whom none could know is left out', async () => {
    spoilt = {
      cacBen: [
        { loai: 'CA_NHAN', ma: A },
        { loai: 'CA_NHAN', ma: 'C1234567' },
        { loai: 'TO_CHUC', ma: '0100109106' },
        { loai: 'TO_CHUC', ma: '0100109107' },
        { loai: 'TO_CHUC', ma: B },
        { loai: 'THUA_DAT', ma: 'w7epxsheyytd' },
        { loai: 'THUA_DAT', ma: 'w7' },
        { loai: 'GIAY_CHUNG_NHAN', ma: 'aa 00000001' },
      ],
    };
    expect((await service().ask(question([A])))?.partiesListed).toEqual([
      { kind: 'person', key: A },
      { kind: 'organisation', key: '0100109106' },
      { kind: 'organisation', key: B },
      { kind: 'parcel', key: 'w7epxsheyytd' },
      { kind: 'certificate', key: 'AA00000001' },
    ]);
  });

  test.each([
    ['1.012783.H61', '1.012783'],
    ['1.012783.H6', '1.012783.H6'],
    ['1.115301', '1.115301'],
  ])('procedure %s counts as %s', async (thuTuc, procedure) => {
    spoilt = { thuTuc };
    expect(await service().ask(question([A]))).toMatchObject({ procedure });
  });

  test('a party that was not asked about is not taken for one that was', async () => {
    spoilt = { doiTuong: [A, B] };
    expect((await service().ask(question([A])))?.parties).toEqual(new Set([A]));
  });
});

test.each<[string, Readonly<Record<string, unknown>>]>([
  ['about another dossier', { maHoSo: 'H26-261121-0002' }],
  ['without a procedure', { thuTuc: undefined }],
  ['of a state that is none', { trangThai: 'TAM_DUNG' }],
  ['without a day of receipt', { ngayTiepNhan: undefined }],
  ['received on a day that is none', { ngayTiepNhan: '2026-02-30' }],
  ['received on a day in the registers’ other format', { ngayTiepNhan: '21/11/2026' }],
  ['without parties', { cacBen: undefined }],
  ['with a party of an unknown kind', { cacBen: [{ loai: 'XE_MAY', ma: A }] }],
  ['with a party without a code', { cacBen: [{ loai: 'CA_NHAN' }] }],
])('an answer %s is none, and is not remembered', async (_name, given) => {
  const cases = service();
  spoilt = given;
  expect(await codeOf(cases.ask(question([A])))).toBe('CASE_SERVICE_UNAVAILABLE');
  spoilt = {};
  expect(await allows(cases, question([A]))).toBe(true);
});

test.each(['cacBen', 'doiTuong', 'canBoThuLy'])('a list of %s longer than any is not read', async (list) => {
  spoilt = {
    [list]: Array.from({ length: 1_001 }, () => (list === 'cacBen' ? { loai: 'CA_NHAN', ma: A } : A)),
  };
  expect(await codeOf(service().ask(question([A])))).toBe('CASE_SERVICE_UNAVAILABLE');
});
