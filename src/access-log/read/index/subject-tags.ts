import { hash } from 'node:crypto';
import { isOlderKey, type KeyRing, type SecretKey } from '../../../config/secrets/key-rings.ts';
import { buildKeyedHash } from '../../../config/secrets/keyed-hash.ts';
import type { Subject } from '../../../disclosure/subject.ts';
import { monthOf } from '../../write/group/build-groups.ts';

const HASH_BYTES = 16;
const MONTH_BYTES = 4;

/** Tags by which entries about a subject are found: the month in 4 bytes, then 16 bytes, keyed. */
export interface SubjectTags {
  /** `<id>:<check>` of the key: another key under that id has another name. */
  readonly key: string;
  /** The tag under which an entry of that time is kept; `subject` is the value that it commits to, canonical JSON. */
  of(subject: string, time: number): Buffer;
  /** MAC over how far a log is indexed under this key. */
  progressSeal(log: string, nextLeaf: number): string;
  /** All tags that an entry of that span may have. */
  between(subject: Subject, from: number, until: number): readonly Buffer[];
}

/** Tags under each key of `log-search`. An index has those of one key, or a search would miss what has others. */
export interface TagRing {
  readonly newest: SubjectTags;
  /** The tags under that key; null where it is not in the ring. */
  named(key: string): SubjectTags | null;
  /**
   * Tells whether the key of that name was made before the newest one. Then it has left the ring, and its tags are made
   * anew.
   */
  isOlder(key: string): boolean;
}

export function buildTagRing(ring: KeyRing): TagRing {
  const [newest, ...older] = ring;
  const tags = [buildTags(newest), ...older.map(buildTags)] as const;
  return {
    newest: tags[0],
    named: (key) => tags.find((one) => one.key === key) ?? null,
    isOlder: (key) => isOlderKey(key.split(':')[0] ?? '', newest.id),
  };
}

/**
 * The month (`yyyymm`), so that what is written now lies together in the index: spread over all of it, each entry would cost a page of
 * the disk. Then half of SHA-256 over the month's key, derived with HMAC, and the subject: one hash an entry; a key of fixed length
 * in front is a MAC here, since half a hash cannot be extended. A thief without the `log-search` key learns nobody, and cannot follow one
 * person's tags from one month to the next.
 */
function buildTags({ id, key }: SecretKey): SubjectTags {
  const keyed = buildKeyedHash(key);
  const monthKeys = new Map<number, string>();
  const tagOf = (subject: string, month: number): Buffer => {
    let monthKey = monthKeys.get(month);
    if (monthKey === undefined) {
      monthKey = keyed(`access-log subjects of a month\n${month}`);
      monthKeys.set(month, monthKey);
    }
    const tag = Buffer.allocUnsafe(MONTH_BYTES + HASH_BYTES);
    tag.writeUInt32BE(month);
    // As in merkle-hash.ts: the output `buffer` costs as much again.
    tag.write(hash('sha256', monthKey + subject, 'binary').slice(0, HASH_BYTES), MONTH_BYTES, 'binary');
    return tag;
  };
  return {
    key: `${id}:${keyed('access-log subjects, which key').slice(0, 16)}`,
    progressSeal: (log, nextLeaf) => keyed(`access-log index reaches\n${log}\n${nextLeaf}`),
    of: (subject, time) => tagOf(subject, monthOf(time)),
    between({ kind, key: subjectKey }, from, until) {
      const subject = JSON.stringify({ key: subjectKey, kind });
      return monthsBetween(from, until).map((month) => tagOf(subject, month));
    },
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
