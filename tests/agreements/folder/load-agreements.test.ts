import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readFolderSync } from '../../../src/agreements/folder/folder-files.ts';
import { loadAgreements } from '../../../src/agreements/folder/load-agreements.ts';
import { isPublicRoot } from '../../../src/operation/public-roots.ts';
import { BOOK_ROOTS, LOG_ROOTS, PREFILL_ROOT } from '../../../src/plan/schema/schema-bindings.ts';
import type { CallerKind } from '../../../src/identity/registered-clients.ts';
import { normaliseOperation } from '../../../src/operation/normalise-operation.ts';
import { decideSelection, type DecidedField } from '../../../src/policy/grant/decide-selection.ts';
import type { GrantNode } from '../../../src/policy/grant/grant.ts';
import { demoAgreementOf, loadDemoAgreements } from '../../support/demo-agreements.ts';
import { buildSchemaParts, operationOf } from '../../support/plan-parts.ts';
import { CLIENTS, createFolder, GOOD, GRANT, type TestFolder } from '../agreement-folder.ts';

const parts = buildSchemaParts();
const { schema, facts, bindings } = parts;
describe('a folder of agreements', () => {
  let folder: TestFolder;
  beforeEach(() => {
    folder = createFolder();
  });
  afterEach(() => folder.delete());

  const put = (file: string, content: object | string): void => folder.put(file, content);
  const load = () =>
    loadAgreements(readFolderSync(folder.path), { schema, facts, owners: 'unsigned', seen: new Map() });
  const agreementsIn = () => {
    const { loaded, faults } = load();
    expect(faults).toEqual([]);
    return loaded.agreements;
  };
  const faultsIn = () => load().faults;

  test('that is whole is loaded', () => {
    put('one.yaml', GOOD);
    expect(agreementsIn()).toMatchObject([
      {
        id: 'one',
        version: 1,
        receiver: 'Thanh tra',
        providers: new Set(['population']),
        isStrict: false,
        needsCase: true,
        procedures: new Set(['1.004222']),
        needsMatch: false,
        ownDataOnly: false,
        territory: 'nation',
        clearance: new Set(),
        argumentValues: new Map(),
        evaluations: 3,
        recordAgeSeconds: null,
        recordsPerHour: 1000,
      },
    ]);
  });

  test('says in words what the rules compute with', () => {
    put('one.yaml', {
      ...GOOD,
      systems: ['hn-hoankiem-civil'],
      answer: 'strict',
      case: 'none',
      match: 'required',
      rows: { territory: 'caller-unit', clearance: ['minors', 'deceased', 'protected'] },
      arguments: { 'Query.citizen.personalId': ['any', 14, 'own-unit'] },
      evaluations: 20,
      recordAge: 60,
    });
    expect(agreementsIn()).toMatchObject([
      {
        isStrict: true,
        needsCase: false,
        procedures: new Set(),
        needsMatch: true,
        territory: 'caller-unit',
        clearance: new Set(['minors', 'deceased', 'protected']),
        argumentValues: new Map([['Query.citizen.personalId', ['any', '14', 'own-unit']]]),
        evaluations: 20,
        recordAgeSeconds: 60,
      },
    ]);
    put('one.yaml', { ...GOOD, rows: { territory: ['01', '00070'], clearance: [] } });
    expect(agreementsIn()).toMatchObject([{ territory: ['01', '00070'] }]);
  });

  test('gives a digest that follows each byte of the agreement and of the grant', () => {
    const digests = [
      [JSON.stringify(GOOD), GRANT],
      [`${JSON.stringify(GOOD)}\n`, GRANT],
      [JSON.stringify(GOOD), `${GRANT}\n`],
      [`${JSON.stringify(GOOD)}\n`, `\n${GRANT}`],
    ].map(([yaml = '', grant = '']) => {
      put('one.yaml', yaml);
      put('one.graphql', grant);
      return agreementsIn()[0]?.digest;
    });
    expect(new Set(digests).size).toBe(4);
    for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each<[string, object, RegExp]>([
    ['an unknown condition', { matches: 'required' }, /^bad\.yaml: .*matches/],
    ['no version', { version: undefined }, /^bad\.yaml: version/],
    ['a broken version', { version: 1.5 }, /^bad\.yaml: version/],
    ['an odd id', { id: 'One Two' }, /^bad\.yaml: id/],
    ['no system', { systems: [] }, /^bad\.yaml: systems/],
    ['an odd purpose', { purpose: 'In Spection' }, /^bad\.yaml: purpose/],
    ['a category that there is not', { categories: ['SECRET'] }, /^bad\.yaml: categories/],
    ['an answer that there is not', { answer: 'all' }, /^bad\.yaml: answer/],
    ['a date that there is not', { validUntil: '2026-02-30' }, /^bad\.yaml: validUntil/],
    ['an end before the beginning', { validUntil: '2025-12-31' }, /^bad\.yaml: ends before it begins/],
    ['no receiver', { parties: { providers: ['population'] } }, /^bad\.yaml: parties\.receiver/],
    ['an unknown party', { parties: { ...GOOD.parties, broker: 'x' } }, /^bad\.yaml: parties: .*broker/],
    [
      'a provider missing',
      { parties: { receiver: 'R', providers: ['land'] } },
      /^bad\.yaml: parties\.providers: the grant names data of population$/,
    ],
    [
      'a provider too many',
      { parties: { receiver: 'R', providers: ['population', 'land'] } },
      /^bad\.yaml: parties\.providers: the grant names nothing of land$/,
    ],
    ['a system twice', { systems: ['inspectorate', 'inspectorate'] }, /^bad\.yaml: systems: .*twice/],
    ['the old word for a case', { case: 'required' }, /^bad\.yaml: case/],
    ['no procedure', { case: { procedures: [] } }, /^bad\.yaml: case/],
    ['a procedure of no such form', { case: { procedures: ['1.42'] } }, /^bad\.yaml: case/],
    ['no row rules', { rows: undefined }, /^bad\.yaml: rows/],
    ['no clearance named', { rows: { territory: 'nation' } }, /^bad\.yaml: rows\.clearance/],
    [
      'a clearance that there is not',
      { rows: { territory: 'nation', clearance: ['all'] } },
      /rows\.clearance/,
    ],
    ['no territory named', { rows: { territory: [], clearance: [] } }, /^bad\.yaml: rows\.territory/],
    ['a territory that is a number', { rows: { territory: [70], clearance: [] } }, /rows\.territory/],
    [
      'a former province',
      { rows: { territory: ['02'], clearance: [] } },
      /^bad\.yaml: rows\.territory: 02 is no unit of today$/,
    ],
    [
      'an unknown commune',
      { rows: { territory: ['99999'], clearance: [] } },
      /^bad\.yaml: rows\.territory: 99999 is no unit of today$/,
    ],
    [
      'the unit of a system that has none',
      { rows: { territory: 'caller-unit', clearance: [] } },
      /^bad\.yaml: rows\.territory: inspectorate has no unit that is known$/,
    ],
    [
      'the unit of a system whose unit is unknown',
      { systems: ['nowhere'], rows: { territory: 'caller-unit', clearance: [] } },
      /^bad\.yaml: rows\.territory: nowhere has no unit that is known$/,
    ],
    ['no volume', { volume: undefined }, /^bad\.yaml: volume/],
    ['a volume of nothing', { volume: { recordsPerHour: 0 } }, /^bad\.yaml: volume\.recordsPerHour/],
    ['no evaluation', { evaluations: 0 }, /^bad\.yaml: evaluations/],
    ['too many evaluations', { evaluations: 21 }, /^bad\.yaml: evaluations/],
    ['a record age below zero', { recordAge: -1 }, /^bad\.yaml: recordAge/],
    ['an argument that is no coordinate', { arguments: { years: [14] } }, /^bad\.yaml: arguments\.years/],
    ['an argument with no value', { arguments: { 'Query.citizen.match': [] } }, /^bad\.yaml: arguments/],
    [
      'an argument that does not exist',
      { arguments: { 'Citizen.sex.on': ['today'], 'Nobody.sex.on': [1], 'Query.citizen.on': [1] } },
      /^bad\.yaml: arguments: (Citizen\.sex|Nobody\.sex|Query\.citizen)\.on does not exist$/,
    ],
    [
      'an argument that is not granted',
      { arguments: { 'Query.citizen.match': ['any'] } },
      /^bad\.yaml: arguments: Query\.citizen\.match stands in the grant with no variable$/,
    ],
    [
      'an argument that cannot take the value',
      { arguments: { 'Query.citizen.personalId': [14, true] } },
      /^bad\.yaml: arguments: Query\.citizen\.personalId cannot take each of these values$/,
    ],
    ['a grant outside the folder', { grant: '../one.graphql' }, /^bad\.yaml: grant/],
    ['a missing grant', { grant: 'two.graphql' }, /^bad\.yaml: grant: two\.graphql cannot be read/],
    ['a grant beyond its categories', { categories: ['SENSITIVE'] }, /^bad\.yaml: grant: .* is BASIC/],
    [
      'an unregistered system',
      { systems: ['nobody'] },
      /^bad\.yaml: systems: nobody is no registered agency client/,
    ],
    [
      'a system of citizens',
      { systems: ['vneid'] },
      /^bad\.yaml: systems: vneid is no registered agency client/,
    ],
  ])('with %s is refused, naming it', (_name, change, fault) => {
    put('bad.yaml', { ...GOOD, ...change });
    const faults = faultsIn();
    expect(faults.find((one) => fault.test(one)) ?? faults.join('\n')).toMatch(fault);
  });

  test('that grants a question must say what its arguments may be', () => {
    put('bad.graphql', 'query($id: ID!, $on: Date) { citizen(personalId: $id) { isAdult(on: $on) } }');
    put('bad.yaml', { ...GOOD, grant: 'bad.graphql' });
    expect(faultsIn()).toEqual([
      'bad.yaml: arguments: Citizen.isAdult.on must be listed with what it may be',
    ]);
    put('bad.yaml', { ...GOOD, grant: 'bad.graphql', arguments: { 'Citizen.isAdult.on': ['today'] } });
    expect(faultsIn()).toEqual([]);
    put('bad.graphql', 'query($id: ID!) { citizen(personalId: $id) { ageAtLeast(years: 18) } }');
    put('bad.yaml', { ...GOOD, grant: 'bad.graphql' });
    expect(faultsIn()).toEqual([]);
  });

  test('has all faults of all files named at once', () => {
    put('a.yaml', { ...GOOD, version: 0, answer: 'all', unknown: 1, categories: ['SENSITIVE'] });
    put('b.yaml', ': : :\n\t- nothing');
    put('c.yaml', { ...GOOD, id: 'c', grant: 'c.graphql' });
    put('c.graphql', '{ citizen(personalId: "1") { religion salary } business(code: "1") { code } }');
    const text = faultsIn().join('\n');
    for (const part of [
      'a.yaml: version',
      'a.yaml: answer',
      'unknown',
      'a.yaml: grant: Citizen.personalId is BASIC',
      'b.yaml: ',
      'c.yaml: grant: Cannot query',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('must not hold an id, or a system with a purpose, twice', () => {
    put('a.yaml', GOOD);
    put('b.yaml', { ...GOOD, purpose: 'another' });
    put('c.yaml', { ...GOOD, id: 'c' });
    expect(faultsIn()).toEqual([
      'one: appears twice',
      'inspectorate for inspection: two agreements at a time',
    ]);
  });

  test('may follow each other', () => {
    put('a.yaml', GOOD);
    put('b.yaml', { ...GOOD, id: 'next', validFrom: '2100-01-01', validUntil: '2100-12-31' });
    expect(faultsIn()).toEqual([]);
  });

  test('must not take the name of a built-in agreement', () => {
    put('a.yaml', { ...GOOD, id: 'own-data' });
    expect(faultsIn()).toEqual(['own-data: is the name of a built-in agreement']);
  });

  test.each<[string, string, object | string, string]>([
    ['another ending', 'two.yml', GOOD, 'two.yml: must end in .yaml or .graphql'],
    ['a shouted ending', 'withdrawn.YAML', {}, 'withdrawn.YAML: must end in .yaml or .graphql'],
    ['signatures of nothing', 'two.signatures.yaml', [], 'two.signatures.yaml: belongs to no agreement'],
    ['bad clients', 'clients.yaml', [{ id: 'x' }], 'clients.yaml: 0.kind: '],
    ['no readable clients', 'clients.yaml', ': :\n\t- x', 'clients.yaml: cannot be read'],
    ['a client twice', 'clients.yaml', [...CLIENTS, CLIENTS[0]], 'clients.yaml: has a client twice'],
  ])('must not hold %s', (_name, file, content, fault) => {
    put('a.yaml', GOOD);
    put(file, content);
    expect(faultsIn().join('\n')).toContain(fault);
  });

  test('must not hold a folder in the place of a file', () => {
    put('a.yaml', GOOD);
    mkdirSync(join(folder.path, 'b.yaml'));
    expect(faultsIn()).toEqual(['b.yaml: cannot be read']);
  });

  test('may hold what an editor or a mount leaves behind', () => {
    put('a.yaml', GOOD);
    for (const file of ['.a.yaml.swp.yaml', '..data.yaml', 'a.yaml~', 'notes.txt']) put(file, 'x');
    expect(faultsIn()).toEqual([]);
  });

  test('must be there and hold something', () => {
    expect(faultsIn()).toEqual(['the folder holds no agreement']);
  });
});

test('every agency of the demo has its agreement, under the contract’s purposes', () => {
  const { agreements, builtIn } = loadDemoAgreements(parts);
  const rows = agreements.flatMap(({ systems, purpose, isStrict, needsMatch, needsCase }) =>
    [...systems].map((system) => ({ system, purpose, isStrict, needsMatch, needsCase })),
  );
  const row = (system: string, purpose: string, special = {}) => ({
    system,
    purpose,
    isStrict: false,
    needsMatch: false,
    needsCase: true,
    ...special,
  });
  expect(rows.toSorted((a, b) => a.system.localeCompare(b.system))).toEqual([
    row('dvc-portal', 'form-prefill'),
    row('hcm-business-registry', 'business-registration', { isStrict: true }),
    row('hn-hoankiem-civil', 'civil-status-registration'),
    row('hn-hoankiem-social', 'social-assistance', { needsMatch: true }),
    row('hn-land-office', 'land-registration'),
    row('inspectorate', 'inspection'),
  ]);
  expect(builtIn.get('citizen')).toMatchObject({ ownDataOnly: true, needsCase: false });
  // The access log, and no register's data.
  const rootsOf = (kind: CallerKind) => [...(builtIn.get(kind)?.grant.fields.keys() ?? [])].toSorted();
  expect(rootsOf('owner')).toEqual(['accessLog', 'accessLogCounts', 'formLedger', 'grantUsage']);
  const auditors = [...LOG_ROOTS].filter((root) => root !== 'myAccesses' && root !== 'grantUsage');
  expect(rootsOf('auditor')).toEqual([...auditors, 'alert', 'alerts'].toSorted());
  expect(rootsOf('citizen')).toEqual(['citizen', 'myAccesses']);
});

describe('the inspectorate’s grant', () => {
  const inspection = demoAgreementOf(parts, 'inspectorate');
  const PERSON = 'personalId name { full } birthDate sex';
  const row = (spouse: string, sensitive = ''): string => `
    personalId name { full } birthDate sex ${sensitive} permanentResidence { full provinceCode communeCode }
    household { members { relationToHead person { ${PERSON} } } }
    birth { entryNo registeredOn place mother { ${PERSON} } father { ${PERSON} } }
    marriages { entryNo registeredOn spouse { ${spouse} } } death { entryNo registeredOn date }
    landParcels { id sheetNo parcelNo area uses { purposeCode area } }
    businesses { code name { vi } status legalRepresentatives { person { ${PERSON} } } }`;
  const WHOLE = row(row(PERSON));

  const denials = (fields: readonly DecidedField[], above = ''): readonly string[] =>
    fields.flatMap(({ field, cuts, children }) => {
      const path = `${above}${field.responseName}`;
      return cuts === null ? denials(children ?? [], `${path}.`) : [path];
    });
  const deniedIn = (source: string): readonly string[] => {
    const document = parse(source);
    const selection = normaliseOperation(schema, document, operationOf(document), {});
    return denials(decideSelection(selection, inspection, facts));
  };

  test.each([
    ['a citizen', `citizen(personalId: "1") { ${WHOLE} }`],
    ['citizens', `citizens(personalIds: ["1"]) { personalId status citizen { ${WHOLE} } }`],
    [
      'representatives',
      `business(code: "1") { code name { vi } status legalRepresentatives { title person { ${WHOLE} } } }`,
    ],
    [
      'owners',
      `business(code: "1") { owners { name person { ${WHOLE} } organisation { code name { vi } status } } }`,
    ],
    ['a business’s land', 'business(code: "1") { landParcels { id sheetNo parcelNo area } }'],
    [
      'holders of a parcel',
      `landParcel(id: "1") { id uses { purposeCode area } holders { name role person { ${WHOLE} } organisation { code } } }`,
    ],
    ['its certificates', 'landParcel(id: "1") { certificates { serial issuedOn } }'],
    [
      'holders of a certificate',
      `landCertificate(serial: "1") { serial issuedOn holders { name role person { ${WHOLE} } } parcels { id area } }`,
    ],
    ['factors', 'citizen(personalId: "1", match: { fullName: "A", birthDate: "1990" }) { personalId }'],
  ])('holds %s', (_name, source) => {
    expect(deniedIn(`{ ${source} }`)).toEqual([]);
  });

  test('holds nothing sensitive, on any path', () => {
    const coordinates = new Set<string>();
    const walk = (type: string, { fields }: GrantNode): void => {
      for (const [name, { selection }] of fields) {
        coordinates.add(`${type}.${name}`);
        const target = String(bindings.objectType(type).getFields()[name]?.type).replaceAll(/[[\]!]/g, '');
        if (selection) walk(target, selection);
      }
    };
    walk('Query', inspection.grant);
    expect(coordinates.size).toBeGreaterThan(40);
    expect([...coordinates].filter((one) => facts.categoryOf(one) === 'SENSITIVE')).toEqual([]);
    expect([...inspection.categories].toSorted()).toEqual(['BASIC', 'NON_PERSONAL']);
  });

  test('stops where the contract’s row stops', () => {
    const further = `{ citizen(personalId: "1") { personalId ethnicity religion
      household { members { relationToHead person { personalId permanentResidence { full } birth { place } } } }
      birth { place mother { personalId businesses { code } marriages { entryNo } } father { personalId landParcels { id } } }
      marriages { spouse { personalId religion marriages { spouse { personalId landParcels { id } } } } }
      landParcels { id holders { person { personalId birth { place } } } }
      businesses { code landParcels { id } legalRepresentatives { person { personalId household { members { relationToHead } } } } } } }`;
    expect(deniedIn(further)).toEqual([
      'citizen.ethnicity',
      'citizen.religion',
      'citizen.household.members.person.permanentResidence',
      'citizen.household.members.person.birth',
      'citizen.birth.mother.businesses',
      'citizen.birth.mother.marriages',
      'citizen.birth.father.landParcels',
      'citizen.marriages.spouse.religion',
      'citizen.marriages.spouse.marriages.spouse.landParcels',
      'citizen.landParcels.holders.person.birth',
      'citizen.businesses.landParcels',
      'citizen.businesses.legalRepresentatives.person.household',
    ]);
  });

  test('gives a batch what it gives one', () => {
    const one = inspection.grant.fields.get('citizen')?.selection;
    const item = inspection.grant.fields.get('citizens')?.selection?.fields.get('citizen')?.selection;
    expect(item).toEqual(one);
    expect([...inspection.grant.fields.keys()].toSorted()).toEqual(
      Object.keys(bindings.objectType('Query').getFields())
        .filter((root) => !BOOK_ROOTS.has(root) && !isPublicRoot(root) && root !== PREFILL_ROOT)
        .toSorted(),
    );
  });
});
