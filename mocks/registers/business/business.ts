import { z } from 'zod';

import type { Answer, AnswerRow } from '../../servers/answer.ts';
import type { CountryRegisters } from '../../country/country.ts';
import type { BusinessRecord } from '../../country/records.ts';
import { AS_OF } from '../../country/reference.ts';
import { DEMO_REGISTER_CREDENTIALS } from '../../demo-secrets.ts';
import { buildEndpoint } from '../../servers/endpoint.ts';
import { headerOf, type MockRequest } from '../../servers/exchange.ts';
import { enterpriseJson } from './enterprise-json.ts';
import { toDayMonthYear } from '../dates.ts';
import { answerInquiry, dateOfRows, MAX_ITEMS, type RecordReader } from '../inquiry.ts';
import { bodyOf, fixedAnswer, hasBearer, jsonAnswer, withWrongTypes } from '../json-register.ts';
import { cachedReader } from '../record-cache.ts';
import { loneListJson, refusalsJson, rowsJson } from '../wire-shapes.ts';
import { buildRefusals, type RegisterMock, type RegisterOffer } from '../register.ts';
import type { RegisterLog } from '../register-log.ts';

const BASE = '/apiCSDLDKDN/1.0';
const { secret } = DEMO_REGISTER_CREDENTIALS.business;

const filled = z.string().min(1);
const batchSchema = z.strictObject({
  MaYeuCau: filled,
  MaDonVi: filled,
  MucDich: filled,
  Items: z
    .array(
      z.strictObject({
        Kind: z.enum(['ENTERPRISE', 'PERSON']),
        Key: filled,
        Requesters: z.array(z.strictObject({ Account: filled, Dossier: z.string() })),
      }),
    )
    .min(1)
    .max(MAX_ITEMS),
});

/**
 * The business register: REST JSON behind the bus adapter (REGISTERS.md, Businesses; the batch is modelled).
 */
export function buildBusiness(country: CountryRegisters, offer: RegisterOffer = 'batches-too'): RegisterMock {
  const { refusalOf, setRefusalRule } = buildRefusals();
  const read = cachedReader(recordReader(country));

  function answer(request: MockRequest, log: RegisterLog): Answer {
    if (!hasBearer(request, secret)) return failure('Chưa xác thực', 401);
    const url = new URL(request.path, 'http://register.invalid');
    switch (`${request.method} ${url.pathname}`) {
      case `GET ${BASE}/chiTietDoanhNghiep`:
        return single(request, url.searchParams.get('msdn'), log);
      case `POST ${BASE}/traCuuTheoLo`:
        return offer === 'batches-too' ? batch(request, log) : noService();
      default:
        return noService();
    }
  }

  /** The public operation carries neither officer nor dossier: all the register can log is the request's id. */
  function single(request: MockRequest, code: string | null, log: RegisterLog): Answer {
    if (code === null || code === '') return failure('Thiếu tham số msdn');
    const inquiry = {
      requestId: headerOf(request, 'x-request-id'),
      client: '',
      purpose: '',
      operation: 'chiTietDoanhNghiep',
      items: [{ kind: 'ENTERPRISE', key: code, requesters: [] }],
    };
    const rows = answerInquiry(inquiry, log, read, refusalOf);
    if (rows[0]?.isFound !== true) return failure('Không tìm thấy doanh nghiệp');
    return jsonAnswer(200, rows, (given) => {
      const enterprise = given[0]?.content.slice('"Enterprise":'.length) ?? 'null';
      return `{"Data":${enterprise},"DataCount":${given.length},"Status":"1","Message":""}`;
    });
  }

  function batch(request: MockRequest, log: RegisterLog): Answer {
    const asked = batchSchema.safeParse(bodyOf(request));
    if (!asked.success) return failure('Yêu cầu không đúng định dạng');
    const { MaYeuCau, MaDonVi, MucDich, Items } = asked.data;
    const inquiry = {
      requestId: MaYeuCau,
      client: MaDonVi,
      purpose: MucDich,
      operation: 'traCuuTheoLo',
      items: Items.map(({ Kind, Key, Requesters }) => ({
        kind: Kind,
        key: Key,
        requesters: Requesters.map(({ Account, Dossier }) => ({ officer: Account, dossier: Dossier })),
      })),
    };
    return jsonAnswer(200, answerInquiry(inquiry, log, read, refusalOf), batchJson);
  }

  const format = {
    emptyObject: '{}',
    wrongEnvelope: '{"Status":"1","Message":"","DataCount":"nhieu","AsOf":20261120,"Data":"khong co"}',
    breakRecord: (content: string) =>
      withWrongTypes(`{${content}}`, {
        NAME: 42,
        ENTERPRISE_STATUS: { code: 1 },
        Representatives: 'Nguyễn Văn A',
        Member: 'khong ro',
      }).slice(1, -1),
    contentOf: (kind: string, key: string) => read(kind, key)?.content,
  };
  return { ...buildEndpoint(format, answer), setRefusalRule };
}

/** A row's content is the property that follows `Found`, name included. */
function recordReader(country: CountryRegisters): RecordReader {
  return (kind, key) => {
    if (kind === 'ENTERPRISE') {
      const business = country.business(key);
      return business && { content: `"Enterprise":${enterpriseJson(business)}`, asOf: business.asOf };
    }
    const businesses = country
      .businessesOf(key)
      .map((code) => country.business(code))
      .filter((business): business is BusinessRecord => business !== undefined);
    const oldest = businesses.map(({ asOf }) => asOf).sort()[0];
    return {
      content: `"Enterprises":${loneListJson(key, businesses.map(enterpriseJson))}`,
      ...(oldest === undefined ? {} : { asOf: oldest }),
    };
  };
}

function batchJson(rows: readonly AnswerRow[]): string {
  const date = toDayMonthYear(dateOfRows(rows, AS_OF.business));
  return `{"Status":"1","Message":"","DataCount":${rows.length},"AsOf":"${date}","Data":${rowsJson(
    rows.map(({ key }) => key),
    rows.map(rowJson),
  )}}`;
}

function rowJson({ kind, key, isFound, refused, content }: AnswerRow): string {
  const refusals = refusalsJson(
    key,
    'Refused',
    refused.map(({ officer, code }) => ({ Account: officer, Code: code })),
  );
  return `{"Kind":"${kind}","Key":${JSON.stringify(key)},"Found":"${isFound ? 1 : 0}"${refusals}${content === '' ? '' : `,${content}`}}`;
}

function noService(): Answer {
  return failure('Không có dịch vụ', 404);
}

/** Status "0" with HTTP 200 is this register's way; only the adapter in front of it uses HTTP statuses. */
function failure(message: string, status = 200): Answer {
  return fixedAnswer(status, { Status: '0', Message: message, DataCount: 0, Data: [] });
}
