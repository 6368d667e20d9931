import type { Broken, Checked } from '../records/record.ts';
import type { Shape } from '../wire/shape.ts';
import { readSlashPartialDate, readText } from '../wire/value-readers.ts';
import { leaf, readXml } from '../wire/read-xml.ts';
import { REPLY_LIMITS } from '../wire/reply-limits.ts';
import type { XmlElement } from '../wire/read-xml.ts';

/** `civil-status.events`, by personal id. Its shape is what the mapping below gives. */
export type EventsRecord = NonNullable<ReturnType<typeof mapEvents>>;

/** An entry in the register of births. */
export type BirthEntry = Exclude<ReturnType<typeof mapBirth>, Broken>;

/** An entry in the register of marriages, with the other spouse than the person whose record it is in. */
export type MarriageEntry = Exclude<ReturnType<typeof mapMarriage>, Broken>;

/**
 * Maps the XML text of one person's entries. Undefined where the row as a whole cannot be trusted: it is not XML, it
 * holds an entry of an unknown kind (a death that cannot be recognised must not read as no death), or its own entries
 * name another person.
 */
export function mapEvents(data: string, personalId: string, shape: Shape) {
  const root = readXml(data, REPLY_LIMITS.elementsOfRecord.value);
  if (root?.name !== 'hotich' || root.text !== '') return undefined;
  const births: XmlElement[] = [];
  const marriages: XmlElement[] = [];
  const deaths: XmlElement[] = [];
  const byModule: Readonly<Record<string, XmlElement[]>> = { KS: births, KH: marriages, KT: deaths };
  for (const entry of root.children) {
    const module = entry.attributes?.get('module');
    if (entry.name !== 'hoso' || module === undefined || !Object.hasOwn(byModule, module)) return undefined;
    byModule[module]?.push(entry);
  }
  if (births.some((entry) => isAbout(leaf(entry, 'nksSoDDCN'), personalId) === false)) return undefined;
  if (deaths.some((entry) => isAbout(leaf(entry, 'nktSoDDCN'), personalId) === false)) return undefined;
  return Object.freeze({
    personalId,
    birth: mapOnly(births, shape, (entry) => mapBirth(entry, shape)),
    marriages: Object.freeze(marriages.map((entry) => mapMarriage(entry, personalId, shape))),
    death: mapOnly(deaths, shape, (entry) => mapDeath(entry, shape)),
  });
}

/** Tells whether the entry is about the person; undefined where it names nobody by id. */
function isAbout(id: unknown, personalId: string): boolean | undefined {
  return id === undefined ? undefined : id === personalId;
}

/** Nobody is born or dies twice. */
function mapOnly<T>(
  entries: readonly XmlElement[],
  shape: Shape,
  map: (entry: XmlElement) => Checked<T>,
): Checked<T | null> {
  const [entry] = entries;
  if (entry === undefined) return null;
  return entries.length === 1 ? map(entry) : shape.broken();
}

function mapBirth(entry: XmlElement, shape: Shape) {
  if (leaf(entry, 'nksSoDDCN') === undefined) return shape.broken();
  return Object.freeze({
    entryNo: shape.required(leaf(entry, 'so'), readText),
    registeredOn: shape.required(leaf(entry, 'ngayDangKy'), readSlashPartialDate),
    place: shape.required(leaf(entry, 'nksNoiSinh'), readText),
    motherId: shape.personalId(leaf(entry, 'meSoDDCN')),
    fatherId: shape.personalId(leaf(entry, 'chaSoDDCN')),
  });
}

/** The spouse is the other one of the two; an entry in which the person is neither, or both, is nobody's marriage. */
function mapMarriage(entry: XmlElement, personalId: string, shape: Shape) {
  const husband = leaf(entry, 'chongSoDDCN');
  const wife = leaf(entry, 'voSoDDCN');
  if ((husband === personalId) === (wife === personalId)) return shape.broken();
  return Object.freeze({
    entryNo: shape.required(leaf(entry, 'so'), readText),
    registeredOn: shape.required(leaf(entry, 'ngayDangKy'), readSlashPartialDate),
    spouseId: shape.personalId(husband === personalId ? wife : husband),
    // This is the state now: the register does not say when a marriage ended. No field of the schema leads here.
    state: shape.required(leaf(entry, 'tinhTrangKetHon'), readMarriageState),
  });
}

const STATE_BY_CODE = new Map([
  ['1', 'in-force'],
  ['2', 'divorced'],
  ['3', 'ended-by-death'],
] as const);

function readMarriageState(raw: unknown) {
  return STATE_BY_CODE.get(raw as '1');
}

function mapDeath(entry: XmlElement, shape: Shape) {
  if (leaf(entry, 'nktSoDDCN') === undefined) return shape.broken();
  return Object.freeze({
    entryNo: shape.required(leaf(entry, 'so'), readText),
    registeredOn: shape.required(leaf(entry, 'ngayDangKy'), readSlashPartialDate),
    date: shape.required(leaf(entry, 'nktNgayChet'), readSlashPartialDate),
  });
}
