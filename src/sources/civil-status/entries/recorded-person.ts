import { hasPersonalIdForm } from '../../../registers.ts';
import { readEthnicity } from '../../population/code-names.ts';
import { BROKEN, type Checked } from '../../records/record.ts';
import { isOtherDocument } from '../../wire/identifiers.ts';
import { readNationality, readSlashPartialDate, readText } from '../../wire/value-readers.ts';
import { readIdDocumentKind, readRecordedSex, readResidenceKind } from './entry-codes.ts';
import type { EntryFields } from './entry-fields.ts';

/** The person whom a prefix of an entry's element names stands for: `nks` the child of a birth, `vo` a wife. */
export type PersonPrefix =
  'nks' | 'me' | 'cha' | 'chong' | 'vo' | 'nkt' | 'ntd' | 'ngh' | 'ndgh' | 'cm' | 'con' | 'men' | 'chan';

/** The element names of one person, made once a prefix. */
function namesOf(prefix: PersonPrefix) {
  return {
    name: `${prefix}HoTen`,
    birthDate: `${prefix}NgaySinh`,
    sex: `${prefix}GioiTinh`,
    ancestralHome: `${prefix}QueQuan`,
    ethnicity: `${prefix}DanToc`,
    nationality: `${prefix}QuocTich`,
    residence: `${prefix}NoiCuTru`,
    residenceKind: `${prefix}LoaiCuTru`,
    documentKind: `${prefix}LoaiGiayToTuyThan`,
    documentNumber: `${prefix}SoGiayToTuyThan`,
    personalId: `${prefix}SoDDCN`,
  };
}

const NAMES = Object.fromEntries(
  (['nks', 'me', 'cha', 'chong', 'vo', 'nkt', 'ntd', 'ngh', 'ndgh', 'cm', 'con', 'men', 'chan'] as const).map(
    (prefix) => [prefix, namesOf(prefix)],
  ),
) as Readonly<Record<PersonPrefix, ReturnType<typeof namesOf>>>;

/** The name of the element that holds the person's id. */
export function idElementOf(prefix: PersonPrefix): string {
  return NAMES[prefix].personalId;
}

/** A person as an entry names them, from `<prefix>HoTen` and so on; null where it names nobody. */
export function mapRecordedPerson(fields: EntryFields, prefix: PersonPrefix) {
  const names = NAMES[prefix];
  if (!fields.hasAny([names.name, names.personalId, names.documentNumber])) return null;
  return Object.freeze({
    name: fields.text(names.name),
    birthDate: fields.optional(names.birthDate, readSlashPartialDate),
    sex: fields.optional(names.sex, readRecordedSex),
    ancestralHome: fields.text(names.ancestralHome),
    ethnicity: fields.optional(names.ethnicity, readEthnicity),
    nationalities: mapNationalities(fields, names.nationality),
    residence: fields.text(names.residence),
    residenceKind: fields.optional(names.residenceKind, readResidenceKind),
    idDocument: mapIdDocument(fields, names),
    personalId: mapPersonalId(fields, names),
  });
}

export type RecordedPerson = NonNullable<ReturnType<typeof mapRecordedPerson>>;

/** An entry has one nationality a person. Null where it has none, since the person may have one all the same. */
function mapNationalities(fields: EntryFields, name: string): readonly Checked<string>[] | null {
  const nationality = fields.optional(name, readNationality);
  return nationality === null ? null : Object.freeze([nationality]);
}

/** The number of an identity card is the personal id (Law 26/2023/QH15 art. 18): an entry may hold it as the document's alone. */
function mapPersonalId(fields: EntryFields, names: ReturnType<typeof namesOf>): Checked<string | null> {
  const id = fields.personalId(names.personalId);
  const document = fields.raw(names.documentNumber);
  return id === null && typeof document === 'string' && hasPersonalIdForm(document) ? document : id;
}

/**
 * The document by which the person was identified. A number of another document may stand in the place of the personal id:
 * nine digits are an identity card of before (CMND), a letter and digits a passport.
 */
function mapIdDocument(fields: EntryFields, names: ReturnType<typeof namesOf>) {
  const inPlaceOfId = fields.raw(names.personalId);
  const kind = fields.optional(names.documentKind, readIdDocumentKind);
  const number = fields.optional(names.documentNumber, readDocumentNumber(inPlaceOfId));
  if (kind !== null || number !== null) return Object.freeze({ kind, number });
  if (typeof inPlaceOfId !== 'string' || !isOtherDocument(inPlaceOfId)) return null;
  return Object.freeze({
    kind: /^\d/.test(inPlaceOfId) ? ('OLD_IDENTITY_CARD' as const) : ('PASSPORT' as const),
    number: readText(inPlaceOfId) ?? BROKEN,
  });
}

/** A personal id other than the person's own names somebody on whom no rule was asked. */
function readDocumentNumber(ownId: unknown) {
  return (raw: unknown): string | undefined =>
    typeof raw === 'string' && hasPersonalIdForm(raw) && typeof ownId === 'string' && ownId !== raw
      ? undefined
      : readText(raw);
}
