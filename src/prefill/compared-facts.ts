/** One fact that two registers hold, as paths from a person's record. */
export interface ComparedFact {
  /** In plain words, for the applicant. */
  readonly fact: string;
  readonly population: readonly string[];
  readonly other: readonly string[];
  readonly otherRegister: string;
  /** The register that prevails: civil status is the origin of events (Law 60/2014/QH13 art. 3, Decree 87/2020/ND-CP). */
  readonly prevails: string;
  /** The procedure that corrects the register that does not prevail: 1.010039 residence data, 1.004859 civil status. */
  readonly correctedBy: string;
}

const civilStatus = (
  fact: string,
  population: readonly string[],
  other: readonly string[],
): ComparedFact => ({
  fact,
  population,
  other,
  otherRegister: 'civil-status',
  prevails: 'civil-status',
  correctedBy: '1.010039',
});

/** Facts that are compared wherever a form's agreement grants both sides. */
export const COMPARED_FACTS: readonly ComparedFact[] = [
  civilStatus('Họ, chữ đệm và tên khai sinh', ['name', 'full'], ['birth', 'child', 'name']),
  civilStatus('Ngày, tháng, năm sinh', ['birthDate'], ['birth', 'child', 'birthDate']),
  civilStatus('Giới tính', ['sex'], ['birth', 'child', 'sex']),
  civilStatus('Dân tộc', ['ethnicity'], ['birth', 'child', 'ethnicity']),
  civilStatus('Ngày chết', ['deathDate'], ['death', 'date']),
];
