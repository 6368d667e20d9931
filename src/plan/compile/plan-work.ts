import { OPERATION_LIMITS, ANSWER_LIMITS } from '../../operation/limits.ts';
import type { DecidedField } from '../../policy/grant/decide-selection.ts';
import type { ObjectPlan, RootPlan } from './plan.ts';

/** CPU time in microseconds. All are measured with access log and rights, and rounded up. */
const COSTS = {
  /** A subject: its facts and verdict, its records, its line in the access log. */
  entity: 60,
  /** An object inside a record, with its note for the access log. */
  row: 2,
  /** A value, from the record to the bytes that leave. */
  value: 1.5,
  /** A log query apart from what it shows: the search itself is another thread's. */
  logQuery: 500,
} as const;

/** Entries of a list for which work is estimated. The registers' lists of a person have one to five. */
const USUAL_ENTRIES = 3;

/** No answer is larger than ANSWER_LIMITS, whatever its plan says. */
const MOST = COSTS.value * ANSWER_LIMITS.values.value + COSTS.entity * OPERATION_LIMITS.expandedFields.value;

/**
 * Estimates the work of one root: for each of its identifiers, or for a log query as a whole. In microseconds of CPU time. It follows
 * from the plan alone, so that it tells nothing of what will be found.
 */
export function workOfRoot(root: RootPlan): number {
  switch (root.shape) {
    case 'single':
      return workOfObject(root.object);
    case 'batch':
      return root.item.fields.reduce<number>(
        (sum, field) => sum + COSTS.value + (field.shape === 'entity' ? workOfObject(field.object) : 0),
        COSTS.entity,
      );
    case 'log':
      return COSTS.logQuery + workOfSelection(root.selection);
    default:
      return COSTS.value;
  }
}

/** Work in microseconds of `count` identifiers of a root, of which each costs `each`. */
export function boundedWork(each: number, count: number): number {
  return Math.min(each * count, MOST);
}

/** Work in microseconds of an answer of so many values that rests on no records. */
export function workOfValues(values: number): number {
  return boundedWork(COSTS.value, values);
}

function workOfObject({ entity, fields }: ObjectPlan): number {
  let work: number = entity ? COSTS.entity : COSTS.row;
  for (const field of fields) {
    work += COSTS.value;
    if ('object' in field) work += (field.isList ? USUAL_ENTRIES : 1) * workOfObject(field.object);
  }
  return Math.min(work, MOST);
}

/** A log query's lists hold what many callers did: all of a page is counted for each list at the top. */
function workOfSelection(selection: readonly DecidedField[], entries: number = LOG_PAGE): number {
  let work = 0;
  for (const { children } of selection) {
    work += COSTS.value;
    if (children) work += workOfSelection(children, USUAL_ENTRIES) * entries;
  }
  return Math.min(work, MOST);
}

/** Entries of a page of a log query. */
const LOG_PAGE = 100;
