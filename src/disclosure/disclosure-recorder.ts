import type { Subject } from './subject.ts';

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

/** Which of an object's fields stand in the answer. Fields found null later are added to `omitted`. */
export interface ObjectNote {
  readonly subject: Subject;
  readonly fields: readonly (NotedField | null)[];
  readonly omitted: Set<number>;
  readonly origins: readonly RecordOrigin[];
}

/** One register's part of what was disclosed about one subject: coordinates, never values. */
export interface RegisterDisclosure {
  readonly register: string;
  readonly coordinates: readonly string[];
  readonly isCached: boolean;
  readonly upstreamIds: readonly string[];
}

export type SubjectOutcome = 'disclosed' | 'not-found' | 'denied' | 'failed' | 'refused';

export interface SubjectDisclosure {
  readonly subject: Subject;
  readonly outcome: SubjectOutcome;
  readonly disclosed: readonly RegisterDisclosure[];
}

/** Gathers, while an answer is built, what it discloses and about whom. One a request. */
export class DisclosureRecorder {
  readonly #notes: ObjectNote[] = [];
  readonly #asked = new Map<string, { subject: Subject; outcome: SubjectOutcome }>();

  note(
    subject: Subject,
    fields: readonly (NotedField | null)[],
    omitted: Set<number>,
    origins: readonly RecordOrigin[],
  ): ObjectNote {
    const note: ObjectNote = { subject, fields, omitted, origins };
    this.#notes.push(note);
    return note;
  }

  /** A root subject that was asked for, whatever came of it: also the absent and the denied are on record. */
  asked(subject: Subject, outcome: SubjectOutcome): void {
    this.#asked.set(keyOf(subject), { subject, outcome });
  }

  /** One entry a subject, merged over all places where it stands in the answer. */
  subjects(): readonly SubjectDisclosure[] {
    const merged = new Map<string, { subject: Subject; registers: Map<string, MutableDisclosure> }>();
    for (const note of this.#notes) mergeNote(merged, note);
    const entries: SubjectDisclosure[] = [];
    for (const [key, { subject, registers }] of merged) {
      if (registers.size === 0) continue;
      entries.push({ subject, outcome: 'disclosed', disclosed: [...registers].map(finish) });
      this.#asked.delete(key);
    }
    for (const { subject, outcome } of this.#asked.values())
      entries.push({ subject, outcome, disclosed: [] });
    return entries;
  }
}

interface MutableDisclosure {
  readonly coordinates: Set<string>;
  readonly upstreamIds: Set<string>;
  isCached: boolean;
}

function mergeNote(
  merged: Map<string, { subject: Subject; registers: Map<string, MutableDisclosure> }>,
  note: ObjectNote,
): void {
  if (note.subject.kind === 'none') return;
  const key = keyOf(note.subject);
  let entry = merged.get(key);
  if (!entry) {
    entry = { subject: note.subject, registers: new Map() };
    merged.set(key, entry);
  }
  const { fields, omitted, origins } = note;
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index];
    if (!field || omitted.has(index)) continue;
    const origin = origins[field.origin];
    if (!origin) continue;
    let disclosure = entry.registers.get(origin.register);
    if (!disclosure) {
      disclosure = { coordinates: new Set(), upstreamIds: new Set(), isCached: false };
      entry.registers.set(origin.register, disclosure);
    }
    disclosure.coordinates.add(field.coordinate);
    if (origin.upstreamId === null) disclosure.isCached = true;
    else disclosure.upstreamIds.add(origin.upstreamId);
  }
}

function finish([register, disclosure]: [string, MutableDisclosure]): RegisterDisclosure {
  return {
    register,
    coordinates: [...disclosure.coordinates],
    isCached: disclosure.isCached,
    upstreamIds: [...disclosure.upstreamIds],
  };
}

function keyOf(subject: Subject): string {
  return `${subject.kind} ${subject.key}`;
}
