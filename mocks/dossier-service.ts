import { z } from 'zod';

import type { Answer } from './answer.ts';
import { DEMO_REGISTER_CREDENTIALS } from './demo-secrets.ts';
import { buildEndpoint, type MockEndpoint } from './endpoint.ts';
import { headerOf, type MockRequest } from './exchange.ts';
import { bodyOf, fixedAnswer, hasBearer } from './registers/json-register.ts';
import { logInquiry } from './registers/inquiry.ts';
import type { RegisterLog } from './registers/register-log.ts';

const { secret } = DEMO_REGISTER_CREDENTIALS.dossier;

/** Dossier number (mã hồ sơ) by the contract; audit orders have a number of their own. */
const DOSSIER_NO = /^H\d{2}-\d{6}-\d{4}$/;
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

/** A procedure that fits each demo purpose (codes of registers.md 4); which fits which is modelled. */
const PROCEDURES: Readonly<Record<string, string>> = {
  'civil-status-registration': '1.001193',
  'land-registration': '1.013831',
  'business-registration': '2.001610',
  'social-assistance': '1.001776',
};
const ANY_PROCEDURE = '1.004222';

/** The one-stop system's dossier service (modelled): `POST /hoSo/traCuu`, answers by the contract's demo rules. */
export function buildDossierService(): MockEndpoint {
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
    if (!isKnown(asked.data)) return fixedAnswer(404, { maLoi: 'KHONG_TIM_THAY' });
    const content = JSON.stringify(dossierOf(asked.data));
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
  return buildEndpoint(format, answer);
}

function isKnown({ maHoSo, heThong }: Asked): boolean {
  return DOSSIER_NO.test(maHoSo) || (heThong === 'auditor' && AUDIT_ORDER_NO.test(maHoSo));
}

/** The first of the last four digits decides: 9 closed, 8 another office's, 7 about other parties. */
function dossierOf({ maHoSo, heThong, taiKhoan, mucDich, doiTuong }: Asked): object {
  const rule = maHoSo.at(-4);
  return {
    maHoSo,
    thuTuc: PROCEDURES[mucDich] ?? ANY_PROCEDURE,
    mucDich: [mucDich],
    heThongTiepNhan: rule === '8' ? 'another-office' : heThong,
    trangThai: rule === '9' ? 'DA_DONG' : 'DANG_XU_LY',
    canBoThuLy: [taiKhoan],
    doiTuong: rule === '7' ? [] : doiTuong,
  };
}
