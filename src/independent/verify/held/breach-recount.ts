import { subjectText } from '../../../log-format/subject-text.ts';
import type { Entry, SubjectValue } from '../../../log-format/entry-format.ts';
import type { ReportRecount } from '../verdict/verify-result.ts';
import { Tampering } from '../faults/tampering.ts';
import type { BreachStatement } from './open-breach-report.ts';

/**
 * Counts again what a signed breach report states, from the entries of one log as they are read. Its memory grows with
 * the subjects that the report counts, where openings tell them.
 */
export class BreachRecount {
  readonly name: string;
  readonly #statement: BreachStatement;
  readonly #log: string;
  readonly #part: { readonly from: number; readonly to: number } | null;
  readonly #since: number;
  readonly #until: number;
  readonly #coordinates = new Map<string, number>();
  readonly #subjects = new Map<string, SubjectValue>();
  #answer = '';
  #answers = 0;
  #entries = 0;
  #first = Infinity;
  #last = -Infinity;
  #removed = 0;
  #unopened = 0;

  /** `log`: the log whose entries follow. */
  constructor(name: string, statement: BreachStatement, log: string) {
    const { from, to } = statement.covered;
    this.name = name;
    this.#statement = statement;
    this.#log = log;
    this.#part = statement.logs.find((one) => one.log === log) ?? null;
    this.#since = from === null ? -Infinity : Date.parse(from);
    this.#until = to === null ? Infinity : Date.parse(to);
  }

  /** Takes an entry that the log signed; `subject` is null where it has no opening. */
  accept(index: number, text: string, subject: SubjectValue | null): void {
    if (!this.#isLookedThrough(index)) return;
    const { answer, outcome, disclosed } = JSON.parse(text) as Entry;
    if (outcome !== 'disclosed' || !this.#isAsked(answer)) return;
    if (answer.id !== this.#answer) this.#answers += 1;
    this.#answer = answer.id;
    this.#entries += 1;
    this.#first = Math.min(this.#first, answer.time);
    this.#last = Math.max(this.#last, answer.time);
    for (const one of disclosed.flatMap(({ coordinates }) => coordinates)) {
      this.#coordinates.set(one, (this.#coordinates.get(one) ?? 0) + 1);
    }
    if (subject === null) this.#unopened += 1;
    else if (subject.kind !== 'none') this.#subjects.set(subjectText(subject), subject);
  }

  noteRemoved(index: number): void {
    if (this.#isLookedThrough(index)) this.#removed += 1;
  }

  /** Compares the counts, once all of the export was read. Throws Tampering where they differ. */
  compared(folder: { readonly from: number; readonly to: number }): ReportRecount {
    const open = this.#openWhy(folder);
    for (const [what, stated, counted] of this.#counts()) {
      const isLess = typeof stated === 'number' && typeof counted === 'number' && stated < counted;
      // There cannot be more of a part of the logs than of all of them.
      if (open.length === 0 ? stated !== counted : isLess) throw this.#differs(what);
    }
    if (open.length > 0) return { verdict: 'not-recounted', subjects: 'not-recounted', open };
    if (this.#unopened > 0) {
      const reason = `${this.#unopened} of the entries that it counts have no opening in the export`;
      return { verdict: 'match', subjects: 'not-recounted', open: [reason] };
    }
    this.#compareSubjects();
    return { verdict: 'match', subjects: 'match', open };
  }

  #isLookedThrough(index: number): boolean {
    const part = this.#part;
    if (!part || index < part.from || index >= part.to) return false;
    return !this.#statement.unreadable.some(
      ({ log, from, entries }) => log === this.#log && index >= from && index < from + entries,
    );
  }

  #isAsked({ caller, outcome, time }: Entry['answer']): boolean {
    const { client, officer, key, covered } = this.#statement;
    return (
      outcome === 'answered' &&
      time >= this.#since &&
      time <= this.#until &&
      (client === null || caller.client === client) &&
      (covered.clients === null || covered.clients.includes(caller.client)) &&
      (officer === null || caller.officer === officer) &&
      (key === null || caller.key === key)
    );
  }

  /** Reasons why the counts cannot be compared for equality. */
  #openWhy({ from, to }: { readonly from: number; readonly to: number }): readonly string[] {
    const part = this.#part;
    if (!part) return ['it counts nothing of this log'];
    const others = this.#statement.logs.filter(
      ({ log, from: first, to: end }) => log !== this.#log && end > first,
    );
    return [
      ...(others.length > 0 ? [`it also counts ${others.length} other log(s)`] : []),
      ...(part.from < from || part.to > to
        ? [`it counts entries ${part.from} up to ${part.to}, and the export does not hold them all`]
        : []),
      ...(this.#removed > 0 ? [`${this.#removed} entries that it counts among were removed meanwhile`] : []),
    ];
  }

  *#counts(): Generator<readonly [what: string, stated: unknown, counted: unknown]> {
    const { answers, entries, firstAccess, lastAccess, categories } = this.#statement;
    yield ['answers', answers, this.#answers];
    yield ['entries', entries, this.#entries];
    yield ['firstAccess', firstAccess, timeText(this.#first)];
    yield ['lastAccess', lastAccess, timeText(this.#last)];
    const named = new Set<string>();
    for (const { category, coordinates, disclosures } of categories) {
      let counted = 0;
      for (const one of coordinates) {
        named.add(one);
        counted += this.#coordinates.get(one) ?? 0;
      }
      yield [`disclosures of ${category}`, disclosures, counted];
    }
    yield ['coordinates', 0, [...this.#coordinates.keys()].filter((one) => !named.has(one)).length];
  }

  #compareSubjects(): void {
    const { subjects, notify } = this.#statement;
    const counted = new Map<string, number>();
    for (const { kind } of this.#subjects.values()) counted.set(kind, (counted.get(kind) ?? 0) + 1);
    const kinds = new Set([...counted.keys(), ...Object.keys(subjects)]);
    for (const kind of kinds) {
      if ((subjects[kind] ?? 0) !== (counted.get(kind) ?? 0)) throw this.#differs('subjects');
    }
    if (!notify) return;
    const page = this.#inOrder().slice(notify.from, notify.from + notify.subjects.length);
    const areSame = notify.subjects.every(
      ({ kind, key }, at) => page[at]?.kind === kind && page[at].key === key,
    );
    if (!areSame) throw this.#differs('those to be notified');
  }

  /** FORMAT.md: persons first, each kind sorted. */
  #inOrder(): readonly SubjectValue[] {
    const all = [...this.#subjects].toSorted(([one], [other]) => (one < other ? -1 : 1));
    const isPerson = ([, { kind }]: readonly [string, SubjectValue]): boolean => kind === 'person';
    return [...all.filter(isPerson), ...all.filter((one) => !isPerson(one))].map(([, subject]) => subject);
  }

  #differs(what: string): Tampering {
    return new Tampering(
      'report-recounted',
      null,
      `${this.name}: the entries of ${this.#log} give another result for ${what} than its statement.`,
    );
  }
}

function timeText(time: number): string | null {
  return Number.isFinite(time) ? new Date(time).toISOString() : null;
}
