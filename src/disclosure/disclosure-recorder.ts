import { CoordinateLists, type CoordinateList } from './coordinate-lists.ts';
import type { RowRuleName } from '../policy/row-rules/row-rule.ts';
import { NO_SUBJECT, type Subject } from './subject.ts';

/** Where the record behind a value came from, for this operation. */
export interface RecordOrigin {
  readonly register: string;
  readonly isCached: boolean;
  /** Upstream request id under which the register logged the look-up; null from the cache. */
  readonly upstreamId: string | null;
}

/** A field of a planned object; `origin` indexes the origins noted with the object. Null: not a register's value. */
export interface NotedField {
  readonly coordinate: string;
  readonly origin: number;
}

/** Which of an object's fields stand in the answer; `omit` strikes those that do not, also later. */
export interface ObjectNote {
  readonly subject: Subject;
  readonly fields: readonly (NotedField | null)[];
  /** The case in whose name the object was read. */
  readonly caseId: string;
  /** Null while nothing is omitted, which is the usual case. */
  omitted: Set<number> | null;
  readonly origins: readonly RecordOrigin[];
}

/** Takes a field back: it turned out null, so it discloses nothing. `field` is its place in the noted object. */
export function omit(note: ObjectNote, field: number): void {
  (note.omitted ??= new Set()).add(field);
}

/** One register's part of what was disclosed about one subject: coordinates, never values. */
export interface RegisterDisclosure {
  readonly register: string;
  readonly coordinates: readonly string[];
  readonly isCached: boolean;
  readonly upstreamIds: readonly string[];
}

export type SubjectOutcome = 'disclosed' | 'not-found' | 'denied' | 'failed' | 'refused';

/** How much each tells of a subject: that it exists comes first. */
const TELLING: Readonly<Record<SubjectOutcome, number>> = {
  disclosed: 4,
  'not-found': 3,
  failed: 2,
  denied: 1,
  refused: 0,
};

export interface SubjectDisclosure {
  readonly subject: Subject;
  readonly outcome: SubjectOutcome;
  /** The rule behind `denied`, which the caller may not have been told; null where there is none. */
  readonly rule: RowRuleName | null;
  /** The cases in whose name it was read; empty where that is the request's own case alone. */
  readonly caseIds: readonly string[];
  readonly disclosed: readonly RegisterDisclosure[];
}

const OWN_CASE: readonly string[] = [];

interface Asked {
  readonly subject: Subject;
  readonly outcome: SubjectOutcome;
  readonly rule: RowRuleName | null;
  readonly cases: string[];
}

/** Gathers, while an answer is built, what it discloses and about whom. One a request. */
export class DisclosureRecorder {
  readonly #lists: CoordinateLists;
  readonly #notes: ObjectNote[] = [];
  readonly #asked = new Map<string, Asked>();
  readonly #caseId: string;

  /** Lists may be shared by all answers of one plan; `caseId` is the request's own case. */
  constructor(lists: CoordinateLists = new CoordinateLists(), caseId = '') {
    this.#lists = lists;
    this.#caseId = caseId;
  }

  note(
    subject: Subject,
    fields: readonly (NotedField | null)[],
    origins: readonly RecordOrigin[],
    caseId: string = this.#caseId,
  ): ObjectNote {
    const note: ObjectNote = { subject, fields, caseId, omitted: null, origins };
    this.#notes.push(note);
    return note;
  }

  /**
   * A subject that was asked for, by its identifier or by a join, whatever came of it: also the absent and the denied
   * are on record. Asked more than once, with other factors each time, the outcome that tells the caller most stands.
   */
  asked(
    subject: Subject,
    outcome: SubjectOutcome,
    rule: RowRuleName | null = null,
    caseId: string = this.#caseId,
  ): void {
    const key = keyOf(subject);
    const known = this.#asked.get(key);
    const cases = known?.cases ?? [];
    if (!cases.includes(caseId)) cases.push(caseId);
    if (!known || TELLING[outcome] > TELLING[known.outcome]) {
      this.#asked.set(key, { subject, outcome, rule, cases });
    }
  }

  /** One entry a subject, merged over all places where it stands in the answer. */
  subjects(): readonly SubjectDisclosure[] {
    const merged = this.#merge();
    const entries: SubjectDisclosure[] = [];
    for (const { subject, cases, parts } of merged.values()) {
      if (parts.length === 0) continue;
      const caseIds = this.#otherCases(cases);
      entries.push({ subject, outcome: 'disclosed', rule: null, caseIds, disclosed: parts.map(finish) });
    }
    for (const [key, { subject, outcome, rule, cases }] of this.#asked) {
      if (merged.get(key)?.parts.length) continue;
      entries.push({ subject, outcome, rule, caseIds: this.#otherCases(cases), disclosed: [] });
    }
    return entries;
  }

  #otherCases(cases: readonly string[]): readonly string[] {
    return cases.length === 1 && cases[0] === this.#caseId ? OWN_CASE : cases;
  }

  #merge(): ReadonlyMap<string, Gathered> {
    const lists = this.#lists;
    lists.trim();
    const merged = new Map<string, Gathered>();
    let gathered: Gathered = { subject: NO_SUBJECT, cases: [], parts: [] };
    for (const note of this.#notes) {
      const { subject } = note;
      if (subject.kind === 'none') continue;
      // Rows of a record follow each other and are about the same subject.
      if (gathered.subject !== subject) {
        const key = keyOf(subject);
        gathered = merged.get(key) ?? { subject, cases: [], parts: [] };
        merged.set(key, gathered);
      }
      if (!gathered.cases.includes(note.caseId)) gathered.cases.push(note.caseId);
      mergeNote(lists, gathered.parts, note);
    }
    return merged;
  }
}

interface Gathered {
  readonly subject: Subject;
  readonly cases: string[];
  /** One a register: a handful, so that they are searched, not hashed. */
  readonly parts: Part[];
}

interface Part {
  readonly register: string;
  readonly upstreamIds: string[];
  list: CoordinateList;
  isCached: boolean;
}

function mergeNote(lists: CoordinateLists, parts: Part[], note: ObjectNote): void {
  const placed = lists.placedOf(note);
  for (let index = 0; index < placed.length; index++) {
    const coordinates = placed[index];
    const origin = note.origins[index];
    if (!coordinates || !origin) continue;
    const { register, upstreamId } = origin;
    let part = parts.find((known) => known.register === register);
    if (!part) {
      part = { register, upstreamIds: [], list: lists.none, isCached: false };
      parts.push(part);
    }
    part.list = lists.grow(part.list, coordinates);
    if (upstreamId === null) part.isCached = true;
    else if (!part.upstreamIds.includes(upstreamId)) part.upstreamIds.push(upstreamId);
  }
}

function finish({ register, list, isCached, upstreamIds }: Part): RegisterDisclosure {
  return { register, coordinates: list.coordinates, isCached, upstreamIds };
}

function keyOf(subject: Subject): string {
  return `${subject.kind} ${subject.key}`;
}
