import { vietNamDay } from '../../log-format/viet-nam-time.ts';
import { encodeBase64 } from '../../log-format/base64.ts';
import type { Subject } from '../../disclosure/subject.ts';
import type { PlainWords } from '../../agreements/folder/read-stored-agreement.ts';
import type { AuditPapers } from '../../policy/case/audit-order.ts';
import type { AccessLogReader } from '../read/log-reader.ts';
import type { FoundEntry } from '../read/search/search-entries.ts';
import type { InclusionProof } from '../read/proofs.ts';
import { leafHash } from '../../log-format/tree/merkle-hash.ts';
import { EVERYTHING } from './audit-scope.ts';
import { formatCursor, readCursor, readFirst, toEnum } from './filter-arguments.ts';
import { refusal, reply, type LogCaller, type LogQuery, type LogReply } from './log-query.ts';
import { showUnreadable } from './log-entry.ts';
import { caseOf, fieldsOf, tell, type Vocabulary } from './plain-words.ts';

export interface MyAccessesTools {
  readonly reader: AccessLogReader;
  readonly papers: () => AuditPapers;
  readonly registers: Vocabulary['registers'];
  readonly fieldName: Vocabulary['fieldName'];
  /** Plain words of the agreement with this digest; null where its documents are gone. */
  readonly wordsOf: (digest: string) => Promise<PlainWords | null>;
}

/**
 * `myAccesses`: what the log has about the asking citizen. Accesses for a covert purpose are left out until they are released, so
 * that neither a gap nor a count tells of them.
 */
export async function listMyAccesses(
  tools: MyAccessesTools,
  { given }: LogQuery,
  caller: LogCaller,
): Promise<LogReply> {
  if (caller.kind !== 'citizen') return refusal('FIELD_NOT_GRANTED');
  const self: Subject = { kind: 'person', key: caller.subject };
  const page = { first: readFirst(given['first']), after: readCursor(given['after']) };
  const today = vietNamDay(caller.now);
  const filter = {
    ...EVERYTHING,
    until: caller.now,
    subject: self,
    releasedBy: caller.now,
    releasedCases: tools.papers().releases.flatMap((one) => (one.on <= today ? [one.case] : [])),
    notAskedBy: given['includeOwn'] === true ? null : caller.subject,
  };
  const { entries, next, unreadable, unreadableCount } = await tools.reader.search(filter, page);
  const proofs = await proofsOf(tools.reader, entries);
  const accesses: object[] = [];
  for (const found of entries) {
    const { digest = null } = found.answer.head.agreement ?? {};
    const words = digest === null ? null : await tools.wordsOf(digest);
    const { purpose = null, legalBasis = null } = words ?? {};
    const { registers, fieldName } = tools;
    accesses.push(show(found, proofs.get(found), { registers, fieldName, purpose, legalBasis }));
  }
  return reply(
    {
      accesses,
      next: next && formatCursor(next),
      unreadable: unreadable.map(showUnreadable),
      unreadableCount,
    },
    [self],
  );
}

function show({ answer, entry }: FoundEntry, proof: InclusionProof | undefined, words: Vocabulary): object {
  const { head } = answer;
  return {
    time: new Date(head.time).toISOString(),
    text: tell(answer, entry, words),
    agency: head.caller.agency,
    purpose: head.purpose,
    purposeWords: words.purpose,
    legalBasis: head.legalBasis,
    legalBasisWords: words.legalBasis,
    case: caseOf(head, entry),
    outcome: toEnum(entry.outcome),
    disclosed: entry.disclosed.map(({ register, status, coordinates }) => ({
      register,
      fields: fieldsOf(register, coordinates, words),
      coordinates,
      isNone: status === 'none',
    })),
    proof: proof && {
      leaf: encodeBase64(leafHash(entry.leaf)),
      entry: entry.leaf,
      salt: entry.opening.subject.salt,
      subject: entry.opening.subject.value,
      index: proof.index,
      hashes: proof.hashes,
      checkpoint: proof.checkpoint,
    },
  };
}

async function proofsOf(
  reader: AccessLogReader,
  entries: readonly FoundEntry[],
): Promise<ReadonlyMap<FoundEntry, InclusionProof>> {
  const proofs = new Map<FoundEntry, InclusionProof>();
  for (const log of new Set(entries.map(({ answer }) => answer.log))) {
    const ofLog = entries.filter(({ answer }) => answer.log === log);
    const proven = await reader.prove(
      log,
      ofLog.map(({ entry }) => entry.index),
    );
    for (const [place, found] of ofLog.entries()) {
      const proof = proven[place];
      if (proof) proofs.set(found, proof);
    }
  }
  return proofs;
}
