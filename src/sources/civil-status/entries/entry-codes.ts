/**
 * Code lists of the civil-status books (REGISTERS.md, Civil status). Published: registration, birth, residence, the ends
 * of the lists of documents and notices, and the first three states of a marriage. Modelled: the rest, each in its order.
 */
function codeList<T extends string>(...names: readonly T[]): (raw: unknown) => T | undefined {
  const byCode = new Map<unknown, T>(names.map((name, index) => [String(index + 1), name]));
  return (raw) => byCode.get(raw);
}

export const readRegistrationKind = codeList('ON_TIME', 'AGAIN', 'RECORDED_FROM_ABROAD', 'LATE');

export const readBirthKind = codeList(
  'BOTH_PARENTS',
  'MOTHER_UNKNOWN',
  'FATHER_UNKNOWN',
  'BOTH_UNKNOWN',
  'ABANDONED',
);

export const readResidenceKind = codeList('PERMANENT', 'TEMPORARY');

export const readIdDocumentKind = codeList(
  'OLD_IDENTITY_CARD',
  'PASSPORT',
  'PERMANENT_RESIDENCE_CARD',
  'IDENTITY_CARD',
  'ARMY_OFFICER_CARD',
  'POLICE_CARD',
  'SOLDIER_CARD',
  'OTHER',
);

export const readRecordedSex = codeList('MALE', 'FEMALE', 'UNDETERMINED');

export const readMarriageState = codeList('IN_FORCE', 'DIVORCED', 'ENDED_BY_DEATH', 'ANNULLED');

export const readDivorceKind = codeList('DIVORCE', 'ANNULMENT', 'DIVORCE_ABROAD');

export const readChangeKind = codeList(
  'CHANGE',
  'CORRECTION',
  'SUPPLEMENT',
  'ETHNICITY',
  'SEX',
  'NATIONALITY',
  'CAPACITY',
  'MISSING',
);

export const readRecognitionKind = codeList('PARENT_RECOGNISES_CHILD', 'CHILD_RECOGNISES_PARENT');

export const readDeathNoticeKind = codeList(
  'DEATH_NOTICE',
  'EXECUTION_RECORD',
  'COURT_DECISION',
  'POLICE_CONFIRMATION',
  'FORENSIC_REPORT',
  'COMMUNE_CONFIRMATION',
  'WITNESS',
);
