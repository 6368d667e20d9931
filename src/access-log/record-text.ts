import type { RegisterDisclosure, SubjectOutcome } from '../disclosure/disclosure-recorder.ts';
import type { Subject } from '../disclosure/subject.ts';
import type { AnswerRecord } from './entry.ts';

/** A record as the writer's thread gets it; the disclosures of each subject are text already. */
export interface WrittenRecord {
  readonly answer: Omit<AnswerRecord, 'subjects'>;
  readonly subjects: readonly WrittenSubject[];
}

export interface WrittenSubject {
  readonly subject: Subject;
  readonly outcome: SubjectOutcome;
  /** JSON, as it stands in the column `disclosed`. */
  readonly disclosed: string;
}

/** One register's disclosure; its coordinates stand in the record's list of lists. */
type Part = readonly [register: string, list: number, isCached: boolean, upstreamIds: readonly string[]];
type Row = readonly [kind: Subject['kind'], key: string, outcome: SubjectOutcome, parts: readonly Part[]];
type Message = readonly [
  answer: Omit<AnswerRecord, 'subjects'>,
  lists: readonly (readonly string[])[],
  rows: readonly Row[],
];

/**
 * One text a record, made on the request's own thread, hence the care: the recorder gives subjects of which the same
 * was disclosed the same list of coordinates, and each list is written once.
 */
export function writeRecordText({ subjects, ...answer }: AnswerRecord): string {
  const lists: (readonly string[])[] = [];
  const places = new Map<readonly string[], number>();
  const partOf = ({ register, coordinates, isCached, upstreamIds }: RegisterDisclosure): Part => {
    let place = places.get(coordinates);
    if (place === undefined) {
      place = lists.push(coordinates) - 1;
      places.set(coordinates, place);
    }
    return [register, place, isCached, upstreamIds];
  };
  const rows = subjects.map(({ subject, outcome, disclosed }): Row => [
    subject.kind,
    subject.key,
    outcome,
    disclosed.map(partOf),
  ]);
  const message: Message = [answer, lists, rows];
  return JSON.stringify(message);
}

/** On the writer's thread. */
export function readRecordText(text: string): WrittenRecord {
  const [answer, lists, rows] = JSON.parse(text) as Message;
  const listTexts = lists.map((list) => JSON.stringify(list));
  const textOf = ([register, list, isCached, upstreamIds]: Part): string =>
    `{"register":${JSON.stringify(register)},"coordinates":${listTexts[list] ?? '[]'},` +
    `"cached":${isCached},"upstream":${JSON.stringify(upstreamIds)}}`;
  const subjects = rows.map(([kind, key, outcome, parts]): WrittenSubject => ({
    subject: { kind, key },
    outcome,
    disclosed: `[${parts.map(textOf).join(',')}]`,
  }));
  return { answer, subjects };
}
