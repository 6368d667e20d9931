import { decodeBase64 } from '../../log-format/base64.ts';
import { equalBytes } from '../../log-format/bytes.ts';
import { opensCommitment } from '../../log-format/commitment.ts';
import type { Entry, SubjectValue } from '../../log-format/entry-format.ts';
import { keysOfOrigin, openCheckpoint } from '../../log-format/notes/checkpoint.ts';
import { parseVerifierKey } from '../../log-format/notes/note-key.ts';
import { otherwiseTold } from '../../log-format/told-access.ts';
import { verifyInclusion } from '../../log-format/tree/inclusion-proof.ts';
import { leafHash } from '../../log-format/tree/merkle-hash.ts';
import type { ConsoleMyAccessesQuery } from '../../generated/console-operations.ts';

type Page = NonNullable<ConsoleMyAccessesQuery['myAccesses']>;

/** One access as the page asks it, with its proof. */
export type MyAccess = NonNullable<NonNullable<Page['accesses']>[number]>;

/** Why an access is not proven: the first check that failed. */
export type AccessFault =
  'no-proof' | 'unknown-log' | 'not-signed' | 'not-in-log' | 'changed' | 'told-otherwise' | 'other-person';

export type CheckedAccess =
  | {
      readonly fault: null;
      readonly log: string;
      /** Place in the log, from 0, and how many entries the signed log had. */
      readonly index: number;
      readonly size: number;
      /** Signatures of others under the log's own, which are not checked here. */
      readonly otherSignatures: number;
      /** The key of the person whom the entry is about. */
      readonly person: string;
    }
  | { readonly fault: AccessFault };

/**
 * Checks in the browser what `verify-log` checks of one access: the log signed a tree with that entry in that place (RFC 9162), what is
 * shown is what stands in it, and its commitment opens to the person named.
 */
export function checkAccess(access: MyAccess, logKeys: readonly string[]): CheckedAccess {
  const { proof } = access;
  const { entry: text, salt, subject, leaf: leafText, index, checkpoint: note } = proof ?? {};
  const leaf = decodeBase64(leafText ?? '');
  if (!proof?.hashes || !text || !salt || !subject || !leaf || typeof index !== 'number' || !note) {
    return { fault: 'no-proof' };
  }
  const keys = logKeys.flatMap((one) => parseVerifierKey(one) ?? []);
  const opened = openCheckpoint(note, keys);
  if (opened === 'unknown-origin') return { fault: 'unknown-log' };
  if (typeof opened === 'string') return { fault: 'not-signed' };
  const { checkpoint, signatures } = opened;
  const hashes = proof.hashes.map((one) => decodeBase64(one ?? '') ?? new Uint8Array(0));
  if (!verifyInclusion(leaf, index, checkpoint.size, hashes, checkpoint.root)) return { fault: 'not-in-log' };
  if (!equalBytes(leafHash(text), leaf)) return { fault: 'changed' };
  const entry = jsonOf(text) as Entry | null;
  if (!entry) return { fault: 'changed' };
  // A log may sign an entry that states another place than it has.
  const isOfLog = keys.some(
    (one) => one.name === entry.tree.log && keysOfOrigin([one], checkpoint.origin).length > 0,
  );
  if (entry.tree.index !== index || !isOfLog) return { fault: 'not-in-log' };
  if (otherwiseTold(toldOf(access), entry) !== null) return { fault: 'told-otherwise' };
  const person = jsonOf(subject) as SubjectValue | null;
  const isOwn =
    person?.kind === entry.subject && opensCommitment(entry.commitments.subject, 'subject', salt, subject);
  if (!person || !isOwn) return { fault: 'other-person' };
  const otherSignatures = signatures.length - 1;
  return {
    fault: null,
    log: checkpoint.origin,
    index,
    size: checkpoint.size,
    otherSignatures,
    person: person.key,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function toldOf({ time, agency, purpose, legalBasis, case: caseId, outcome, disclosed }: MyAccess) {
  return {
    time: time ?? '',
    agency,
    purpose,
    legalBasis,
    case: caseId,
    outcome: outcome ?? '',
    disclosed: (disclosed ?? []).map((part) => ({
      register: part?.register ?? '',
      coordinates: (part?.coordinates ?? []).map((one) => one ?? ''),
      isNone: part?.isNone ?? false,
    })),
  };
}
