import { expect, it } from 'vitest';
import { gatewayAct } from '../../../src/access-log/entry/gateway-act.ts';
import { joinEntryLines, splitEntryLines } from '../../../src/access-log/write/group/draft-lines.ts';
import { draftOf } from '../../../src/access-log/write/group/record-draft.ts';

it('writes an act of the gateway byte for byte as format version 1 has it', () => {
  const act = gatewayAct('gateway-1', {
    purpose: 'agreements',
    at: 1_795_000_000_123,
    detail: { b: ['é', 2], a: { z: null, y: 'x"' } },
    documents: [{ digest: 'ab', text: 't' }],
  });
  const id = '01'.repeat(16);
  expect(draftOf({ ...act, id, requestId: 'fixed' })).toEqual({
    id,
    time: 1_795_000_000_123,
    head: `{"agreement":null,"caller":{"agency":"national-data-gateway","client":"gateway","key":null,"kind":"gateway","officer":"gateway-1"},"case":null,"code":null,"entries":1,"id":"${id}","instance":"gateway-1","legalBasis":null,"operation":null,"outcome":"answered","purpose":"agreements","reason":null,"release":null,"requestId":"fixed","time":1795000000123,"traceId":"00000000000000000000000000000000"}`,
    count: 1,
    cases: '[]',
    afters:
      ',"disclosed":[],"first":{"calls":[],"denied":[],"detail":{"a":{"y":"x\\"","z":null},"b":["é",2]}},"n":0,"outcome":"nothing","rule":null,"subject":"none"',
    subjects: '{"key":"","kind":"none"}',
    inputs: '---------',
    findings: '------',
    told: '1',
    operation: 'null',
    requestDigest: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
    answerDigest: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
    documents: [{ digest: 'ab', text: 't' }],
    wantsReceipt: false,
  });
});

it('splits the lines of entries into what was joined', () => {
  const parts = [1, 2, 3].map((n) => ({
    cases: `["${n}"]`,
    after: `,"n":${n}`,
    subject: `{"key":"${n}","kind":"person"}`,
    inputs: `${n}--------`,
    findings: `${n}-----`,
    isTold: n !== 2,
  }));
  for (const length of [0, 1, 3]) {
    expect(splitEntryLines(joinEntryLines(parts.slice(0, length)))).toEqual(parts.slice(0, length));
  }
});
