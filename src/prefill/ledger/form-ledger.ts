import type { Limits } from '../../config/limits.ts';
import type { CountedForm } from './form-count.ts';
import { openLedgerFile, type LedgerCounts, type LedgerSpan } from './ledger-file.ts';

export const LEDGER_LIMITS = {
  writeAfter: {
    value: 1_000,
    unit: 'ms',
    why: 'Counts are written together. They are statistics: a crash may lose the last second of them.',
  },
  waiting: {
    value: 10_000,
    unit: 'forms',
    why: 'Forms whose counts wait to be written; then they are written at once.',
  },
} as const satisfies Limits;

/** Counts forms and what became of their papers. It holds counts and reasons, and no person. */
export interface FormLedger {
  count(form: CountedForm): void;
  /** All counts of a span, those that wait to be written included. */
  read(span: LedgerSpan): LedgerCounts;
  close(): void;
}

/** Opens the ledger of this instance. `onTrouble` hears of counts that could not be written; they are lost. */
export function openFormLedger(dataDirectory: string, onTrouble: (lost: number) => void): FormLedger {
  const file = openLedgerFile(dataDirectory);
  let waiting: CountedForm[] = [];
  let timer: NodeJS.Timeout | null = null;

  function write(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    const forms = waiting;
    waiting = [];
    if (forms.length === 0) return;
    try {
      file.add({
        forms: forms.map(({ form }) => form),
        components: forms.flatMap(({ components }) => components),
      });
    } catch {
      onTrouble(forms.length);
    }
  }

  return {
    count(form) {
      waiting.push(form);
      if (waiting.length >= LEDGER_LIMITS.waiting.value) write();
      timer ??= setTimeout(write, LEDGER_LIMITS.writeAfter.value).unref();
    },
    read(span) {
      write();
      return file.read(span);
    },
    close() {
      write();
      file.close();
    },
  };
}
