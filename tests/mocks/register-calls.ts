import { createHash } from 'node:crypto';

import { XMLParser } from 'fast-xml-parser';

import { DEMO_REGISTER_CREDENTIALS } from '../../mocks/demo-secrets.ts';
import type { MockRequest } from '../../mocks/servers/exchange.ts';
import { BINH } from './fixture-country.ts';

/** Requests as WIRE.md describes them, written without the gateway's connectors: two readings of one text. */
export interface Asked {
  readonly kind: string;
  readonly key: string;
  readonly askers?: readonly (readonly [officer: string, dossier: string])[];
}

const ASKERS = [['officer.an', 'H26-261121-0001']] as const;
export const REQUEST_ID = '0b9d3f4e-6f0e-4e0e-9b1c-2f6c3f5f7a11';

export function populationHeaders(timestamp = Date.now(), path = '/dancuquocgia'): Record<string, string> {
  const { user, secret, apiKey } = DEMO_REGISTER_CREDENTIALS.population;
  const digest = createHash('sha256').update(`${path}${user}${timestamp}${secret}`).digest('hex');
  return {
    'Content-Type': 'text/xml; charset=utf-8',
    SOAPAction: '""',
    'X-Road-Client': 'VN/GOV/gateway',
    ApiKey: apiKey,
    Timestamp: String(timestamp),
    Authorization: `Basic ${Buffer.from(`${user}:${digest}`).toString('base64')}`,
  };
}

export function soap(operation: string, content: string): string {
  return `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:dc="http://dancuquocgia.bca"><soapenv:Body>\n<dc:${operation}>${content}</dc:${operation}>\n</soapenv:Body></soapenv:Envelope>`;
}

export function populationBatch(items: readonly Asked[]): MockRequest {
  const rows = items.map(({ kind, key, askers = ASKERS }) => {
    const requesters = askers.map(
      ([officer, dossier]) =>
        `<dc:NguoiHoi><dc:TaiKhoan>${officer}</dc:TaiKhoan><dc:MaHoSo>${dossier}</dc:MaHoSo></dc:NguoiHoi>`,
    );
    return `<dc:Muc><dc:Loai>${kind}</dc:Loai><dc:Khoa>${key}</dc:Khoa>${requesters.join('')}</dc:Muc>`;
  });
  const head = `<dc:MaYeuCau>${REQUEST_ID}</dc:MaYeuCau><dc:MaDVC>inspection</dc:MaDVC><dc:MaTichHop>037</dc:MaTichHop><dc:MaDonVi>inspectorate</dc:MaDonVi>`;
  return populationCall(soap('TraCuuTheoLo', `\n${head}\n${rows.join('\n')}`));
}

export function populationCall(body: string): MockRequest {
  return { method: 'POST', path: '/dancuquocgia', headers: populationHeaders(), body };
}

function post(path: string, secret: string, body: unknown): MockRequest {
  return {
    method: 'POST',
    path,
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${secret}`,
      'X-Request-Id': REQUEST_ID,
    },
    body: JSON.stringify(body),
  };
}

export function businessBatch(items: readonly Asked[]): MockRequest {
  return post('/apiCSDLDKDN/1.0/traCuuTheoLo', DEMO_REGISTER_CREDENTIALS.business.secret, {
    MaYeuCau: REQUEST_ID,
    MaDonVi: 'inspectorate',
    MucDich: 'inspection',
    Items: items.map(({ kind, key, askers = ASKERS }) => ({
      Kind: kind,
      Key: key,
      Requesters: askers.map(([Account, Dossier]) => ({ Account, Dossier })),
    })),
  });
}

export function civilStatusBatch(items: readonly Omit<Asked, 'kind'>[]): MockRequest {
  return civilStatusCall('traCuuTheoLo', {
    maYeuCau: REQUEST_ID,
    maDonVi: 'inspectorate',
    mucDich: 'inspection',
    dsMuc: items.map(({ key, askers = ASKERS }) => ({
      soDinhDanh: key,
      nguoiHoi: askers.map(([taiKhoan, maHoSo]) => ({ taiKhoan, maHoSo })),
    })),
  });
}

export function civilStatusCall(operation: string, body: unknown): MockRequest {
  return post(`/apiHoTichTuPhap/${operation}`, DEMO_REGISTER_CREDENTIALS['civil-status'].secret, body);
}

export function landBatch(items: readonly Asked[]): MockRequest {
  return post('/land/1.0/traCuuTheoLo', DEMO_REGISTER_CREDENTIALS.land.secret, {
    MAYEUCAU: REQUEST_ID,
    MADONVI: 'inspectorate',
    MUCDICH: 'inspection',
    DANHSACH: items.map(({ kind, key, askers = ASKERS }) => ({
      LOAI: kind,
      KHOA: key,
      NGUOIHOI: askers.map(([TAIKHOAN, MAHOSO]) => ({ TAIKHOAN, MAHOSO })),
    })),
  });
}

export function dossierCall(body: unknown): MockRequest {
  return post('/hoSo/traCuu', DEMO_REGISTER_CREDENTIALS.dossier.secret, body);
}

export function get(path: string, secret: string): MockRequest {
  return { method: 'GET', path, headers: { authorization: `Bearer ${secret}`, 'x-request-id': REQUEST_ID } };
}

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  isArray: (name) => ['Dong', 'ThanhVien', 'TuChoi', 'hoso'].includes(name),
});

/** The tree of a third-party reader. */
export function parseXml(text: string): unknown {
  return parser.parse(text);
}

/** One person of the fixture, asked of each register. A call to the population register is signed with its time, so that it is made anew. */
export const CALLS_ABOUT_BINH = {
  get population() {
    return populationBatch([{ kind: 'CONG_DAN', key: BINH }]);
  },
  business: businessBatch([{ kind: 'PERSON', key: BINH }]),
  'civil-status': civilStatusBatch([{ key: BINH }]),
  land: landBatch([{ kind: 'CHU_SU_DUNG', key: BINH }]),
};
