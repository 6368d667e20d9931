import type {
  AdoptionEntry,
  ChangeEntry,
  DivorceEntry,
  GuardianshipEntry,
  RecognitionEntry,
} from '../../country/civil-status-records.ts';
import { element } from '../xml.ts';
import { dateElement, entryXml, partyXml } from './entry-xml.ts';

/** The elements of these entries are modelled in the style of the published ones (WIRE.md, "Civil status"). */
export function divorceXml(entry: DivorceEntry): string {
  return entryXml(
    'LH',
    entry,
    partyXml('chong', entry.husband, entry) +
      partyXml('vo', entry.wife, entry) +
      element('loaiLyHon', String(entry.kind)) +
      element('soBanAn', entry.decisionNo) +
      dateElement('ngayBanAn', entry.decidedOn) +
      element('coQuanBanAn', entry.decidedBy) +
      dateElement('ngayHieuLuc', entry.effectiveOn),
  );
}

export function changeXml(entry: ChangeEntry): string {
  return entryXml(
    'TDCC',
    entry,
    partyXml('ntd', entry.person, entry) +
      element('loaiThayDoi', String(entry.kind)) +
      element('noiDungThayDoi', entry.changedItem) +
      element('giaTriCu', entry.oldValue) +
      element('giaTriMoi', entry.newValue) +
      element('lyDo', entry.reason),
  );
}

export function guardianshipXml(entry: GuardianshipEntry): string {
  return entryXml(
    'GH',
    entry,
    partyXml('ngh', entry.guardian, entry) +
      partyXml('ndgh', entry.ward, entry) +
      element('lyDo', entry.reason) +
      dateElement('ngayChamDut', entry.endedOn),
  );
}

export function recognitionXml(entry: RecognitionEntry): string {
  return entryXml(
    'CMC',
    entry,
    element('loaiNhan', String(entry.kind)) +
      partyXml('cm', entry.parent, entry) +
      partyXml('con', entry.child, entry),
  );
}

export function adoptionXml(entry: AdoptionEntry): string {
  return entryXml(
    'NCN',
    entry,
    partyXml('con', entry.child, entry) +
      partyXml('men', entry.adoptiveMother, entry) +
      partyXml('chan', entry.adoptiveFather, entry) +
      dateElement('ngayChamDut', entry.endedOn),
  );
}
