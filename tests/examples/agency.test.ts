import { afterAll, beforeAll, expect, it } from 'vitest';
import { askApplicant } from '../../examples/agency/ask-applicant.ts';
import { country, startTestGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

it('an agency application gets typed data, and the reason for what is missing', async () => {
  const [person] = country.people({});
  if (!person) throw new Error('nobody');
  const access = {
    url: `http://127.0.0.1:${gateway.gateway.port}/graphql`,
    token: gateway.token({ client: 'inspectorate', officer: 'le.van.an' }),
    purpose: 'inspection',
  };
  const { data, errors } = await askApplicant(access, 'H26-261121-0001', person.personalId);
  expect(errors).toEqual([]);
  expect(data?.citizen?.personalId).toBe(person.personalId);
  expect(data?.citizen?.permanentResidence?.communeCode).toMatch(/^\d{5}$/);
  const refused = await askApplicant({ ...access, purpose: 'nothing' }, 'H26-261121-0001', person.personalId);
  expect(refused).toMatchObject({ data: null, errors: [{ extensions: { code: 'PURPOSE_UNKNOWN' } }] });
});
