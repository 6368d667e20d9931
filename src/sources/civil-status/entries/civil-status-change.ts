import type { Shape } from '../../wire/shape.ts';
import { readChangeKind } from './entry-codes.ts';
import { mapRegistration, type EntryFields } from './entry-fields.ts';

/** An entry of module TDCC (fields modelled): a change, correction or supplement, or what a judgment changed. */
export function mapCivilStatusChange(fields: EntryFields, personalId: string, shape: Shape) {
  if (fields.raw('ntdSoDDCN') !== personalId) return shape.broken();
  return Object.freeze({
    ...mapRegistration(fields),
    kind: fields.optional('loaiThayDoi', readChangeKind),
    changedItem: fields.text('noiDungThayDoi'),
    oldValue: fields.text('giaTriCu'),
    newValue: fields.text('giaTriMoi'),
    reason: fields.text('lyDo'),
  });
}
