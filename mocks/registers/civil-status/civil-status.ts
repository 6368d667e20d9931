import { z } from 'zod';

import type { Answer, AnswerRow } from '../../servers/answer.ts';
import type { CountryRegisters } from '../../country/country.ts';
import { AS_OF } from '../../country/reference.ts';
import { DEMO_REGISTER_CREDENTIALS } from '../../demo-secrets.ts';
import { buildEndpoint } from '../../servers/endpoint.ts';
import { headerOf, type MockRequest } from '../../servers/exchange.ts';
import { toDayMonthYear } from '../dates.ts';
import { eventsXml, hotichXml, numberedEntryXml } from './event-xml.ts';
import { answerInquiry, dateOfRows, logInquiry, MAX_ITEMS } from '../inquiry.ts';
import { bodyOf, fixedAnswer, hasBearer, jsonAnswer } from '../json-register.ts';
import { cachedReader } from '../record-cache.ts';
import { hasShape, refusalsJson, rowsJson } from '../wire-shapes.ts';
import { buildRefusals, type RegisterMock, type RegisterOffer } from '../register.ts';
import type { RegisterLog } from '../register-log.ts';

const BASE = '/apiHoTichTuPhap';
const { secret } = DEMO_REGISTER_CREDENTIALS['civil-status'];

/** The published error codes (REGISTERS.md, Civil status); that an officer refused is 106 is modelled. */
const ERRORS = {
  100: 'AUTHEN_ERROR',
  106: 'AGENCY_ID_INCORRECT',
  201: 'RECORD_NOT_FOUND',
  302: 'DATA_TYPE_INVALID',
  500: 'DATA_INCORRECT',
} as const;

const filled = z.string().min(1);
const singleSchema = z.strictObject({ maDonVi: filled, module: z.enum(['KS', 'KH', 'KT']), maHoSo: filled });
const batchSchema = z.strictObject({
  maYeuCau: filled,
  maDonVi: filled,
  mucDich: filled,
  dsMuc: z
    .array(
      z.strictObject({
        soDinhDanh: filled,
        nguoiHoi: z.array(z.strictObject({ taiKhoan: filled, maHoSo: z.string() })),
      }),
    )
    .min(1)
    .max(MAX_ITEMS),
});

/**
 * The civil-status register: JSON around XML, errors as `maLoi` with HTTP 200 (REGISTERS.md, Civil status; the
 * batch is modelled).
 */
export function buildCivilStatus(
  country: CountryRegisters,
  offer: RegisterOffer = 'batches-too',
): RegisterMock {
  const { refusalOf, setRefusalRule } = buildRefusals();
  const read = cachedReader((_kind, key) => {
    const record = country.civilStatus(key);
    return record && { content: `"data":${JSON.stringify(eventsXml(record))}`, asOf: record.asOf };
  });

  function answer(request: MockRequest, log: RegisterLog): Answer {
    if (!hasBearer(request, secret)) return failure(100);
    switch (`${request.method} ${request.path}`) {
      case `POST ${BASE}/traHoSo`:
        return single(request, log);
      case `POST ${BASE}/traCuuTheoLo`:
        return offer === 'batches-too' ? batch(request, log) : noService();
      default:
        return noService();
    }
  }

  /** Modelled: `maHoSo` of an entry is the person's id, a dot and the entry's number. */
  function single(request: MockRequest, log: RegisterLog): Answer {
    const asked = singleSchema.safeParse(bodyOf(request));
    if (!asked.success) return failure(302);
    const { maDonVi, module, maHoSo } = asked.data;
    logInquiry(
      {
        requestId: headerOf(request, 'x-request-id'),
        client: maDonVi,
        purpose: '',
        operation: 'traHoSo',
        items: [{ kind: module, key: maHoSo, requesters: [] }],
      },
      log,
    );
    const dot = maHoSo.indexOf('.');
    const record = dot < 0 ? undefined : country.civilStatus(maHoSo.slice(0, dot));
    const entry = record && numberedEntryXml(record, module, maHoSo.slice(dot + 1));
    if (entry === undefined) return failure(201);
    return fixedAnswer(200, { maLoi: 0, thongBao: '', data: hotichXml([entry]) });
  }

  function batch(request: MockRequest, log: RegisterLog): Answer {
    const asked = batchSchema.safeParse(bodyOf(request));
    if (!asked.success) return failure(302);
    const { maYeuCau, maDonVi, mucDich, dsMuc } = asked.data;
    const inquiry = {
      requestId: maYeuCau,
      client: maDonVi,
      purpose: mucDich,
      operation: 'traCuuTheoLo',
      items: dsMuc.map(({ soDinhDanh, nguoiHoi }) => ({
        kind: 'HO_TICH',
        key: soDinhDanh,
        requesters: nguoiHoi.map(({ taiKhoan, maHoSo }) => ({ officer: taiKhoan, dossier: maHoSo })),
      })),
    };
    return jsonAnswer(200, answerInquiry(inquiry, log, read, refusalOf), batchJson);
  }

  const format = {
    emptyObject: '{}',
    wrongEnvelope: '{"maLoi":0,"thongBao":"","thoiDiemDuLieu":null,"dsKetQua":{"0":"khong co"}}',
    breakRecord: (content: string) =>
      content
        .replaceAll(/<ngayDangKy>.*?<\/ngayDangKy>/g, '<ngayDangKy>hom qua</ngayDangKy>')
        .replaceAll(/<so>.*?<\/so>/g, '<so><so>1</so></so>')
        .replaceAll(/<(me|cha|vo|chong)SoDDCN>.*?<\/\1SoDDCN>/g, '<$1SoDDCN>khong ro</$1SoDDCN>'),
    contentOf: (kind: string, key: string) => read(kind, key)?.content,
  };
  return { ...buildEndpoint(format, answer), setRefusalRule };
}

function batchJson(rows: readonly AnswerRow[]): string {
  const date = toDayMonthYear(dateOfRows(rows, AS_OF.civilStatus));
  return `{"maLoi":0,"thongBao":"","thoiDiemDuLieu":"${date}","dsKetQua":${rowsJson(
    rows.map(({ key }) => key),
    rows.map(rowJson),
  )}}`;
}

function rowJson({ key, isFound, refused, content }: AnswerRow): string {
  const refusals = refusalsJson(
    key,
    'tuChoi',
    refused.map(({ officer }) => ({ taiKhoan: officer, ma: '106' })),
  );
  const absent = hasShape(key, 'empty-text') ? ',"data":""' : '';
  return `{"soDinhDanh":${JSON.stringify(key)},"timThay":${String(isFound)}${refusals}${content === '' ? absent : `,${content}`}}`;
}

function noService(): Answer {
  return fixedAnswer(404, { maLoi: 500, thongBao: ERRORS[500] });
}

function failure(code: keyof typeof ERRORS): Answer {
  return fixedAnswer(200, { maLoi: code, thongBao: ERRORS[code] });
}
