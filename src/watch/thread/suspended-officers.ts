import type { LogRows } from '../../access-log/stores/log-rows.ts';
import type { AlertBook } from '../alerts/alert-book.ts';
import type { SuspendedOfficer } from './watch-messages.ts';

/** The officers of alerts that suspend. The acts name entries alone: the officer stands in the entries themselves. */
export class SuspendedOfficers {
  readonly #book: AlertBook;
  readonly #onChange: (officers: readonly SuspendedOfficer[]) => void;
  readonly #known = new Map<string, SuspendedOfficer>();
  #told: string | null = null;

  constructor(book: AlertBook, onChange: (officers: readonly SuspendedOfficer[]) => void) {
    this.#book = book;
    this.#onChange = onChange;
  }

  /** Tells where anything has changed since the last time. Rejects with StoreFault. */
  async tell(rows: LogRows | null): Promise<void> {
    const officers = new Map<string, SuspendedOfficer>();
    for (const { id, evidence, isSuspending } of this.#book.values()) {
      if (!isSuspending) continue;
      const officer = this.#known.get(id) ?? (await officerOf(rows, evidence));
      if (!officer) continue;
      this.#known.set(id, officer);
      officers.set(`${officer.client} ${officer.officer}`, officer);
    }
    for (const id of this.#known.keys())
      if (this.#book.get(id)?.isSuspending !== true) this.#known.delete(id);
    const text = [...officers.keys()].toSorted().join('\n');
    if (text === this.#told) return;
    this.#told = text;
    this.#onChange([...officers.values()]);
  }
}

/** The officer of the newest entry of the evidence: of findings about several officers the one who was last. */
async function officerOf(
  rows: LogRows | null,
  evidence: readonly string[],
): Promise<SuspendedOfficer | null> {
  for (const id of evidence.toReversed()) {
    const stored = await rows?.answerById(id);
    if (!stored) continue;
    const { caller } = JSON.parse(stored.head) as {
      readonly caller: { readonly client: string; readonly kind: string; readonly officer: string };
    };
    if (caller.kind === 'agency') return { client: caller.client, officer: caller.officer };
  }
  return null;
}
