import type { Answer, AnswerRow } from '../../servers/answer.ts';
import type { CountryRegisters } from '../../country/country.ts';
import { AS_OF } from '../../country/reference.ts';
import { buildEndpoint } from '../../servers/endpoint.ts';
import type { MockRequest } from '../../servers/exchange.ts';
import { element, escapeXml } from '../xml.ts';
import { answerInquiry, dateOfRows, logInquiry, type RecordReader } from '../inquiry.ts';
import { cachedReader } from '../record-cache.ts';
import { hasShape } from '../wire-shapes.ts';
import { buildRefusals, type RegisterMock, type RegisterOffer } from '../register.ts';
import type { RegisterLog } from '../register-log.ts';
import { isGateway } from './authentication.ts';
import { citizenXml, householdXml } from './record-xml.ts';
import { type PopulationRequest, readPopulationRequest } from './request.ts';
import { matches } from './three-factors.ts';

const ENVELOPE = 'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"';
const COLLECTION = 'xmlns="http://www.mic.gov.vn/dancu/1.0"';
const CONTENT_TYPE = 'text/xml; charset=utf-8';

/** The population register: SOAP 1.1 at `/dancuquocgia` (REGISTERS.md, Population; the batch is modelled). */
export function buildPopulation(
  country: CountryRegisters,
  offer: RegisterOffer = 'batches-too',
): RegisterMock {
  const { refusalOf, setRefusalRule } = buildRefusals();
  const unchanged = cachedReader(recordReader(country));
  const protectedSince = new Set<string>();
  const read: RecordReader = (kind, key) => {
    const person = kind === 'CONG_DAN' && protectedSince.has(key) ? country.person(key) : undefined;
    if (person === undefined) return unchanged(kind, key);
    return { content: citizenXml({ ...person, isProtected: true }), asOf: person.asOf };
  };

  function answer(request: MockRequest, log: RegisterLog): Answer {
    if (request.path !== '/dancuquocgia' || request.method !== 'POST') return fault(404, 'Service not found');
    if (!isGateway(request, Date.now())) return fault(401, 'Authentication failed');
    let asked: PopulationRequest;
    try {
      asked = readPopulationRequest(request.body ?? '');
    } catch {
      return notDescribed();
    }
    if (asked.operation === 'TraCuuTheoLo' && offer === 'single-alone') return notDescribed();
    if (isUnlicensed(asked.inquiry.purpose)) {
      logInquiry(asked.inquiry, log);
      return fault(500, 'Procedure not licensed', '004');
    }
    const rows = answerInquiry(asked.inquiry, log, read, refusalOf);
    if (asked.operation === 'TraCuuTheoLo') {
      return ok(rows, (given) => batchXml(asked.inquiry.requestId, given));
    }
    const refused = rows[0]?.refused[0];
    if (refused !== undefined) return fault(500, 'Access refused', refused.code);
    const person = country.person(asked.inquiry.items[0]?.key ?? '');
    const isMatch = person !== undefined && matches(person, asked.factors);
    return asked.operation === 'XacThucThongTinCongDan'
      ? ok([], () => verdictXml(isMatch))
      : ok(isMatch ? rows : [], singleXml);
  }

  const format = {
    emptyObject: `<soapenv:Envelope ${ENVELOPE}><soapenv:Body/></soapenv:Envelope>`,
    wrongEnvelope: envelope(
      'TraCuuTheoLoResponse',
      `<CongdanCollection ${COLLECTION} SoCongDan="mot">khong co</CongdanCollection>`,
    ),
    breakRecord: (content: string) =>
      content
        .replace(/<HoVaTen><(?:Ho|Ten)>.*?<\/HoVaTen>/, '<HoVaTen><Ho><Ten><Ten>x</Ten></Ten></Ho></HoVaTen>')
        .replace(/<NgayThangNamSinh>.*?<\/NgayThangNamSinh>/, '<NgayThangNamSinh>hom qua</NgayThangNamSinh>')
        .replace(/<GioiTinh>.<\/GioiTinh>/, '<GioiTinh><Nam>1</Nam></GioiTinh>')
        .replace(/<ThuongTru>.*?<\/ThuongTru>/, '<ThuongTru>Ha Noi</ThuongTru>')
        .replaceAll(/<ThanhVien>.*?<\/ThanhVien>/g, '<ThanhVien>x</ThanhVien>'),
    contentOf: (kind: string, key: string) => read(kind, key)?.content,
  };
  const protect = (personalId: string): void => void protectedSince.add(personalId);
  return { ...buildEndpoint(format, answer, protect), setRefusalRule, protect };
}

function recordReader(country: CountryRegisters): RecordReader {
  return (kind, key) => {
    if (kind === 'CONG_DAN') {
      const person = country.person(key);
      return person && { content: citizenXml(person), asOf: person.asOf };
    }
    const household = country.household(key);
    return household && { content: householdXml(household), asOf: household.asOf };
  };
}

function batchXml(requestId: string, rows: readonly AnswerRow[]): string {
  return envelope(
    'TraCuuTheoLoResponse',
    element('MaYeuCau', requestId) + collectionXml(rows, rows.map(rowXml).join('')),
  );
}

function singleXml(rows: readonly AnswerRow[]): string {
  return envelope(
    'TraCuuThongTinCongDanResponse',
    collectionXml(rows, rows.map(({ content }) => content).join('')),
  );
}

function verdictXml(isMatch: boolean): string {
  return envelope(
    'XacThucThongTinCongDanResponse',
    `<KetQuaXacThuc><TonTai>${String(isMatch)}</TonTai></KetQuaXacThuc>`,
  );
}

function rowXml({ kind, key, isFound, refused, content }: AnswerRow): string {
  let refusals = '';
  for (const { officer, code } of refused) {
    refusals += `<TuChoi>${element('TaiKhoan', officer)}<Ma>${code}</Ma></TuChoi>`;
  }
  return `<Dong><Loai>${kind}</Loai><Khoa>${escapeXml(key)}</Khoa><TimThay>${String(isFound)}</TimThay>${refusals}${content}</Dong>`;
}

function collectionXml(rows: readonly AnswerRow[], content: string): string {
  const citizens = rows.filter((row) => row.kind === 'CONG_DAN' && row.isFound).length;
  const [first] = rows;
  const time = first !== undefined && hasShape(first.key, 'date-time') ? 'T08:30:00+07:00' : '';
  const date = `${dateOfRows(rows, AS_OF.population)}${time}`;
  return `<CongdanCollection ${COLLECTION} SoCongDan="${citizens}" ThoiDiemDuLieu="${date}" GhiChu="">${content}</CongdanCollection>`;
}

function envelope(operation: string, content: string): string {
  return `<soapenv:Envelope ${ENVELOPE}><soapenv:Body><${operation} xmlns="http://dancuquocgia.bca">${content}</${operation}></soapenv:Body></soapenv:Envelope>`;
}

function ok(rows: readonly AnswerRow[], render: Answer['render']): Answer {
  return { status: 200, contentType: CONTENT_TYPE, rows, render };
}

function notDescribed(): Answer {
  return fault(500, 'Request does not follow the service description');
}

/** Modelled: a procedure service code that begins with `unlicensed` stands for one that may not use the database. */
function isUnlicensed(purpose: string): boolean {
  return purpose.startsWith('unlicensed');
}

function fault(status: number, text: string, code = 'soap:Server'): Answer {
  const body = `<soapenv:Envelope ${ENVELOPE}><soapenv:Body><soapenv:Fault><faultcode>${code}</faultcode><faultstring>${text}</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>`;
  return { status, contentType: CONTENT_TYPE, rows: [], render: () => body };
}
