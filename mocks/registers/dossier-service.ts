import { z } from 'zod';

import type { Answer } from '../servers/answer.ts';
import { DEMO_REGISTER_CREDENTIALS } from '../demo-secrets.ts';
import { buildEndpoint, type MockEndpoint } from '../servers/endpoint.ts';
import { headerOf, type MockRequest } from '../servers/exchange.ts';
import { bodyOf, fixedAnswer, hasBearer } from './json-register.ts';
import { logInquiry } from './inquiry.ts';
import type { RegisterLog } from './register-log.ts';

const { secret } = DEMO_REGISTER_CREDENTIALS.dossier;

/** The forms of a dossier number (mã hồ sơ; REGISTERS.md, Dossiers); an audit order has a number of its own. */
const DOSSIER_NO = /^(?:[A-Z]\d{2}(?:\.[0-9A-Z]{2,3}){0,4}|(?:[0-9A-Z]{2,3}\.){1,4}[A-Z]\d{2})-\d{6}-\d{4}$/;
const AUDIT_ORDER_NO = /^KT-\d{6}-\d{4}$/;

const filled = z.string().min(1);
const askedSchema = z.strictObject({
  maHoSo: filled,
  heThong: filled,
  donVi: z.string().nullable(),
  taiKhoan: filled,
  mucDich: filled,
  doiTuong: z.array(filled).max(1_000),
});

type Asked = z.infer<typeof askedSchema>;

/**
 * A procedure that fits each purpose of the demo, by its code in the national list; which one fits is modelled.
 */
const PROCEDURES: Readonly<Record<string, string>> = {
  'civil-status-registration': '1.001193',
  'land-registration': '1.013831',
  'business-registration': '2.001610',
  'social-assistance': '1.001776',
};
const ANY_PROCEDURE = '1.004222';

export interface BookParty {
  readonly loai: 'CA_NHAN' | 'TO_CHUC' | 'THUA_DAT' | 'GIAY_CHUNG_NHAN';
  readonly ma: string;
}

/** A dossier in the office's book; it is the same for every caller. */
export interface BookDossier {
  readonly procedure: string;
  /** Registered client that received it. */
  readonly office: string;
  readonly officers: readonly string[];
  readonly state: 'DANG_XU_LY' | 'DA_DONG';
  readonly parties: readonly BookParty[];
  /** Names of the papers that the office asks the parties for. */
  readonly papers?: readonly string[];
  /** `yyyy-mm-dd`. */
  readonly receivedOn: string;
}

/** Dossiers by number; null: there is none of that number. What is not in the book follows the demo's rules. */
export type DossierBook = Map<string, BookDossier | null>;

export interface DossierServiceMock extends MockEndpoint {
  readonly book: DossierBook;
}

/**
 * The one-stop system's dossier service (modelled): `POST /hoSo/traCuu` answers from the office's book, or else
 * by the demo's rules (WIRE.md).
 */
export function buildDossierService({
  book = new Map(),
}: { readonly book?: DossierBook } = {}): DossierServiceMock {
  function answer(request: MockRequest, log: RegisterLog): Answer {
    if (!hasBearer(request, secret)) return fixedAnswer(401, { maLoi: 'CHUA_XAC_THUC' });
    if (request.method !== 'POST' || request.path !== '/hoSo/traCuu') {
      return fixedAnswer(404, { maLoi: 'KHONG_CO_DICH_VU' });
    }
    const asked = askedSchema.safeParse(bodyOf(request));
    if (!asked.success) return fixedAnswer(400, { maLoi: 'SAI_DINH_DANG' });
    const { maHoSo, heThong, mucDich, taiKhoan } = asked.data;
    logInquiry(
      {
        requestId: headerOf(request, 'x-request-id'),
        client: heThong,
        purpose: mucDich,
        operation: 'hoSo/traCuu',
        items: [{ kind: 'HO_SO', key: maHoSo, requesters: [{ officer: taiKhoan, dossier: maHoSo }] }],
      },
      log,
    );
    const dossier = book.has(maHoSo) ? book.get(maHoSo) : dossierByRule(asked.data);
    if (!dossier) return fixedAnswer(404, { maLoi: 'KHONG_TIM_THAY' });
    const content = JSON.stringify(answerOf(dossier, asked.data));
    return {
      status: 200,
      contentType: 'application/json; charset=utf-8',
      rows: [{ kind: 'HO_SO', key: maHoSo, isFound: true, content, refused: [] }],
      render: (rows) => rows[0]?.content ?? '{}',
    };
  }

  const format = {
    emptyObject: '{}',
    wrongEnvelope: '"DANG_XU_LY"',
    breakRecord: (content: string) =>
      JSON.stringify({
        ...(JSON.parse(content) as object),
        trangThai: 1,
        canBoThuLy: null,
        doiTuong: 'tat ca',
      }),
    contentOf: () => undefined,
  };
  return { ...buildEndpoint(format, answer), book };
}

function answerOf(
  { procedure, office, officers, state, parties, papers, receivedOn }: BookDossier,
  asked: Asked,
): object {
  const keys = new Set(parties.map(({ ma }) => ma));
  return {
    maHoSo: asked.maHoSo,
    thuTuc: procedure,
    mucDich: [asked.mucDich],
    heThongTiepNhan: office,
    trangThai: state,
    canBoThuLy: officers,
    ngayTiepNhan: receivedOn,
    cacBen: parties,
    ...(papers === undefined ? {} : { giayToYeuCau: papers }),
    doiTuong: asked.doiTuong.filter((subject) => keys.has(subject)),
  };
}

/** The first of the last four digits decides: 9 closed, 8 another office's, 7 about other parties. */
function dossierByRule({ maHoSo, heThong, taiKhoan, mucDich, doiTuong }: Asked): BookDossier | null {
  const isKnown = DOSSIER_NO.test(maHoSo) || (heThong === 'auditor' && AUDIT_ORDER_NO.test(maHoSo));
  if (!isKnown) return null;
  const rule = maHoSo.at(-4);
  return {
    procedure: PROCEDURES[mucDich] ?? ANY_PROCEDURE,
    office: rule === '8' ? 'another-office' : heThong,
    officers: [taiKhoan],
    state: rule === '9' ? 'DA_DONG' : 'DANG_XU_LY',
    parties: rule === '7' ? [] : doiTuong.map((ma) => ({ loai: kindOf(ma), ma })),
    receivedOn: dateIn(maHoSo),
  };
}

/** A household business has its owner's personal id as its code. */
function kindOf(key: string): BookParty['loai'] {
  if (/^\d{12}$/.test(key)) return 'CA_NHAN';
  if (/^\d{10}(-\d{3})?$/.test(key)) return 'TO_CHUC';
  return /^[A-ZĐ]{1,2} ?\d{6,8}$/.test(key) ? 'GIAY_CHUNG_NHAN' : 'THUA_DAT';
}

const FALLBACK_DATE = '2026-11-01';

/** `H26-261121-0001` was received on 2026-11-21; where the digits are no date, on a fixed day. */
function dateIn(dossierNo: string): string {
  const [year, month, day] = (dossierNo.split('-')[1]?.match(/\d\d/g) ?? []).map(Number);
  const date = new Date(Date.UTC(2000 + (year ?? 0), (month ?? 0) - 1, day ?? 0));
  const isReal = date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
  return isReal ? date.toISOString().slice(0, 10) : FALLBACK_DATE;
}
