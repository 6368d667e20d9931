import type { Country } from '../../../mocks/country/country.ts';
import type { Fault } from '../../../mocks/servers/faults.ts';
import type { Json, TestAnswer, TestGateway } from '../gateway.ts';
import { buildFreshSubjects, type FreshSubject } from './fresh-subjects.ts';

/** A field of each register beside the others'. */
const QUERY = `query Matrix($personalId: ID!) { citizen(personalId: $personalId) {
  name { full } landParcels { id area } businesses { code status } birth { entryNo registeredOn } } }`;

/** The field of the query that a register answers; the population register decides on the whole root. */
const FIELD_OF: Readonly<Record<string, string>> = {
  land: 'landParcels',
  business: 'businesses',
  'civil-status': 'birth',
};
export const MATRIX_REGISTERS = ['population', 'land', 'business', 'civil-status'] as const;
export type MatrixRegister = (typeof MATRIX_REGISTERS)[number];

/** `load`: among so many others at once. */
export const MATRIX_LOADS = ['alone', 'load'] as const;
export const MATRIX_CACHES = ['cold', 'warm'] as const;
const UNDER_LOAD = 12;
const RECOVERY_MS = 10_000;

/** The faults of the matrix; a call may take `timeoutMs`. */
export function matrixFaults(timeoutMs: number): readonly Fault[] {
  return [
    { fault: 'latency', p50: 5, p99: 40 },
    { fault: 'delay', ms: 2 * timeoutMs },
    { fault: 'hang' },
    { fault: 'outage', ms: 400 },
    { fault: 'drop' },
    { fault: 'reset' },
    { fault: 'drip', ms: 4 * timeoutMs },
    { fault: 'cut' },
    { fault: 'charset' },
    { fault: 'page' },
    { fault: 'status', status: 503 },
    { fault: 'wrong-shape', where: 'envelope' },
    { fault: 'empty-object' },
    { fault: 'renamed' },
    { fault: 'partial' },
    { fault: 'stray-row' },
    { fault: 'stale', days: 400 },
  ];
}

/** One cell of the matrix. */
export interface MatrixCell {
  readonly register: MatrixRegister;
  readonly fault: Fault;
  readonly load: (typeof MATRIX_LOADS)[number];
  readonly cache: (typeof MATRIX_CACHES)[number];
}

/** What a cell came to. */
export interface CellResult extends MatrixCell {
  /** Code and path of each error, each once; `OK` where there is none. */
  readonly told: readonly string[];
  readonly othersIntact: boolean;
  readonly deadlineKept: boolean;
  /** Each value is the person's own, or null. */
  readonly nobodyElses: boolean;
  readonly recovered: boolean;
  readonly slowestMs: number;
}

/** Runs cells one after the other; each asks about persons whom none before has asked about. */
export function buildFaultMatrix(gateway: TestGateway, country: Country, deadlineMs: number) {
  const fresh = buildFreshSubjects(country);
  const ask = async (subject: FreshSubject) => {
    const startedAt = performance.now();
    const answer = await gateway.ask(QUERY, subject.variables);
    return { subject, answer, milliseconds: performance.now() - startedAt };
  };

  return async (cell: MatrixCell): Promise<CellResult> => {
    const subjects = Array.from({ length: cell.load === 'alone' ? 1 : UNDER_LOAD }, () => fresh(QUERY));
    // Warm and cold alike, the register has seen this officer and is well when the fault begins.
    await ask(fresh(QUERY));
    if (cell.cache === 'warm') await Promise.all(subjects.map(ask));
    const { faults } = gateway.mocks.registers[cell.register];
    faults.set(cell.fault);
    const asked = await Promise.all(subjects.map(ask));
    faults.clear();
    const until = performance.now() + RECOVERY_MS;
    let recovered = false;
    while (!recovered && performance.now() < until) {
      const again = await ask(fresh(QUERY));
      recovered = isWhole(again.answer, again.subject);
      if (!recovered) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const slowestMs = Math.max(...asked.map(({ milliseconds }) => milliseconds));
    return {
      ...cell,
      told: toldBy(asked.map(({ answer }) => answer)),
      othersIntact: asked.every(({ answer, subject }) => hasOthers(answer, subject, cell.register)),
      nobodyElses: asked.every(({ answer, subject }) => isOwn(answer, subject)),
      deadlineKept: slowestMs <= deadlineMs,
      recovered,
      slowestMs: Math.round(slowestMs),
    };
  };
}

/** One line of the printed matrix. */
export function printedCell(result: CellResult): string {
  const { register, fault, load, cache, told, slowestMs } = result;
  const mark = (name: keyof CellResult): string => `${name}=${result[name] === true ? 'yes' : 'NO'}`;
  const marks = (['othersIntact', 'deadlineKept', 'nobodyElses', 'recovered'] as const).map(mark).join(' ');
  return `${register.padEnd(13)}${fault.fault.padEnd(13)}${load.padEnd(6)}${cache.padEnd(5)}${marks} ${String(slowestMs).padStart(5)} ms  ${told.join(', ')}`;
}

type Row = { readonly [name: string]: Json };

function rowOf(data: TestAnswer['data'] | FreshSubject['expected']['data']): Row | null {
  return (data?.['citizen'] ?? null) as Row | null;
}

function sameAs(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isWhole({ status, errors, data }: TestAnswer, { expected }: FreshSubject): boolean {
  return status === 200 && errors.length === 0 && sameAs(rowOf(data), rowOf(expected.data));
}

function hasOthers({ status, data }: TestAnswer, { expected }: FreshSubject, register: string): boolean {
  const row = rowOf(data);
  if (status !== 200) return false;
  // Without the facts for the row rules nothing of the person may be shown.
  if (register === 'population') return true;
  return Object.entries(rowOf(expected.data) ?? {}).every(
    ([field, value]) => field === FIELD_OF[register] || sameAs(row?.[field], value),
  );
}

function isOwn({ data }: TestAnswer, { expected }: FreshSubject): boolean {
  return isPartOf(rowOf(data), rowOf(expected.data));
}

/** Null anywhere, or the same. */
function isPartOf(found: Json | undefined, wanted: Json | undefined): boolean {
  if (found === null || sameAs(found, wanted)) return true;
  if (typeof found !== 'object' || typeof wanted !== 'object' || !found || !wanted) return false;
  const members = Object.entries(found) as [string, Json][];
  return members.every(([name, value]) => isPartOf(value, (wanted as Row)[name]));
}

function toldBy(answers: readonly TestAnswer[]): readonly string[] {
  const told = answers.flatMap(({ errors }) =>
    errors.map(({ path, extensions }) => `${extensions.code} at ${(path ?? []).join('.')}`),
  );
  return told.length === 0 ? ['OK'] : [...new Set(told)].toSorted();
}
