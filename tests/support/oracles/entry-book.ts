/** What an answer must leave on record, subject by subject. */
export interface ExpectedEntry {
  readonly outcome: string;
  /** Any of these: asked twice, a subject may be hidden for two reasons. Empty: none. */
  readonly rules: readonly string[];
  readonly cases: readonly string[];
  /** `register coordinate`, sorted, ` none` behind what is nothing. */
  readonly disclosed: readonly string[];
}

/** That somebody exists tells most, a rule's denial least. */
const TELLING = ['denied', 'failed', 'not-found', 'disclosed'];

interface Known {
  readonly rules: Map<string, Set<string>>;
  readonly asked: Set<string>;
  readonly placed: Set<string>;
  readonly coordinates: Set<string>;
  readonly existence: Set<string>;
}

/** Gathers entries while an answer is worked out. Subjects are written `person 001099000001`. */
export class EntryBook {
  readonly #known = new Map<string, Known>();

  /** A subject that a root or a join asked for, and what came of it. */
  asked(subject: string, outcome: string, rule: string | null, caseId: string): void {
    const { rules, asked } = this.#of(subject);
    const known = rules.get(outcome) ?? new Set();
    if (rule !== null) known.add(rule);
    rules.set(outcome, known);
    asked.add(caseId);
  }

  /** An object about the subject stands in the answer. */
  placed(subject: string, caseId: string): void {
    this.#of(subject).placed.add(caseId);
  }

  disclosed(subject: string, coordinate: string): void {
    this.#of(subject).coordinates.add(coordinate);
  }

  /** The answer tells by this coordinate that the subject exists: on record where nothing else of it is. */
  exists(subject: string, coordinate: string): void {
    this.#of(subject).existence.add(coordinate);
  }

  entries(): ReadonlyMap<string, ExpectedEntry> {
    const entries = new Map<string, ExpectedEntry>();
    for (const [subject, { rules, asked, placed, coordinates, existence }] of this.#known) {
      if (coordinates.size > 0) {
        const disclosed = [...coordinates].sort();
        entries.set(subject, { outcome: 'disclosed', rules: [], cases: [...placed].sort(), disclosed });
        continue;
      }
      const outcome = TELLING.findLast((one) => rules.has(one));
      if (outcome === undefined) continue;
      const cases = [...asked].sort();
      const disclosed = outcome === 'disclosed' ? [...existence].sort() : [];
      entries.set(subject, { outcome, rules: [...(rules.get(outcome) ?? [])], cases, disclosed });
    }
    return entries;
  }

  #of(subject: string): Known {
    let known = this.#known.get(subject);
    if (!known) {
      known = {
        rules: new Map(),
        asked: new Set(),
        placed: new Set(),
        coordinates: new Set(),
        existence: new Set(),
      };
      this.#known.set(subject, known);
    }
    return known;
  }
}
