import { randomBytes } from 'node:crypto';
import type { KeyRing } from '../../src/config/secrets.ts';
import type { AnswerRecord } from '../../src/access-log/entry.ts';
import type { SubjectDisclosure } from '../../src/disclosure/disclosure-recorder.ts';

/** Apart from fixtures.ts, since child processes need them without vitest. */
export const SEAL_KEYS: KeyRing = [{ id: 'seal-1', key: Buffer.alloc(32, 0xa5) }];
export const KEYS = { sealKeys: SEAL_KEYS };

/** One of each kind, with every field of a disclosure in use. */
export const SUBJECTS: readonly SubjectDisclosure[] = [
  {
    subject: { kind: 'person', key: '001190900011' },
    outcome: 'disclosed',
    rule: null,
    caseIds: [],
    disclosed: [
      {
        register: 'population',
        coordinates: ['Citizen.name', 'PersonName.full'],
        isCached: false,
        upstreamIds: ['up-1', 'up-2'],
      },
      { register: 'land', coordinates: ['Citizen.landParcels'], isCached: true, upstreamIds: [] },
    ],
  },
  {
    subject: { kind: 'unidentified', key: '001190900011' },
    outcome: 'disclosed',
    rule: null,
    caseIds: [],
    disclosed: [
      { register: 'civil-status', coordinates: ['Spouse.name'], isCached: true, upstreamIds: ['up-3'] },
    ],
  },
  {
    subject: { kind: 'organisation', key: '0109876543' },
    outcome: 'disclosed',
    rule: null,
    caseIds: [],
    disclosed: [
      { register: 'business', coordinates: ['Business.code'], isCached: false, upstreamIds: ['up-4'] },
    ],
  },
  {
    subject: { kind: 'parcel', key: '0070-12-345' },
    outcome: 'not-found',
    rule: null,
    caseIds: [],
    disclosed: [],
  },
  {
    subject: { kind: 'certificate', key: 'AA 01234567' },
    outcome: 'denied',
    rule: 'protected',
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
    officer: 'officer.one',
    purpose: 'civil-status-registration',
    caseId: 'H26-261121-0001',
    agreement: { id: 'hn-hoankiem-civil', version: 3 },
    operationName: 'Question',
    operationHash: 'ab'.repeat(32),
    outcome: 'answered',
    code: null,
    reason: null,
    denied: ['Citizen.religion FIELD_NOT_GRANTED'],
    detail: null,
    requestId: 'request-1',
    traceId: 'cd'.repeat(16),
    upstream: [{ register: 'population', requestId: 'f3a1' }],
    subjects: SUBJECTS,
    ...changes,
  };
}
