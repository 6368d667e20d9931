import type { Checked } from '../records/record.ts';
import type { Shape } from '../wire/shape.ts';
import { readXml } from '../wire/read-xml.ts';
import { REPLY_LIMITS } from '../wire/reply-limits.ts';
import { mapBirth, mapDeath } from './entries/birth-and-death.ts';
import { mapCivilStatusChange } from './entries/civil-status-change.ts';
import { EntryFields } from './entries/entry-fields.ts';
import { mapAdoption, mapGuardianship, mapRecognition } from './entries/family.ts';
import { mapDivorce, mapMarriage } from './entries/marriage-and-divorce.ts';

/** `civil-status.events`, by personal id. Its shape is what the mapping below gives. */
export type EventsRecord = NonNullable<ReturnType<typeof mapEvents>>;

/** The modules of the books (REGISTERS.md, Civil status); LH, divorces, and NCN, adoptions, are modelled. */
const MODULES = ['KS', 'KH', 'KT', 'LH', 'TDCC', 'GH', 'CMC', 'NCN'] as const;
type Module = (typeof MODULES)[number];

/**
 * Maps the XML text of one person's entries. Undefined where the row as a whole cannot be trusted: it is not XML, it
 * holds an entry of an unknown kind (a death that cannot be recognised must not read as no death), or its own entries
 * name another person.
 */
export function mapEvents(data: string, personalId: string, shape: Shape) {
  const root = readXml(data, REPLY_LIMITS.elementsOfRecord.value);
  if (root?.name !== 'hotich' || root.text !== '') return undefined;
  const entries = new Map<Module, EntryFields[]>();
  for (const entry of root.children) {
    const module = MODULES.find((one) => one === entry.attributes?.get('module'));
    if (entry.name !== 'hoso' || module === undefined) return undefined;
    const fields = new EntryFields(entry, shape);
    const own = OWN_IDS[module];
    if (own !== undefined && isAboutAnother(fields.raw(own), personalId)) return undefined;
    const known = entries.get(module);
    if (known) known.push(fields);
    else entries.set(module, [fields]);
  }
  const mapAll = <T>(module: Module, map: (fields: EntryFields, id: string, shape: Shape) => Checked<T>) =>
    Object.freeze(entries.get(module)?.map((fields) => map(fields, personalId, shape)) ?? []);
  return Object.freeze({
    personalId,
    birth: mapOnly(entries.get('KS'), shape, mapBirth),
    marriages: mapAll('KH', mapMarriage),
    divorces: mapAll('LH', mapDivorce),
    civilStatusChanges: mapAll('TDCC', mapCivilStatusChange),
    guardianships: mapAll('GH', mapGuardianship),
    recognitions: mapAll('CMC', mapRecognition),
    adoptions: mapAll('NCN', mapAdoption),
    death: mapOnly(entries.get('KT'), shape, mapDeath),
  });
}

/** The id of the one person whom an entry is about. */
const OWN_IDS: Readonly<Partial<Record<Module, string>>> = {
  KS: 'nksSoDDCN',
  KT: 'nktSoDDCN',
  TDCC: 'ntdSoDDCN',
};

/** An entry that names nobody by id is broken by itself. */
function isAboutAnother(id: unknown, personalId: string): boolean {
  return id !== undefined && id !== personalId;
}

/** Nobody is born or dies twice. */
function mapOnly<T>(
  entries: readonly EntryFields[] | undefined,
  shape: Shape,
  map: (fields: EntryFields, shape: Shape) => Checked<T>,
): Checked<T | null> {
  const [entry] = entries ?? [];
  if (entry === undefined) return null;
  return entries?.length === 1 ? map(entry, shape) : shape.broken();
}
