import type { Broken } from '../../records/record.ts';
import type { Shape } from '../../wire/shape.ts';
import { readDivorceKind, readMarriageState } from './entry-codes.ts';
import { mapPage, mapRegistration, type EntryFields } from './entry-fields.ts';
import { mapRecordedPerson } from './recorded-person.ts';

/** An entry in the register of marriages, with the other spouse than the person whose record it is in. */
export type MarriageEntry = Exclude<ReturnType<typeof mapMarriage>, Broken>;

/** An entry of module KH; one in which the person is neither of the two, or both, is nobody's marriage. */
export function mapMarriage(fields: EntryFields, personalId: string, shape: Shape) {
  const other = otherSpouse(fields, personalId);
  if (other === undefined) return shape.broken();
  return Object.freeze({
    ...mapRegistration(fields),
    ...mapPage(fields),
    husband: mapRecordedPerson(fields, 'chong'),
    wife: mapRecordedPerson(fields, 'vo'),
    spouseId: fields.personalId(`${other}SoDDCN`),
    // This is the state now, whenever the marriage is asked about.
    state: fields.required('tinhTrangKetHon', readMarriageState),
    endedOn: fields.date('ngayChamDut'),
  });
}

/** An entry of module LH (modelled): a judgment or decision on the marriage of the two. */
export function mapDivorce(fields: EntryFields, personalId: string, shape: Shape) {
  const other = otherSpouse(fields, personalId);
  if (other === undefined) return shape.broken();
  return Object.freeze({
    ...mapRegistration(fields),
    kind: fields.optional('loaiLyHon', readDivorceKind),
    formerSpouse: mapRecordedPerson(fields, other),
    decisionNo: fields.text('soBanAn'),
    decidedOn: fields.date('ngayBanAn'),
    decidedBy: fields.text('coQuanBanAn'),
    effectiveOn: fields.date('ngayHieuLuc'),
  });
}

function otherSpouse(fields: EntryFields, personalId: string): 'chong' | 'vo' | undefined {
  const isHusband = fields.raw('chongSoDDCN') === personalId;
  const isWife = fields.raw('voSoDDCN') === personalId;
  if (isHusband === isWife) return undefined;
  return isHusband ? 'vo' : 'chong';
}
