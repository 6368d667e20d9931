import { hash } from 'node:crypto';
import { buildKeyedHash } from '../../config/keyed-hash.ts';
import type { KeyRing } from '../../config/secrets.ts';
import type { Subject } from '../../disclosure/subject.ts';
import { monthOf } from '../write/group-builder.ts';

const HASH_BYTES = 16;
const MONTH_BYTES = 4;

/** Tags by which entries about a subject are found: the month in 4 bytes, then 16 bytes, keyed. */
export interface SubjectTags {
  /** The tag under which an entry of that time is kept; `subject` is the value that it commits to, canonical JSON. */
  of(subject: string, time: number): Buffer;
  /** All tags that an entry of that span may have, under older keys too. */
  between(subject: Subject, from: number, until: number): readonly Buffer[];
}

/**
 * The month (`yyyymm`), so that what is written now lies together in the index: spread over all of it, each entry would cost a page of
 * the disk. Then half of SHA-256 over the month's key, derived with HMAC, and the subject: one hash an entry; a key of fixed length
 * in front is a MAC here, since half a hash cannot be extended. A thief without the `log-search` key learns nobody, and cannot follow one
 * person's tags from one month to the next.
 */
export function buildSubjectTags(ring: KeyRing): SubjectTags {
  const byKey = ring.map(({ key }) => buildMonthlyTags(buildKeyedHash(key)));
  const [newest] = byKey;
  if (!newest) throw new Error('a key ring is empty');
  return {
    of: (subject, time) => newest(subject, monthOf(time)),
    between({ kind, key }, from, until) {
      const subject = JSON.stringify({ key, kind });
      return monthsBetween(from, until).flatMap((month) => byKey.map((tagOf) => tagOf(subject, month)));
    },
  };
}

function buildMonthlyTags(keyed: (message: string) => string): (subject: string, month: number) => Buffer {
  const monthKeys = new Map<number, string>();
  return (subject, month) => {
    let key = monthKeys.get(month);
    if (key === undefined) monthKeys.set(month, (key = keyed(`access-log subjects of a month\n${month}`)));
    const tag = Buffer.allocUnsafe(MONTH_BYTES + HASH_BYTES);
    tag.writeUInt32BE(month);
    hash('sha256', key + subject, 'buffer').copy(tag, MONTH_BYTES, 0, HASH_BYTES);
    return tag;
  };
}

/** `yyyymm`, both ends included; none where `from` is after `until`. */
function monthsBetween(from: number, until: number): readonly number[] {
  const months: number[] = [];
  if (from > until) return months;
  const last = monthOf(until);
  for (let month = monthOf(from); month <= last; month += month % 100 === 12 ? 89 : 1) months.push(month);
  return months;
}
