import { beforeEach, expect, test } from 'vitest';
import { caseAllows, type CaseQuestion } from '../../../src/policy/case.ts';
import { buildDossierService } from '../../../src/sources/dossier/dossier-service.ts';
import type { Transport } from '../../../src/sources/transport.ts';

interface Asked {
  readonly maHoSo: string;
  readonly heThong: string;
  readonly taiKhoan: string;
  readonly mucDich: string;
  readonly doiTuong: readonly string[];
}

/** A dossier service that knows one dossier, assigned to whoever asks, about A and B. */
const asked: string[][] = [];
let time = 0;
let beforeAnswer: () => void = () => undefined;
const transport: Transport = {
  async send({ body = '' }) {
    const { maHoSo, heThong, taiKhoan, mucDich, doiTuong } = JSON.parse(body) as Asked;
    asked.push([...doiTuong]);
    beforeAnswer();
    if (maHoSo !== 'H26-261121-0001') return { status: 404, body: '' };
    const parties = doiTuong.filter((subject) => subject === 'A' || subject === 'B');
    const answer = {
      maHoSo,
      thuTuc: '1.000000',
      mucDich: [mucDich],
      heThongTiepNhan: heThong,
      trangThai: 'DANG_XU_LY',
      canBoThuLy: taiKhoan === 'stranger' ? [] : [taiKhoan],
      doiTuong: parties,
    };
    return { status: 200, body: JSON.stringify(answer) };
  },
  close: () => Promise.resolve(),
};

const service = () => buildDossierService({ transport, secret: 'x', timeoutMs: 1_000, now: () => time });
const question = (subjects: readonly string[], given: Partial<CaseQuestion> = {}): CaseQuestion => ({
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
  time = 1_000;
});

async function allows(of: ReturnType<typeof service>, asking: CaseQuestion): Promise<boolean> {
  const facts = await of.ask(asking);
  return facts !== null && caseAllows(facts, asking);
}

test('a subject is asked about once while the facts live, and once more after', async () => {
  const cases = service();
  expect(await allows(cases, question(['A']))).toBe(true);
  expect(await allows(cases, question(['A', 'B']))).toBe(true);
  expect(await allows(cases, question(['B', 'C']))).toBe(false);
  expect(await allows(cases, question(['C']))).toBe(false);
  expect(asked).toEqual([['A'], ['B'], ['C']]);
  time += 30_001;
  expect(await allows(cases, question(['A', 'B']))).toBe(true);
  expect(asked.at(-1)).toEqual(['A', 'B']);
});

test.each([
  ['another system', { clientId: 'other' }],
  ['another officer', { officer: 'stranger' }],
  ['another purpose', { purpose: 'other' }],
  ['another unit', { unit: '00070' }],
  ['another dossier', { caseId: 'H26-261121-0002' }],
])('what one caller may is asked anew for %s', async (_name, given) => {
  const cases = service();
  expect(await allows(cases, question(['A']))).toBe(true);
  const allowed = await allows(cases, question(['A'], given));
  expect(allowed).toBe(!('officer' in given || 'caseId' in given));
  expect(asked).toEqual([['A'], ['A']]);
});

test('facts that end while more is asked are asked whole again: a party is not taken for a stranger', async () => {
  const cases = service();
  expect(await allows(cases, question(['A']))).toBe(true);
  beforeAnswer = () => {
    if (asked.length === 2) time += 30_001;
  };
  expect(await allows(cases, question(['A', 'B']))).toBe(true);
  expect(asked).toEqual([['A'], ['B'], ['A', 'B']]);
});
