import type { FastifyInstance } from 'fastify';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { html } from '../../examples/portal/html.ts';
import { buildPortal } from '../../examples/portal/portal.ts';
import type { FilledFormQuery } from '../../examples/portal/operations.ts';
import { buildMswMocks } from '../../mocks/msw.ts';
import { country } from '../support/gateway.ts';

/** The sample portal against Mock Service Worker: the identity provider is the demo's, the gateway's answers are written here. */

const GATEWAY = 'http://gateway.mock.invalid/graphql';
const mocks = buildMswMocks({ country });
const [AN] = country.people();
const CITIZEN = { personalId: AN?.personalId ?? '', name: AN?.name.full ?? '' };

const FIELD = {
  key: 'ho_ten',
  row: null,
  label: 'Họ tên',
  type: 'text',
  party: 'applicant',
  value: null,
  source: null,
  isEditable: true,
  editingNote: null,
  absence: null,
  candidates: null,
  retryAfter: null,
};
const SOURCE = {
  register: 'population',
  authority: 'CSDL dân cư',
  recordNo: '12',
  recordDate: '2026-02-01',
  asOf: null,
};
const FORM: FilledFormQuery['prefill'] = {
  procedure: '1.004222',
  name: 'Đăng ký thường trú',
  fields: [
    { ...FIELD, value: '<script>alert(1)</script>', isEditable: false, source: SOURCE },
    { ...FIELD, key: 'gioi_tinh', label: 'Giới tính', value: 'FEMALE', isEditable: false, source: SOURCE },
    {
      ...FIELD,
      key: 'email',
      label: 'Email',
      value: 'an@example.vn',
      source: SOURCE,
      editingNote: 'Có thể sửa.',
    },
    { ...FIELD, key: 'thua', label: 'Thửa', absence: 'AMBIGUOUS', candidates: ['Thửa 1', 'Thửa 2'] },
    { ...FIELD, key: 'con', label: 'Con', absence: 'SOURCE_UNAVAILABLE', retryAfter: 30 },
  ],
  components: [{ name: 'Giấy khai sinh', state: 'NEEDED', reason: 'Không có dữ liệu.', basis: 'NĐ 1' }],
  contradictions: [
    {
      fact: 'Ngày sinh',
      values: [
        { register: 'population', value: '1990-01-02', recordDate: null },
        { register: 'civil-status', value: '1990-02-01', recordDate: '1990-02-05' },
      ],
      prevails: 'civil-status',
      correctedBy: '1.010039',
    },
  ],
};

interface Asked {
  readonly variables: { readonly procedure?: string; readonly parties?: readonly object[] };
  readonly authorization: string | null;
}
const asked: Asked[] = [];
let refusal: string | null = null;
const server = setupServer(
  ...mocks.handlers,
  http.post(GATEWAY, async ({ request }) => {
    const { query, variables } = (await request.json()) as { query: string; variables: Asked['variables'] };
    asked.push({ variables, authorization: request.headers.get('authorization') });
    if (refusal !== null) {
      return HttpResponse.json(
        { errors: [{ message: 'x', extensions: { code: refusal } }] },
        { status: 503 },
      );
    }
    const own = {
      name: { full: CITIZEN.name },
      landParcels: [{ id: 'w7epxsheyytd', address: 'Thửa 1' }],
      businesses: [],
    };
    return HttpResponse.json({ data: query.includes('prefill') ? { prefill: FORM } : { citizen: own } });
  }),
);

let portal: FastifyInstance;
let cookie = '';
let page = '';
const formKey = (): string => /name="form_key"\s+value="([^"]+)"/.exec(page)?.[1] ?? '';
const post = (url: string, fields: Record<string, string>, headers: Record<string, string> = { cookie }) =>
  portal.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(fields).toString(),
  });

beforeAll(async () => {
  server.listen({ onUnhandledFrame: 'error' });
  portal = buildPortal({
    gatewayUrl: GATEWAY,
    identityUrl: mocks.urls.identityProvider,
    clientId: 'dvc-portal',
    citizens: [CITIZEN],
    tokenOf: (sub) => mocks.identityProvider.mintToken({ clientId: 'vneid', sub }),
  });
  const signedIn = await post('/sign-in', { citizen: CITIZEN.personalId }, {});
  cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? '';
});
beforeEach(async () => {
  refusal = null;
  asked.length = 0;
  page = (await portal.inject({ url: '/forms/1.004222', headers: { cookie } })).body;
});
afterAll(async () => {
  await portal.close();
  server.close();
});

describe('the form', () => {
  test('shows each value with its source, locked or to be edited, and codes as words', () => {
    expect(page).toContain('CSDL dân cư, số 12, ngày 01/02/2026');
    expect(page).toMatch(/value="Nữ"[^>]*readonly/);
    expect(page).toMatch(/value="an@example.vn"(?![^>]*readonly)/);
    expect(page).toContain('Có thể sửa.');
  });

  test('says why a field is empty, and lets one of several values be chosen', () => {
    expect(page).toContain('tạm thời không trả lời');
    expect(page).toMatch(/<option value="Thửa 2">/);
  });

  test('shows contradictions with the correcting procedure, and what paper is still needed', () => {
    expect(page).toMatch(/02\/01\/1990[^]*01\/02\/1990[^]*hộ tịch[^]*1\.010039/);
    expect(page).toMatch(/Giấy khai sinh[^]*Còn phải nộp[^]*Không có dữ liệu\./);
  });

  test('escapes whatever a register holds', () => {
    expect(page).not.toContain('<script>');
    expect(html`${['<a>', 1, false, null]}`.text).toBe('&lt;a&gt;1');
  });

  test('is asked with the exchanged token, which the browser never sees', () => {
    const token = asked[0]?.authorization?.replace('Bearer ', '') ?? '';
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;
    expect(claims).toMatchObject({
      client_id: 'dvc-portal',
      sub: CITIZEN.personalId,
      act: { sub: 'dvc-portal' },
    });
    expect(page).not.toContain(token);
  });

  test('is filled again with the parties that the citizen names, in the body alone', async () => {
    await post('/forms/1.004222', { form_key: formKey(), dwelling: 'w7epxsheyytd', head: ' 001190912345 ' });
    expect(asked.flatMap(({ variables }) => variables.parties ?? [])).toEqual([
      { role: 'head', personalId: '001190912345' },
      { role: 'dwelling', landParcelId: 'w7epxsheyytd' },
    ]);
  });
});

test('locked values of the review come from the registers, not from the browser', async () => {
  const { body } = await post('/forms/1.004222/review', {
    form_key: formKey(),
    'applicant gioi_tinh ': 'Nam',
    'applicant email ': 'b@example.vn',
  });
  expect(body).toContain('<td>Nữ</td>');
  expect(body).toContain('<td>b@example.vn</td>');
});

test.each([['another site', { 'sec-fetch-site': 'cross-site' }]])(
  'nobody is signed in by %s',
  async (_who, headers) => {
    expect((await post('/sign-in', { citizen: CITIZEN.personalId }, headers)).statusCode).toBe(403);
  },
);

test('nobody signs in as a citizen who is not offered, and no form is sent without its key', async () => {
  expect((await post('/sign-in', { citizen: '001190000000' }, {})).statusCode).toBe(403);
  expect((await post('/forms/1.004222/review', { form_key: 'x' })).statusCode).toBe(403);
  expect((await portal.inject({ url: '/forms/1.004222' })).statusCode).toBe(303);
});

test('a refusal of the gateway is a page with its code, in Vietnamese', async () => {
  refusal = 'OVERLOADED';
  const answer = await portal.inject({ url: '/forms/1.004222', headers: { cookie } });
  expect([answer.statusCode, answer.body.includes('OVERLOADED')]).toEqual([503, true]);
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
});

test('a session that has ended opens nothing', async () => {
  const out = await post('/sign-out', { form_key: formKey() });
  expect(String(out.headers['set-cookie'])).toContain('Max-Age=0');
  expect((await portal.inject({ url: '/forms/1.004222', headers: { cookie } })).statusCode).toBe(303);
});
