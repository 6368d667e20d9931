import { describe, expect, test } from 'vitest';

import { buildMocks } from '../../mocks/build-mocks.ts';
import { ConnectionDropped } from '../../mocks/servers/exchange.ts';
import type { MockRequest } from '../../mocks/servers/exchange.ts';
import type { Fault } from '../../mocks/servers/faults.ts';
import type { RegisterMock } from '../../mocks/registers/register.ts';
import { BINH, fixtureCountry, LAN, NOBODY, parcel } from './fixture-country.ts';
import { businessBatch, civilStatusBatch, landBatch, parseXml, populationBatch } from './register-calls.ts';

type Row = Readonly<Record<string, unknown>>;

interface Case {
  readonly register: RegisterMock;
  readonly ask: (keys: readonly string[]) => MockRequest;
  /** The answer's rows as a reader of the format sees them. */
  readonly rowsOf: (body: string) => readonly Row[];
  /** Name of the key in a row. */
  readonly key: string;
}

interface SoapAnswer {
  readonly Envelope: {
    readonly Body: {
      readonly TraCuuTheoLoResponse: { readonly CongdanCollection: { readonly Dong?: readonly Row[] } };
    };
  };
}

function cases(): readonly (readonly [string, Case])[] {
  const { population, business, 'civil-status': civilStatus, land } = buildMocks(fixtureCountry).registers;
  const json = (list: string) => (body: string) =>
    (JSON.parse(body) as Record<string, readonly Row[]>)[list] ?? [];
  return [
    [
      'population',
      {
        register: population,
        ask: (keys) => populationBatch(keys.map((key) => ({ kind: 'CONG_DAN', key }))),
        rowsOf: (body) =>
          (parseXml(body) as SoapAnswer).Envelope.Body.TraCuuTheoLoResponse.CongdanCollection.Dong ?? [],
        key: 'Khoa',
      },
    ],
    [
      'business',
      {
        register: business,
        ask: (keys) => businessBatch(keys.map((key) => ({ kind: 'PERSON', key }))),
        rowsOf: json('Data'),
        key: 'Key',
      },
    ],
    [
      'civil status',
      {
        register: civilStatus,
        ask: (keys) => civilStatusBatch(keys.map((key) => ({ key }))),
        rowsOf: json('dsKetQua'),
        key: 'soDinhDanh',
      },
    ],
    [
      'land',
      {
        register: land,
        ask: (keys) => landBatch(keys.map((key) => ({ kind: 'CHU_SU_DUNG', key }))),
        rowsOf: json('KETQUA'),
        key: 'KHOA',
      },
    ],
  ];
}

const KEYS = [BINH, LAN, NOBODY];

describe.each(cases())('%s', (_, { register, ask, rowsOf, key: keyName }) => {
  const keysOf = (body: string) => rowsOf(body).map((row) => row[keyName]);

  async function spoilt(...faults: readonly Fault[]) {
    register.faults.set(...faults);
    try {
      return await register.handle(ask(KEYS));
    } finally {
      register.faults.clear();
    }
  }

  test.each<[Fault, readonly string[]]>([
    [{ fault: 'reorder' }, [NOBODY, LAN, BINH]],
    [{ fault: 'omit-row' }, [LAN, NOBODY]],
    [{ fault: 'omit-row', key: LAN }, [BINH, NOBODY]],
    [{ fault: 'double-row', key: LAN }, [BINH, LAN, NOBODY, LAN]],
    [{ fault: 'stray-row' }, [BINH, LAN, NOBODY, [...BINH].toReversed().join('')]],
    [{ fault: 'stray-row', otherKey: '001' }, [BINH, LAN, NOBODY, '001']],
    [{ fault: 'no-rows' }, []],
  ])('%j changes the rows', async (fault, keys) => {
    const answer = await spoilt(fault);
    expect(answer.status).toBe(200);
    expect(keysOf(answer.body)).toEqual(keys);
  });

  test('swap-row puts another record under the key that was asked', async () => {
    const [honest, other, absent] = rowsOf((await register.handle(ask(KEYS))).body);
    const answer = await spoilt({ fault: 'swap-row', key: BINH, otherKey: LAN });
    const swapped = rowsOf(answer.body);
    expect(swapped).toEqual([{ ...other, [keyName]: BINH }, other, absent]);
    expect(swapped[0]).not.toEqual(honest);
    // Without a key: the first row that has a record takes the next one's.
    expect(rowsOf((await spoilt({ fault: 'swap-row' })).body)[0]).toEqual({ ...other, [keyName]: BINH });
  });

  test('a broken shape is still valid syntax; a cut body is not', async () => {
    const read = (body: string): unknown => (body.startsWith('<') ? parseXml(body) : JSON.parse(body));
    const honest = (await register.handle(ask(KEYS))).body;
    for (const fault of [
      { fault: 'wrong-shape' },
      { fault: 'wrong-shape', where: 'envelope' },
      { fault: 'empty-object' },
    ] as const) {
      const { body } = await spoilt(fault);
      expect(body).not.toBe(honest);
      expect(() => read(body)).not.toThrow();
    }
    const { body } = await spoilt({ fault: 'cut' });
    expect(honest.startsWith(body)).toBe(true);
    expect(body.length).toBe(Math.floor(honest.length / 2));
    expect((await spoilt({ fault: 'empty-array' })).body).toBe('[]');
  });

  test('an error page, a dropped connection, a delay, silence', async () => {
    expect(await spoilt({ fault: 'status', status: 503 })).toMatchObject({
      status: 503,
      body: expect.stringContaining('<html>'),
    });
    await expect(spoilt({ fault: 'drop' })).rejects.toBeInstanceOf(ConnectionDropped);
    const start = performance.now();
    expect((await spoilt({ fault: 'delay', ms: 50 })).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThanOrEqual(45);
    register.faults.set({ fault: 'hang', times: 1 });
    const settled = await Promise.race([
      register.handle(ask(KEYS)).then(() => 'answered'),
      new Promise((resolve) => setTimeout(resolve, 50, 'silent')),
    ]);
    expect(settled).toBe('silent');
  });

  test('times and onlyWithKey', async () => {
    register.faults.set({ fault: 'no-rows', times: 2, onlyWithKey: LAN });
    const seen: number[] = [];
    for (const keys of [[BINH], [BINH, LAN], [LAN], [LAN]]) {
      seen.push(keysOf((await register.handle(ask(keys))).body).length);
    }
    expect(seen).toEqual([1, 0, 0, 1]);
  });

  test('several faults apply together', async () => {
    const answer = await spoilt({ fault: 'omit-row', key: LAN }, { fault: 'reorder' });
    expect(keysOf(answer.body)).toEqual([NOBODY, BINH]);
  });

  test('over HTTP: set, replaced, cleared, refused', async () => {
    const put = (body: string) => register.handle({ method: 'PUT', path: '/_faults', headers: {}, body });
    expect((await put('[{"fault":"no-rows"}]')).status).toBe(204);
    expect(keysOf((await register.handle(ask(KEYS))).body)).toEqual([]);
    expect((await put('{"fault":"reorder"}')).status).toBe(204);
    expect(keysOf((await register.handle(ask(KEYS))).body)).toEqual(KEYS.toReversed());
    for (const bad of ['', '{}', '{"fault":"fire"}', '{"fault":"delay"}', '[{"fault":"cut","times":0}]']) {
      expect((await put(bad)).status).toBe(400);
    }
    await register.handle({ method: 'DELETE', path: '/_faults', headers: {} });
    expect(keysOf((await register.handle(ask(KEYS))).body)).toEqual(KEYS);
  });
});

test('wrong-shape really has wrong types where readers look', async () => {
  const { population, business, 'civil-status': civilStatus, land } = buildMocks(fixtureCountry).registers;
  for (const register of [population, business, civilStatus, land])
    register.faults.set({ fault: 'wrong-shape' });
  const citizen = await population.handle(populationBatch([{ kind: 'CONG_DAN', key: BINH }]));
  expect(citizen.body).toContain('<NgayThangNamSinh>hom qua</NgayThangNamSinh>');
  expect(citizen.body).toContain(`<SoDinhDanh>${BINH}</SoDinhDanh>`);
  const shop = await business.handle(businessBatch([{ kind: 'PERSON', key: BINH }]));
  expect(shop.body).toContain('"NAME":42');
  expect(shop.body).toContain('"Member":"khong ro"');
  const event = await civilStatus.handle(civilStatusBatch([{ key: BINH }]));
  expect(event.body).toContain('<ngayDangKy>hom qua</ngayDangKy>');
  const plot = await land.handle(landBatch([{ kind: 'THUA_DAT', key: parcel.parcelId }]));
  expect(plot.body).toContain('"DIENTICH":"rong"');
});

test('a fault that cannot be applied is a failing test, not a silent pass', async () => {
  const { population } = buildMocks(fixtureCountry).registers;
  population.faults.set({ fault: 'swap-row' });
  await expect(population.handle(populationBatch([{ kind: 'CONG_DAN', key: BINH }]))).rejects.toThrow(
    'swap-row',
  );
});
