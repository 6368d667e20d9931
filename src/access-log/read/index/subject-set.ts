import { readSubjectText, subjectText } from '../../../log-format/subject-text.ts';
import { hasPersonalIdForm } from '../../../registers.ts';
import type { Subject } from '../../../disclosure/subject.ts';

const FIRST_ROOM = 4_096;

/** Distinct subjects, exactly, in 8 bytes a person: personal ids are numbers below 2^53. */
export class SubjectSet {
  #persons = new Float64Array(FIRST_ROOM);
  #used = 0;
  /** Up to here sorted, each once. */
  #settled = 0;
  readonly #others = new Set<string>();

  add({ kind, key }: Subject): void {
    if (kind === 'none') return;
    if (kind !== 'person' || !hasPersonalIdForm(key)) {
      this.#others.add(subjectText({ kind, key }));
      return;
    }
    if (this.#used === this.#persons.length) this.#makeRoom();
    this.#persons[this.#used] = Number(key);
    this.#used += 1;
  }

  get size(): number {
    this.#settle();
    return this.#used + this.#others.size;
  }

  countByKind(): ReadonlyMap<string, number> {
    this.#settle();
    const counts = new Map<string, number>();
    if (this.#used > 0) counts.set('person', this.#used);
    for (const other of this.#others) {
      const { kind } = readSubjectText(other);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    return counts;
  }

  /** A part of the subjects in order: persons by id, then the others. `from` counts from 0. */
  slice(from: number, count: number): readonly Subject[] {
    this.#settle();
    const persons = [...this.#persons.subarray(from, Math.min(from + count, this.#used))].map(
      (id): Subject => ({ kind: 'person', key: String(id).padStart(12, '0') }),
    );
    const rest = [...this.#others].sort().slice(Math.max(0, from - this.#used), from + count - this.#used);
    const others = from + count > this.#used ? rest : [];
    return [...persons, ...others.map(readSubjectText)];
  }

  #makeRoom(): void {
    this.#settle();
    if (this.#used < this.#persons.length / 2) return;
    const larger = new Float64Array(2 * this.#persons.length);
    larger.set(this.#persons.subarray(0, this.#used));
    this.#persons = larger;
  }

  #settle(): void {
    if (this.#settled === this.#used) return;
    const ids = this.#persons.subarray(0, this.#used).sort();
    let kept = 0;
    for (let at = 0; at < ids.length; at++) {
      if (at > 0 && ids[at] === ids[at - 1]) continue;
      ids[kept] = ids[at] ?? 0;
      kept += 1;
    }
    this.#used = kept;
    this.#settled = kept;
  }
}
