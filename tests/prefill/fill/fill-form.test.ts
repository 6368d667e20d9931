import { describe, expect, test } from 'vitest';
import { composeSchema } from '../../../src/plan/schema/compose-schema.ts';
import { readGrant } from '../../../src/policy/grant/grant.ts';
import { readSchemaSources } from '../../../src/plan/schema/subschemas.ts';
import { readFieldFacts } from '../../../src/sources/field-facts.ts';
import { expandForm, type FormCaller } from '../../../src/prefill/expand/expand-form.ts';
import type { FillContext } from '../../../src/prefill/fill/field-result.ts';
import { fillForm } from '../../../src/prefill/fill/fill-form.ts';
import type { Procedure, ProcedureField, ProcedureParty } from '../../../src/prefill/procedures/procedure.ts';
import type { PrefilledField } from '../../../src/prefill/fill/prefilled-form.ts';

const AN = '001190912345';
const BINH = '001192954321';
const CHI = '001315900001';
const schema = composeSchema();
const { facts } = readFieldFacts(readSchemaSources());
const CONTEXT: FillContext = {
  authorities: new Map(),
  asOf: new Map(),
  freshness: 'LIVE',
  today: '2026-11-30',
};

function field(key: string, party: string, ...path: string[]): ProcedureField {
  return {
    key,
    label: key,
    type: 'text',
    form: 'form',
    party,
    source: path.length > 0 ? 'population' : 'applicant',
    path,
    document: null,
    isPrefilled: path.length > 0,
    isEditable: false,
    note: null,
    mark: 'V',
  };
}

function procedure(
  fields: readonly ProcedureField[],
  relations: Readonly<Record<string, ProcedureParty['relation']>>,
): Procedure {
  return {
    code: '1.000000',
    name: 'Thủ tục',
    categories: [],
    handledBy: [],
    promulgatedBy: '',
    forms: [{ name: 'form', instrument: '' }],
    parties: Object.entries(relations).map(([role, relation]) => ({ role, kind: 'person', relation })),
    fields: [...fields],
    components: [],
  };
}

const GRANT = `query($id: ID!) { citizen(personalId: $id) { personalId name { full } sex birthDate oldIdNumbers relatives { relation name }
  household { members { name relationToHead person { personalId name { full } } } }
  birth { mother { personalId name { full } } father { personalId name { full } } }
  marriages { entryNo registeredOn endedOn spouse { personalId name { full } birthDate } }
  landParcels { id area } businesses { code name { vi } } } }`;

function callerOf(
  parties: readonly { role: string; personalId: string }[] = [],
  direct: readonly string[] = [],
): FormCaller {
  const { grant } = readGrant(schema, facts, GRANT, new Set(['BASIC', 'SENSITIVE', 'NON_PERSONAL']));
  return {
    applicant: AN,
    parties: parties.map((one) => ({ ...one, businessCode: null, landParcelId: null })),
    askedDirectly: new Set(direct),
    grant,
  };
}

type Errors = Parameters<typeof fillForm>[1]['errors'];

function fill(
  form: Procedure,
  caller: FormCaller,
  applicant: object | null,
  errors: Errors = [],
  more: object = {},
) {
  const expansion = expandForm(schema, form, caller);
  return fillForm(expansion, { data: { applicant, ...more }, errors }, CONTEXT);
}

function told(one: PrefilledField | undefined) {
  return one && (one.absence ?? one.value);
}

describe('the expanded operation', () => {
  test('asks for the applicant, and for everybody who is named', () => {
    const form = procedure([field('ten', 'applicant', 'Citizen.name.full')], { applicant: 'applicant' });
    const { source, variables } = expandForm(schema, form, callerOf([{ role: 'spouse', personalId: BINH }]));
    expect(source).toBe(
      'query Prefill($applicant: ID!, $party1: ID!) { applicant: citizen(personalId: $applicant) ' +
        '{ name { full } personalId sex } party1: citizen(personalId: $party1) { personalId } }',
    );
    expect(variables).toEqual({ applicant: AN, party1: BINH });
  });

  test('holds nothing that the grant does not hold', () => {
    const form = procedure([field('ton_giao', 'applicant', 'Citizen.religion')], { applicant: 'applicant' });
    expect(expandForm(schema, form, callerOf()).source).not.toContain('religion');
    expect(fill(form, callerOf(), { personalId: AN }).fields.map(told)).toEqual(['NOT_GRANTED']);
  });
});

describe('a field', () => {
  const form = procedure([field('ten', 'applicant', 'Citizen.name.full'), field('ly_do', 'applicant')], {
    applicant: 'applicant',
  });

  test('has its value and where it comes from, or who provides it', () => {
    const { fields } = fill(form, callerOf(), { personalId: AN, name: { full: 'Nguyễn Văn An' } });
    expect(fields.map(told)).toEqual(['Nguyễn Văn An', 'APPLICANT_PROVIDES']);
    expect(fields[0]?.source).toMatchObject({
      register: 'population',
      coordinate: 'Citizen.name.full',
      freshness: 'LIVE',
    });
    expect(fields[0]?.isEditable).toBe(false);
  });

  test.each<[string, object | null, Errors, string]>([
    ['nobody', null, [], 'NO_RECORD'],
    [
      'a register that is down',
      null,
      [{ code: 'SOURCE_UNAVAILABLE', path: ['applicant'] }],
      'SOURCE_UNAVAILABLE',
    ],
    [
      'a field that is not there',
      { name: null },
      [{ code: 'SOURCE_TIMEOUT', path: ['applicant', 'name'] }],
      'SOURCE_UNAVAILABLE',
    ],
    ['a denied row', null, [{ code: 'ROW_DENIED', path: ['applicant'] }], 'NO_RECORD'],
    ['an empty text', { name: { full: '' } }, [], 'NO_RECORD'],
    [
      'a fault elsewhere',
      { name: null },
      [{ code: 'SOURCE_TIMEOUT', path: ['applicant', 'birth'] }],
      'NO_RECORD',
    ],
  ])('of %s has one absence', (_what, applicant, errors, wanted) => {
    expect(told(fill(form, callerOf(), applicant, errors).fields[0])).toBe(wanted);
  });
});

describe('a spouse', () => {
  const form = procedure([field('ten_vo', 'wife', 'Citizen.name.full')], { wife: 'spouse' });
  const wed = (...spouses: readonly string[]) => ({
    personalId: AN,
    marriages: spouses.map((personalId) => ({
      endedOn: null,
      spouse: { personalId, name: { full: `Tên ${personalId}` } },
    })),
  });

  test('is found by the register', () => {
    expect(told(fill(form, callerOf(), wed(BINH)).fields[0])).toBe(`Tên ${BINH}`);
  });

  test('of a marriage that has ended is none, nor one of a marriage of which that is not known', () => {
    const ended = wed(BINH).marriages.map((marriage) => ({ ...marriage, endedOn: '2020-01-01' }));
    const unknown = wed(BINH).marriages.map(({ spouse }) => ({ spouse }));
    expect(
      [ended, unknown].map((marriages) =>
        told(fill(form, callerOf(), { personalId: AN, marriages }).fields[0]),
      ),
    ).toEqual(['NO_RECORD', 'NO_RECORD']);
  });

  test('who is named is one of those whom the register knows', () => {
    const named = callerOf([{ role: 'wife', personalId: BINH }]);
    expect(told(fill(form, named, wed(CHI, BINH)).fields[0])).toBe(`Tên ${BINH}`);
  });

  test('who is a stranger fills nothing', () => {
    const named = callerOf([{ role: 'wife', personalId: '001999999999' }]);
    expect(told(fill(form, named, wed(BINH), [], { party1: { name: { full: 'Người lạ' } } }).fields[0])).toBe(
      'NO_RECORD',
    );
  });

  test('who has confirmed is filled by the own record', () => {
    const named = callerOf([{ role: 'wife', personalId: CHI }], [CHI]);
    expect(told(fill(form, named, wed(), [], { party1: { name: { full: 'Chị Chi' } } }).fields[0])).toBe(
      'Chị Chi',
    );
  });

  test('of whom there are two is the applicant’s to choose', () => {
    const [one] = fill(form, callerOf(), wed(BINH, CHI)).fields;
    expect(one).toMatchObject({
      absence: 'AMBIGUOUS',
      candidates: [`Tên ${BINH}`, `Tên ${CHI}`],
      value: null,
    });
  });
});

test.each([
  ['applicant', 'ho_ten_cha', 'Ông Cha'],
  ['applicant', 'me', 'Bà Mẹ'],
  ['mother', 'ho_ten', 'Bà Mẹ'],
  ['spouse', 'ho_ten', 'Bà Vợ'],
  ['applicant', 'cha_me', 'AMBIGUOUS'],
])('of the relatives a field of %s called %s means one: %s', (party, key, wanted) => {
  const form = procedure([field(key, party, 'Citizen.relatives.name')], { [party]: 'applicant' });
  const relatives = [
    { relation: 'FATHER', name: 'Ông Cha' },
    { relation: 'MOTHER', name: 'Bà Mẹ' },
    { relation: 'SPOUSE', name: 'Bà Vợ' },
  ];
  expect(told(fill(form, callerOf(), { personalId: AN, relatives }).fields[0])).toBe(wanted);
});

test('rows of the household leave out the applicant, and a hidden member without a mark', () => {
  const form = procedure(
    [
      field('thanh_vien[].ten', 'member', 'Citizen.household.members.person', 'Citizen.name.full'),
      field('thanh_vien[].quan_he', 'member', 'Citizen.household.members.relationToHead'),
    ],
    { member: 'household' },
  );
  const members = [
    { relationToHead: 'Chủ hộ', person: { personalId: AN, name: { full: 'An' } } },
    { relationToHead: 'Vợ', person: { personalId: BINH, name: { full: 'Bình' } } },
    { relationToHead: 'Con', person: { personalId: CHI, name: { full: 'Chi' } } },
  ];
  const { fields } = fill(form, callerOf(), { personalId: AN, household: { members } });
  expect(fields.map(({ key, row, value }) => [key, row, value])).toEqual([
    ['thanh_vien[].ten', 0, 'Bình'],
    ['thanh_vien[].ten', 1, 'Chi'],
    ['thanh_vien[].quan_he', 0, 'Vợ'],
    ['thanh_vien[].quan_he', 1, 'Con'],
  ]);
});

test('a row keeps its number in every column, whatever it lacks', () => {
  const form = procedure(
    [
      field('thanh_vien[].ten', 'member', 'Citizen.household.members.name'),
      field('thanh_vien[].so', 'member', 'Citizen.household.members.person', 'Citizen.personalId'),
    ],
    { member: 'household' },
  );
  const members = [
    { name: 'An', person: { personalId: AN } },
    { name: 'Không có số', person: null },
    { name: 'Chi', person: { personalId: CHI } },
  ];
  const { fields } = fill(form, callerOf(), { personalId: AN, household: { members } });
  expect(fields.map((one) => [one.key, one.row, told(one)])).toEqual([
    ['thanh_vien[].ten', 0, 'Không có số'],
    ['thanh_vien[].ten', 1, 'Chi'],
    ['thanh_vien[].so', 0, 'NO_RECORD'],
    ['thanh_vien[].so', 1, CHI],
  ]);
});

describe('a party of whom there are several', () => {
  const form = procedure(
    [field('ten', 'parent', 'Citizen.name.full'), field('so', 'parent', 'Citizen.personalId')],
    { parent: 'parent' },
  );
  const parents = (mother: object | null, father: object | null) => ({
    personalId: AN,
    birth: { mother, father },
  });

  test('is not mixed from both: a value that one of them lacks is open too', () => {
    const birth = parents({ personalId: BINH, name: null }, { personalId: CHI, name: { full: 'Ông Chi' } });
    expect(fill(form, callerOf(), birth).fields.map(told)).toEqual(['AMBIGUOUS', 'AMBIGUOUS']);
  });

  test('is filled where there is one', () => {
    expect(fill(form, callerOf(), parents(null, { personalId: CHI })).fields.map(told)).toEqual([
      'NO_RECORD',
      CHI,
    ]);
  });
});

test('a child is chosen by the applicant, even an only one', () => {
  const form = procedure([field('so', 'child', 'Citizen.personalId')], { child: 'child' });
  const members = [{ relationToHead: 'Con', person: { personalId: CHI } }];
  const [unnamed] = fill(form, callerOf(), { personalId: AN, household: { members } }).fields;
  expect(unnamed).toMatchObject({ absence: 'AMBIGUOUS', candidates: [CHI] });
  const named = callerOf([{ role: 'child', personalId: CHI }]);
  expect(told(fill(form, named, { personalId: AN, household: { members } }).fields[0])).toBe(CHI);
});

describe('a marriage that is registered now', () => {
  const form = procedure(
    [field('nam', 'husband', 'Citizen.personalId'), field('nu', 'wife', 'Citizen.personalId')],
    {
      husband: 'groom',
      wife: 'bride',
    },
  );
  const applicant = {
    personalId: AN,
    sex: 'MALE',
    marriages: [{ endedOn: null, spouse: { personalId: BINH, sex: 'FEMALE' } }],
  };

  test('is that of the applicant, and of nobody whom a register knows already', () => {
    expect(fill(form, callerOf(), applicant).fields.map(told)).toEqual([AN, 'APPLICANT_PROVIDES']);
  });

  test('is that of somebody named who has confirmed', () => {
    const named = [{ role: 'wife', personalId: CHI }];
    const party1 = { personalId: CHI, sex: 'FEMALE' };
    expect(fill(form, callerOf(named), applicant, [], { party1 }).fields.map(told)).toEqual([
      AN,
      'NO_RECORD',
    ]);
    expect(fill(form, callerOf(named, [CHI]), applicant, [], { party1 }).fields.map(told)).toEqual([AN, CHI]);
  });

  test('of an applicant whose sex is not known has neither', () => {
    expect(fill(form, callerOf(), { personalId: AN, sex: null }).fields.map(told)).toEqual([
      'APPLICANT_PROVIDES',
      'APPLICANT_PROVIDES',
    ]);
  });
});

test.each([
  ['2010-05-05', CHI],
  ['2008-11-30', 'NOT_APPLICABLE'],
  ['2008', CHI],
])('the parent of somebody born %s who must consent: %s', (birthDate, wanted) => {
  const form = procedure([field('so', 'parent', 'Citizen.personalId')], { parent: 'minors-parent' });
  const applicant = { personalId: AN, birthDate, birth: { mother: { personalId: CHI }, father: null } };
  expect(told(fill(form, callerOf(), applicant).fields[0])).toBe(wanted);
});

test('a list of texts is one value of its row', () => {
  const form = procedure([field('nguoi[].quoc_tich', 'member', 'Citizen.oldIdNumbers')], {
    member: 'confirmed',
  });
  const named = callerOf(
    [
      { role: 'member', personalId: BINH },
      { role: 'member', personalId: CHI },
    ],
    [BINH, CHI],
  );
  const records = { party1: { oldIdNumbers: ['1', '2'] }, party2: { oldIdNumbers: ['3'] } };
  const { fields } = fill(form, named, { personalId: AN }, [], records);
  expect(fields.map(({ row, value }) => [row, value])).toEqual([
    [0, '1; 2'],
    [1, '3'],
  ]);
});
