import { vietNamDay, VIET_NAM_OFFSET_MS } from '../../log-format/viet-nam-time.ts';
import type { OpenedAnswer, OpenedEntry } from '../read/opened-answer.ts';

/** The name of the access log where entries name a register. */
const ACCESS_LOG_REGISTER = 'access-log';

/** The access log's own name, for entries that tell that it was looked at. */
export const ACCESS_LOG_NAME = 'Nhật ký truy cập của cổng dữ liệu';

/** Words for what is known by code only. */
export interface Vocabulary {
  /** Registers' names in the law, by id; a register that is not there is told by its id. */
  readonly registers: ReadonlyMap<string, string>;
  /** Vietnamese legal term of a field, from the schema; null where it has none. */
  readonly fieldName: (coordinate: string) => string | null;
  /** The agreement's own plain words about its purpose and legal basis; null where it has none. */
  readonly purpose: string | null;
  readonly legalBasis: string | null;
}

/**
 * Tells one access in a few sentences to the person that it was about: agency, time, data, purpose and legal basis.
 * Officers are not named: the agency answers for them.
 */
export function tell({ head }: OpenedAnswer, entry: OpenedEntry, words: Vocabulary): string {
  const agency = head.caller.agency ?? head.caller.client;
  const lines = [`Lúc ${vietnamTime(head.time)}, ${agency} ${deedOf(entry, words)}.`];
  const purpose = words.purpose ?? head.purpose;
  if (purpose !== null) lines.push(`Mục đích: ${purpose}.`);
  const legalBasis = words.legalBasis ?? head.legalBasis;
  if (legalBasis !== null) lines.push(`Căn cứ: ${legalBasis}.`);
  const caseId = caseOf(head, entry);
  if (caseId !== null) lines.push(`Hồ sơ: ${caseId}.`);
  return lines.join(' ');
}

/**
 * The case in whose name the person was read. The answer's own case may be somebody else's, where a mass answer has a
 * case for each item.
 */
export function caseOf(head: OpenedAnswer['head'], { caseIds }: OpenedEntry): string | null {
  return caseIds.length > 0 ? caseIds.join(', ') : head.case;
}

function deedOf(entry: OpenedEntry, words: Vocabulary): string {
  if (entry.outcome !== 'disclosed') return NOT_GIVEN[entry.outcome] ?? 'đã hỏi về bạn';
  const parts = entry.disclosed.map(({ register, status, coordinates }) => {
    const fields = fieldsOf(register, coordinates, words).join(', ');
    const from = words.registers.get(register) ?? register;
    const source = status === 'value' ? from : `${from}: không có dữ liệu`;
    return fields === '' ? source : `${fields} (${source})`;
  });
  return parts.length === 0
    ? 'đã biết rằng bạn có trong cơ sở dữ liệu'
    : `đã xem các thông tin sau của bạn: ${parts.join('; ')}`;
}

/** Sentences for data that the caller was not given: nothing was disclosed, whatever the reason. */
const NOT_GIVEN: Readonly<Record<string, string>> = {
  'not-found': 'đã hỏi về bạn và không nhận được dữ liệu nào',
  denied: 'đã hỏi về bạn và bị từ chối, không nhận được dữ liệu nào',
  failed: 'đã hỏi về bạn nhưng cơ sở dữ liệu không trả lời',
  refused: 'đã gửi yêu cầu về bạn và bị từ chối, không nhận được dữ liệu nào',
};

/**
 * Terms of the fields, each once; a field without one is told by its register. The fields of the access log itself have no
 * terms in the law, and their descriptions are English.
 */
export function fieldsOf(
  register: string,
  coordinates: readonly string[],
  words: Vocabulary,
): readonly string[] {
  if (register === ACCESS_LOG_REGISTER) return [];
  return [...new Set(coordinates.flatMap((coordinate) => words.fieldName(coordinate) ?? []))];
}

/** Writes a time as people do: `02:34 ngày 01/12/2026`. */
function vietnamTime(epochMs: number): string {
  const [year, month, day] = vietNamDay(epochMs).split('-');
  const time = new Date(epochMs + VIET_NAM_OFFSET_MS).toISOString().slice(11, 16);
  return `${time} ngày ${day}/${month}/${year}`;
}
