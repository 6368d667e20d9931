import { z } from 'zod';

import type { Answer, AnswerRow } from '../../servers/answer.ts';
import type { CountryRegisters } from '../../country/country.ts';
import { AS_OF } from '../../country/reference.ts';
import { DEMO_REGISTER_CREDENTIALS } from '../../demo-secrets.ts';
import { buildEndpoint } from '../../servers/endpoint.ts';
import { headerOf, type MockRequest } from '../../servers/exchange.ts';
import { answerInquiry, dateOfRows, MAX_ITEMS, type RecordReader, type WireRecord } from '../inquiry.ts';
import { bodyOf, fixedAnswer, hasBearer, jsonAnswer, withWrongTypes } from '../json-register.ts';
import { certificateJson, parcelJson } from './land-json.ts';
import { cachedReader } from '../record-cache.ts';
import { loneListJson, refusalsJson, rowsJson } from '../wire-shapes.ts';
import { buildRefusals, type RegisterMock, type RegisterOffer } from '../register.ts';
import type { RegisterLog } from '../register-log.ts';

const BASE = '/land/1.0';
const { secret } = DEMO_REGISTER_CREDENTIALS.land;

/** Operations that take one key in their path, with the kind of record that each gives. */
const SINGLE_OPERATIONS: ReadonlyMap<string, string> = new Map([
  ['thuaDat', 'THUA_DAT'],
  ['giayChungNhan', 'GIAY_CHUNG_NHAN'],
]);

const filled = z.string().min(1);
const batchSchema = z.strictObject({
  MAYEUCAU: filled,
  MADONVI: filled,
  MUCDICH: filled,
  DANHSACH: z
    .array(
      z.strictObject({
        LOAI: z.enum(['THUA_DAT', 'GIAY_CHUNG_NHAN', 'CHU_SU_DUNG']),
        KHOA: filled,
        NGUOIHOI: z.array(z.strictObject({ TAIKHOAN: filled, MAHOSO: z.string() })),
      }),
    )
    .min(1)
    .max(MAX_ITEMS),
});

/**
 * The land register. No public description of its service was found, so that all of it is modelled
 * (REGISTERS.md, Land).
 */
export function buildLand(country: CountryRegisters, offer: RegisterOffer = 'batches-too'): RegisterMock {
  const { refusalOf, setRefusalRule } = buildRefusals();
  const read = cachedReader(recordReader(country));

  function answer(request: MockRequest, log: RegisterLog): Answer {
    if (!hasBearer(request, secret)) return failure(401, 'Chưa xác thực');
    const isBatch = request.method === 'POST' && request.path === `${BASE}/traCuuTheoLo`;
    if (isBatch && offer === 'batches-too') return batch(request, log);
    const [, operation = '', key = ''] = /^\/land\/1\.0\/(\w+)\/([^/]+)$/.exec(request.path) ?? [];
    const kind = request.method === 'GET' ? SINGLE_OPERATIONS.get(operation) : undefined;
    return kind === undefined
      ? failure(404, 'Không có dịch vụ')
      : single(request, { operation, kind, key: decodeURIComponent(key) }, log);
  }

  function single(
    request: MockRequest,
    { operation, kind, key }: { readonly operation: string; readonly kind: string; readonly key: string },
    log: RegisterLog,
  ): Answer {
    if (!/^[\p{L}\d_. -]+$/u.test(key)) return failure(400, 'Mã không đúng định dạng');
    const inquiry = {
      requestId: headerOf(request, 'x-request-id'),
      client: '',
      purpose: '',
      operation,
      items: [{ kind, key, requesters: [] }],
    };
    const rows = answerInquiry(inquiry, log, read, refusalOf);
    if (rows[0]?.isFound !== true) return failure(404, 'Không tìm thấy');
    return jsonAnswer(200, rows, (given) => `{${[...contents(given), dateJson(given)].join(',')}}`);
  }

  function batch(request: MockRequest, log: RegisterLog): Answer {
    const asked = batchSchema.safeParse(bodyOf(request));
    if (!asked.success) return failure(400, 'Yêu cầu không đúng định dạng');
    const { MAYEUCAU, MADONVI, MUCDICH, DANHSACH } = asked.data;
    const inquiry = {
      requestId: MAYEUCAU,
      client: MADONVI,
      purpose: MUCDICH,
      operation: 'traCuuTheoLo',
      items: DANHSACH.map(({ LOAI, KHOA, NGUOIHOI }) => ({
        kind: LOAI,
        key: KHOA,
        requesters: NGUOIHOI.map(({ TAIKHOAN, MAHOSO }) => ({ officer: TAIKHOAN, dossier: MAHOSO })),
      })),
    };
    return jsonAnswer(200, answerInquiry(inquiry, log, read, refusalOf), batchJson);
  }

  const format = {
    emptyObject: '{}',
    wrongEnvelope: '{"KETQUA":{"TIMTHAY":"mot"},"THOIDIEM":20261120}',
    breakRecord: (content: string) =>
      withWrongTypes(`{${content}}`, {
        SOHIEUTOBANDO: 'mot',
        DIENTICH: 'rong',
        CHUSUDUNG: 'khong ro',
        NGAYCAP: 20240101,
        DC_MUCDICHSUDUNGDAT: 'ONT',
      }).slice(1, -1),
    contentOf: (kind: string, key: string) => read(kind, key)?.content,
  };
  return { ...buildEndpoint(format, answer), setRefusalRule };
}

/** A row's content is what follows `TIMTHAY`, property names included. */
function recordReader(country: CountryRegisters): RecordReader {
  return (kind, key): WireRecord | undefined => {
    if (kind === 'THUA_DAT') {
      const parcel = country.parcel(key);
      return parcel && { content: `"THUADAT":${parcelJson(parcel)}`, asOf: parcel.asOf };
    }
    if (kind === 'GIAY_CHUNG_NHAN') {
      const certificate = certificateOf(country, key);
      return (
        certificate && { content: `"GIAYCHUNGNHAN":${certificateJson(certificate)}`, asOf: certificate.asOf }
      );
    }
    const parcels = country.parcelsOf(key).map((id) => country.parcel(id));
    const certificates = country.certificatesOf(key).map((serial) => country.certificate(serial));
    const dates = [...parcels, ...certificates].flatMap((record) =>
      record === undefined ? [] : [record.asOf],
    );
    const oldest = dates.sort()[0];
    return {
      content:
        `"DANHSACHTHUA":${loneListJson(
          key,
          parcels.flatMap((one) => (one === undefined ? [] : [parcelJson(one)])),
        )},` +
        `"DANHSACHGCN":${loneListJson(
          key,
          certificates.flatMap((one) => (one === undefined ? [] : [certificateJson(one)])),
        )}`,
      ...(oldest === undefined ? {} : { asOf: oldest }),
    };
  };
}

/** Serials are asked for with or without the space between letters and digits (REGISTERS.md, Land). */
function certificateOf(
  country: CountryRegisters,
  serial: string,
): ReturnType<CountryRegisters['certificate']> {
  const compact = serial.normalize('NFC').toUpperCase().replace(/[\s.]/g, '');
  return (
    country.certificate(serial) ??
    country.certificate(compact) ??
    country.certificate(compact.replace(/^(\D{1,2})(\d)/, '$1 $2'))
  );
}

function batchJson(rows: readonly AnswerRow[]): string {
  const results = rowsJson(
    rows.map(({ key }) => key),
    rows.map(rowJson),
  );
  return `{"KETQUA":${results},${dateJson(rows)}}`;
}

function rowJson({ kind, key, isFound, refused, content }: AnswerRow): string {
  const refusals = refusalsJson(
    key,
    'TUCHOI',
    refused.map(({ officer, code }) => ({ TAIKHOAN: officer, MA: code })),
  );
  return `{"LOAI":"${kind}","KHOA":${JSON.stringify(key)},"TIMTHAY":${isFound ? 1 : 0}${refusals}${content === '' ? '' : `,${content}`}}`;
}

function contents(rows: readonly AnswerRow[]): string[] {
  return rows.map(({ content }) => content);
}

function dateJson(rows: readonly AnswerRow[]): string {
  return `"THOIDIEM":"${dateOfRows(rows, AS_OF.land)}"`;
}

function failure(status: number, message: string): Answer {
  return fixedAnswer(status, { MALOI: String(status), THONGBAO: message });
}
