import { readOldIdNumber } from '../wire/identifiers.ts';
import type { Checked } from '../records/record.ts';
import { leaf, type XmlElement } from '../wire/read-xml.ts';
import type { Shape } from '../wire/shape.ts';
import { readText } from '../wire/value-readers.ts';

export interface NamedPerson {
  readonly name: Checked<string | null>;
  readonly oldIdNumber: Checked<string | null>;
  readonly personalId: Checked<string | null>;
}

/**
 * Somebody whom a record names beside its subject: by name alone, or with numbers. The number of an identity card of before (CMND)
 * stands in `SoCMND`, or in `SoDinhDanh` where the person has no personal id.
 */
export function mapNamedPerson(element: XmlElement, shape: Shape): NamedPerson {
  const number = leaf(element, 'SoDinhDanh');
  const old = leaf(element, 'SoCMND');
  return {
    name: shape.optional(leaf(element, 'HoVaTen'), readText),
    oldIdNumber: old === undefined ? (readOldIdNumber(number) ?? null) : shape.required(old, readOldIdNumber),
    personalId: shape.personalId(number),
  };
}
