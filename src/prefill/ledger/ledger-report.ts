import type { Procedures } from '../procedures/procedures.ts';
import type { ComponentCause } from '../fill/prefilled-form.ts';
import type { ComponentCount, FormCount } from './form-count.ts';
import type { LedgerCounts, LedgerSpan } from './ledger-file.ts';
import { reuseIndicators, type ReuseIndicator } from './reuse-indicators.ts';

/** Papers of one procedure's forms in one office on one day. */
export interface LedgerRow extends FormCount {
  readonly procedureName: string;
  readonly answered: number;
  readonly partly: number;
  readonly needed: number;
  readonly askedAnyway: number;
}

/** One paper, and what became of it. */
export interface LedgerPaper extends Omit<ComponentCount, 'cause'> {
  readonly name: string;
  readonly cause: ComponentCause | null;
}

/** The ledger of a span, as the query and the command show it. */
export interface LedgerReport extends LedgerSpan {
  readonly rows: readonly LedgerRow[];
  readonly papers: readonly LedgerPaper[];
  readonly indicators: readonly ReuseIndicator[];
  /** Offices that asked for papers that data had answered, most often first. */
  readonly askingAnyway: readonly { readonly office: string; readonly askedAnyway: number }[];
}

/** Reports the counts of those procedures that may be seen. */
export function reportLedger(
  span: LedgerSpan,
  counts: LedgerCounts,
  procedures: Procedures,
  isSeen: (procedure: string) => boolean,
): LedgerReport {
  const forms = addedUp(
    counts.forms.filter(({ procedure }) => isSeen(procedure)),
    placeText,
    ['forms', 'usingPopulation', 'fullyReused'],
  );
  const components = addedUp(
    counts.components.filter(({ procedure }) => isSeen(procedure)),
    (one) => [placeText(one), one.component, one.state, one.cause].join(' '),
    ['count', 'askedAnyway'],
  );
  const byPlace = Map.groupBy(components, placeText);
  const rows = forms.map((form): LedgerRow => {
    const papers = byPlace.get(placeText(form)) ?? [];
    const sum = (state: ComponentCount['state']): number =>
      papers.reduce((total, one) => total + (one.state === state ? one.count : 0), 0);
    return {
      ...form,
      procedureName: procedures.get(form.procedure)?.name ?? '',
      answered: sum('REPLACED'),
      partly: sum('PARTLY'),
      needed: sum('NEEDED'),
      askedAnyway: papers.reduce((total, one) => total + one.askedAnyway, 0),
    };
  });
  const offices = Map.groupBy(rows, ({ office }) => office);
  return {
    ...span,
    rows,
    papers: components.map((one) => ({
      ...one,
      cause: one.cause === '' ? null : one.cause,
      name: procedures.get(one.procedure)?.components[one.component]?.name ?? '',
    })),
    indicators: reuseIndicators({ forms, components }, procedures),
    askingAnyway: [...offices]
      .map(([office, own]) => ({
        office,
        askedAnyway: own.reduce((total, one) => total + one.askedAnyway, 0),
      }))
      .filter(({ askedAnyway }) => askedAnyway > 0)
      .sort((one, two) => two.askedAnyway - one.askedAnyway),
  };
}

/** Adds up the counts of several instances that are about the same. */
function addedUp<Item extends object>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  counts: readonly (keyof Item)[],
): readonly Item[] {
  return [...Map.groupBy(items, nameOf).values()].map((same) =>
    same.reduce((sum, one) => ({
      ...sum,
      ...Object.fromEntries(counts.map((name) => [name, Number(sum[name]) + Number(one[name])])),
    })),
  );
}

function placeText({ day, procedure, office, province }: FormCount | ComponentCount): string {
  return [day, procedure, office, province].join(' ');
}

const COLUMNS = [
  'day',
  'procedure',
  'procedureName',
  'office',
  'province',
  'forms',
  'usingPopulation',
  'fullyReused',
  'answered',
  'partly',
  'needed',
  'askedAnyway',
] as const satisfies readonly (keyof LedgerRow)[];

/** Prints the rows as CSV (RFC 4180), with a row of names. */
export function ledgerCsv({ rows }: LedgerReport): string {
  const quoted = (value: string | number): string =>
    typeof value === 'number' ? String(value) : `"${value.replaceAll('"', '""')}"`;
  const lines = rows.map((row) => COLUMNS.map((column) => quoted(row[column])).join(','));
  return [COLUMNS.join(','), ...lines].map((line) => `${line}\r\n`).join('');
}
