import { canonicalJson, type JsonValue } from '../../../log-format/canonical-json.ts';
import { EMPTY_DIGEST } from '../../entry/answer-record.ts';
import type { GatewayAct } from '../../entry/gateway-act.ts';
import { mustBeReadable, nobodyLines, type RecordDraft } from './draft-lines.ts';

/**
 * Writes an act of the gateway as FORMAT.md has it: an answer to nobody, about nobody, with the act in `detail`. Throws
 * RangeError for what no verifier would read, and TypeError for what no JSON can say.
 */
export function actDraft(act: GatewayAct): RecordDraft {
  const first = canonicalJson({ calls: [], denied: [], detail: act.detail as JsonValue });
  const head = headOf(act);
  mustBeReadable(head, first);
  return {
    id: act.id,
    time: act.time,
    head,
    ...nobodyLines(first),
    operation: 'null',
    requestDigest: EMPTY_DIGEST,
    answerDigest: EMPTY_DIGEST,
    documents: act.documents,
    wantsReceipt: false,
  };
}

function headOf({ id, time, instance, purpose, requestId }: GatewayAct): string {
  return canonicalJson({
    agreement: null,
    caller: {
      agency: 'national-data-gateway',
      client: 'gateway',
      key: null,
      kind: 'gateway',
      officer: instance,
    },
    case: null,
    code: null,
    entries: 1,
    id,
    instance,
    legalBasis: null,
    operation: null,
    outcome: 'answered',
    purpose,
    reason: null,
    release: null,
    requestId,
    time,
    traceId: '0'.repeat(32),
  });
}
