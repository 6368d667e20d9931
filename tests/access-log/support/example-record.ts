import { randomBytes } from 'node:crypto';
import type { KeyRing } from '../../../src/config/secrets/key-rings.ts';
import type { AnswerRecord } from '../../../src/access-log/entry/answer-record.ts';
import type { SubjectDisclosure } from '../../../src/disclosure/disclosure-recorder.ts';

/** Apart from fixtures.ts, since child processes need them without vitest. */
export const SEAL_KEYS: KeyRing = [{ id: 'seal-1', key: Buffer.alloc(32, 0xa5) }];
export const LOG = 'national-data-gateway/gateway-1';
export const KEYS = {
  log: LOG,
  sealKeys: SEAL_KEYS,
  checkpointKeys: [{ id: 'c1', key: Buffer.alloc(32, 0x5a) }] as const,
};

/** One of each kind, with every field of a disclosure in use. */
export const SUBJECTS: readonly SubjectDisclosure[] = [
  {
    subject: { kind: 'person', key: '001190900011' },
    outcome: 'disclosed',
    rule: null,
    inputs: '0000----',
    caseIds: [],
    disclosed: [
      {
        register: 'population',
        coordinates: ['Citizen.name', 'PersonName.full'],
        status: 'value',
        age: 'live',
        isCached: false,
        upstreamIds: ['up-1', 'up-2'],
      },
      {
        register: 'land',
        status: 'none',
        age: '10m',
        coordinates: ['Citizen.landParcels'],
        isCached: true,
        upstreamIds: [],
      },
    ],
  },
  {
    subject: { kind: 'unidentified', key: '001190900011' },
    outcome: 'disclosed',
    rule: null,
    inputs: '--------',
    caseIds: [],
    disclosed: [
      {
        register: 'civil-status',
        status: 'value',
        age: '1m',
        coordinates: ['Spouse.name'],
        isCached: true,
        upstreamIds: ['up-3'],
      },
    ],
  },
  {
    subject: { kind: 'organisation', key: '0109876543' },
    outcome: 'disclosed',
    rule: null,
    inputs: '--------',
    caseIds: [],
    disclosed: [
      {
        register: 'business',
        status: 'value',
        age: 'live',
        coordinates: ['Business.code'],
        isCached: false,
        upstreamIds: ['up-4'],
      },
    ],
  },
  {
    subject: { kind: 'parcel', key: '0070-12-345' },
    outcome: 'not-found',
    rule: null,
    inputs: '--------',
    caseIds: [],
    disclosed: [],
  },
  {
    subject: { kind: 'certificate', key: 'AA 01234567' },
    outcome: 'denied',
    rule: 'protected',
    inputs: '1-----0-',
    caseIds: ['H26-261121-0002'],
    disclosed: [],
  },
];

export function exampleRecord(changes: Partial<AnswerRecord> = {}): AnswerRecord {
  return {
    id: randomBytes(16).toString('hex'),
    time: 1_795_000_000_123,
    instance: 'gateway-1',
    client: 'hn-hoankiem-civil',
    callerKind: 'agency',
    citizen: null,
    agency: 'UBND phường Hoàn Kiếm',
    officer: 'officer.one',
    tokenKey: 'idp-1',
    legalBasis: 'Law on Civil Status',
    release: null,
    purpose: 'civil-status-registration',
    caseId: 'H26-261121-0001',
    agreement: { id: 'hn-hoankiem-civil', version: 3, digest: 'ef'.repeat(32) },
    operationName: 'Question',
    operationHash: 'ab'.repeat(32),
    operationInputs: { arguments: '10', conditions: { withHousehold: true }, index: 0 },
    outcome: 'answered',
    code: null,
    reason: null,
    denied: ['Citizen.religion FIELD_NOT_GRANTED'],
    requestId: 'request-1',
    traceId: 'cd'.repeat(16),
    requestDigest: 'A'.repeat(42) + 'E',
    answerDigest: 'B'.repeat(42) + 'E',
    documents: [{ digest: 'ab'.repeat(32), text: 'query Question { citizen }' }],
    wantsReceipt: false,
    upstream: [{ register: 'population', requestId: 'f3a1' }],
    subjects: SUBJECTS,
    ...changes,
  };
}
