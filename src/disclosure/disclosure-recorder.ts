import { subjectText } from '../log-format/subject-text.ts';
import type { RowRuleName } from '../policy/row-rules/row-rule.ts';
import { NO_FINDINGS } from '../policy/row-rules/caller-findings.ts';
import { mergeInputs, NO_INPUTS } from '../policy/row-rules/rule-inputs.ts';
import { olderOf, type AgeClass } from './age-class.ts';
import { CoordinateLists, type CoordinateList, type PlacedCoordinates } from './coordinate-lists.ts';
import type { NotedField, ObjectNote, RecordOrigin } from './object-note.ts';
import { NO_SUBJECT, type Subject } from './subject.ts';

/**
 * `none`: the register states that there is nothing (no death, no marriage). Read off the answer itself, where a hidden
 * person and an absent one look alike.
 */
export type DisclosureStatus = 'value' | 'none';

/** One register's part of what was disclosed about one subject, one a status: coordinates, never values. */
export interface RegisterDisclosure {
  readonly register: string;
  readonly status: DisclosureStatus;
  /** The age of the oldest record behind it. */
  readonly age: AgeClass;
  /** Some of it came from the cache. */
  readonly isCached: boolean;
  readonly coordinates: readonly string[];
  /** Ids under which the register logged the look-ups; none for what came from the cache. */
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
  /** The findings from which the row was decided, one character a rule (policy/row-rules/rule-inputs.ts). */
  readonly inputs: string;
  /** Findings of the gate about caller and subject (policy/row-rules/caller-findings.ts); absent: nothing was read. */
  readonly findings?: string;
  /** The cases in whose name it was read; empty where that is the request's own case alone. */
  readonly caseIds: readonly string[];
  readonly disclosed: readonly RegisterDisclosure[];
}

const OWN_CASE: readonly string[] = [];

interface Asked {
  readonly subject: Subject;
  readonly outcome: SubjectOutcome;
  readonly rule: RowRuleName | null;
  readonly inputs: string;
  readonly cases: string[];
}

/** Gives what the gate found about the caller and a person (policy/row-rules/caller-findings.ts). */
export type FindingsOf = (personalId: string) => string;

/** Gives the findings about a person who stands in the answer; NO_INPUTS where there are none. */
export type InputsOf = (personalId: string) => string;

/** Gathers, while an answer is built, what it discloses and about whom. One a request. */
export class DisclosureRecorder {
  readonly #lists: CoordinateLists;
  readonly #notes: ObjectNote[] = [];
  readonly #asked = new Map<string, Asked>();
  readonly #existing = new Map<string, Part[]>();
  readonly #caseId: string;
  readonly #inputsOf: InputsOf;
  readonly #findingsOf: FindingsOf;

  /** Lists may be shared by all answers of one plan; `caseId` is the request's own case. */
  constructor(
    lists: CoordinateLists = new CoordinateLists(),
    caseId = '',
    inputsOf: InputsOf = () => NO_INPUTS,
    findingsOf: FindingsOf = () => NO_FINDINGS,
  ) {
    this.#lists = lists;
    this.#caseId = caseId;
    this.#inputsOf = inputsOf;
    this.#findingsOf = findingsOf;
  }

  note(
    subject: Subject,
    fields: readonly (NotedField | null)[],
    origins: readonly RecordOrigin[],
    caseId: string = this.#caseId,
  ): ObjectNote {
    const note: ObjectNote = { subject, fields, caseId, origins, omitted: null, empty: null };
    this.#notes.push(note);
    return note;
  }

  /**
   * The oldest date of the data, by register, of the records that stand in the answer. What is hidden stands in none, so that it
   * tells nothing.
   */
  datesOfData(): ReadonlyMap<string, string> {
    const dates = new Map<string, string>();
    for (const { origins } of this.#notes) {
      for (const { register, asOf } of origins) {
        const known = dates.get(register);
        if (asOf && (known === undefined || asOf < known)) dates.set(register, asOf);
      }
    }
    return dates;
  }

  /**
   * A subject that was asked for, by its identifier or by a join, whatever came of it: also the absent and the denied
   * are on record. Asked more than once, with other factors each time, the outcome that tells the caller most stands,
   * with its rule and findings.
   */
  asked(
    subject: Subject,
    outcome: SubjectOutcome,
    rule: RowRuleName | null = null,
    caseId: string = this.#caseId,
    inputs: string = NO_INPUTS,
  ): void {
    const key = subjectText(subject);
    const known = this.#asked.get(key);
    const cases = known?.cases ?? [];
    if (!cases.includes(caseId)) cases.push(caseId);
    const tellsMore = known && TELLING[outcome] > TELLING[known.outcome];
    const namesRule = known && outcome === known.outcome && known.rule === null && rule !== null;
    if (!known || tellsMore || namesRule) {
      this.#asked.set(key, { subject, outcome, rule, inputs, cases });
    } else if (outcome === known.outcome && rule === known.rule && inputs !== known.inputs) {
      this.#asked.set(key, { ...known, inputs: mergeInputs(known.inputs, inputs) });
    }
  }

  /** The answer tells by this coordinate that a subject exists. It is on record where nothing else of the subject is. */
  exists(subject: Subject, coordinate: string, { register, upstreamId, age }: RecordOrigin): void {
    const key = subjectText(subject);
    const known = this.#existing.get(key) ?? [];
    if (known.some(({ list }) => list.coordinates.includes(coordinate))) return;
    const upstreamIds = upstreamId === null ? [] : [upstreamId];
    const list = { coordinates: [coordinate], grown: new Map() };
    this.#existing.set(key, [...known, { register, status: 'value', upstreamIds, list, age }]);
  }

  /** One entry a subject, merged over all places where it stands in the answer. */
  subjects(): readonly SubjectDisclosure[] {
    const merged = this.#merge();
    const entries: SubjectDisclosure[] = [];
    for (const [key, { subject, cases, parts }] of merged) {
      if (parts.length === 0) continue;
      const inputs = this.#inputsOfPlaced(subject, this.#asked.get(key));
      const caseIds = this.#otherCases(cases);
      entries.push({
        subject,
        outcome: 'disclosed',
        rule: null,
        inputs,
        ...this.#findingsAbout(subject),
        caseIds,
        disclosed: parts.map(finish),
      });
    }
    for (const [key, { subject, outcome, rule, inputs, cases }] of this.#asked) {
      if (merged.get(key)?.parts.length) continue;
      const existing = outcome === 'disclosed' ? (this.#existing.get(key) ?? []) : [];
      entries.push({
        subject,
        outcome,
        rule,
        inputs,
        ...this.#findingsAbout(subject),
        caseIds: this.#otherCases(cases),
        disclosed: existing.map(finish),
      });
    }
    return entries;
  }

  #findingsAbout({ kind, key }: Subject): Pick<SubjectDisclosure, 'findings'> {
    const findings = kind === 'person' ? this.#findingsOf(key) : NO_FINDINGS;
    return findings === NO_FINDINGS ? {} : { findings };
  }

  #inputsOfPlaced({ kind, key }: Subject, asked: Asked | undefined): string {
    const own = kind === 'person' ? this.#inputsOf(key) : NO_INPUTS;
    return asked?.outcome === 'disclosed' ? mergeInputs(asked.inputs, own) : own;
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
        const key = subjectText(subject);
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
  /** One a register and status: a handful, so that they are searched, not hashed. */
  readonly parts: Part[];
}

interface Part {
  readonly register: string;
  readonly status: DisclosureStatus;
  readonly upstreamIds: string[];
  list: CoordinateList;
  age: AgeClass;
}

function mergeNote(lists: CoordinateLists, parts: Part[], note: ObjectNote): void {
  const { values, empty } = lists.placedOf(note);
  mergePlaced(lists, parts, note, 'value', values);
  if (empty.length > 0) mergePlaced(lists, parts, note, 'none', empty);
}

function mergePlaced(
  lists: CoordinateLists,
  parts: Part[],
  { origins }: ObjectNote,
  status: DisclosureStatus,
  placed: PlacedCoordinates,
): void {
  for (let index = 0; index < placed.length; index++) {
    const coordinates = placed[index];
    const origin = origins[index];
    if (!coordinates || !origin) continue;
    const { register, upstreamId, age } = origin;
    let part = parts.find((known) => known.register === register && known.status === status);
    if (!part) {
      part = { register, status, upstreamIds: [], list: lists.none, age };
      parts.push(part);
    }
    part.list = lists.grow(part.list, coordinates);
    part.age = olderOf(part.age, age);
    if (upstreamId !== null && !part.upstreamIds.includes(upstreamId)) part.upstreamIds.push(upstreamId);
  }
}

function finish({ register, status, age, list, upstreamIds }: Part): RegisterDisclosure {
  const { coordinates } = list;
  return { register, status, age, isCached: age !== 'live', coordinates, upstreamIds };
}
