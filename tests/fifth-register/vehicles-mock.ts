import { z } from 'zod';
import type { AnswerRow } from '../../mocks/servers/answer.ts';
import { buildEndpoint } from '../../mocks/servers/endpoint.ts';
import { answerInquiry } from '../../mocks/registers/inquiry.ts';
import { bodyOf, fixedAnswer, hasBearer, jsonAnswer } from '../../mocks/registers/json-register.ts';
import { buildRefusals, type MockDescriptor } from '../../mocks/registers/register.ts';

export interface MockedVehicle {
  readonly plate: string;
  readonly registeredOn: string;
  readonly chassisNo: string;
  readonly ownerId: string;
}

const CREDENTIALS = { secret: 'test-only-vehicles-secret' };
const requestFormat = z.strictObject({
  requestId: z.string(),
  client: z.string(),
  purpose: z.string(),
  items: z.array(
    z.strictObject({
      kind: z.string(),
      key: z.string(),
      requesters: z.array(z.strictObject({ officer: z.string(), dossier: z.string() })),
    }),
  ),
});

/** A register of these vehicles: one route, answers by plate and by the owner's personal id. */
export function vehiclesMock(vehicles: readonly MockedVehicle[]): MockDescriptor {
  const read = (kind: string, key: string) => {
    const owned = vehicles.filter(({ ownerId }) => ownerId === key);
    const vehicle = vehicles.find(({ plate }) => plate === key);
    if (kind === 'vehicles.owned') {
      return { content: JSON.stringify({ soDinhDanh: key, bienSo: owned.map(({ plate }) => plate) }) };
    }
    return (
      vehicle && {
        content: JSON.stringify({
          bienSo: vehicle.plate,
          ngayDangKy: vehicle.registeredOn,
          soKhung: vehicle.chassisNo,
          soDinhDanhChuXe: vehicle.ownerId,
        }),
      }
    );
  };
  return {
    name: 'vehicles',
    credentials: CREDENTIALS,
    build: () => {
      const { refusalOf, setRefusalRule } = buildRefusals();
      const format = {
        emptyObject: '{}',
        wrongEnvelope: '{"rows":"none"}',
        breakRecord: (content: string) => content.replace(/"ngayDangKy":"[^"]*"/, '"ngayDangKy":0'),
        contentOf: (kind: string, key: string) => read(kind, key)?.content,
      };
      const endpoint = buildEndpoint(format, (request, log) => {
        if (!hasBearer(request, CREDENTIALS.secret)) return fixedAnswer(401, {});
        const asked = requestFormat.safeParse(bodyOf(request));
        if (!asked.success) return fixedAnswer(400, {});
        const inquiry = { ...asked.data, operation: 'traCuuTheoLo' };
        return jsonAnswer(200, answerInquiry(inquiry, log, read, refusalOf), written);
      });
      return { ...endpoint, setRefusalRule };
    },
  };
}

function written(rows: readonly AnswerRow[]): string {
  const texts = rows.map(
    ({ kind, key, content, refused }) =>
      `{"kind":"${kind}","key":"${key}","record":${content || 'null'},"refused":${JSON.stringify(refused)}}`,
  );
  return `{"asOf":"2026-11-01","rows":[${texts.join(',')}]}`;
}
