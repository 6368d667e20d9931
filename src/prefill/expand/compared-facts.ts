import { comparableName } from '../../units/names/letters.ts';

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
  /** The sex that a citizen must have for the path to be about the citizen; any where it is left out. */
  readonly of?: 'MALE' | 'FEMALE';
  /** The other register's value that contradicts the population register's; null where none does. */
  readonly contradicting: (population: string, others: readonly string[]) => string | null;
}

/** Another spelling of the same name, and a date known in part, contradict nothing. */
function isSame(one: string, two: string): boolean {
  const [short = '', long = ''] = [one, two].map(comparableName).sort((a, b) => a.length - b.length);
  return short === long || (/^\d{4}(-\d{2})?$/.test(short) && long.startsWith(`${short}-`));
}

function another(population: string, [first]: readonly string[]): string | null {
  return first === undefined || isSame(population, first) ? null : first;
}

/**
 * A marriage of the books beside another marital status: one in force beside any other, an ended one beside `NEVER_MARRIED`. The lack of an
 * entry contradicts nothing: old books are not digitised.
 */
function unheardMarriage(population: string, states: readonly string[]): string | null {
  if (population === 'MARRIED') return null;
  if (states.includes('IN_FORCE')) return 'IN_FORCE';
  const ended = states.find((state) => state === 'DIVORCED' || state === 'ENDED_BY_DEATH');
  return population === 'NEVER_MARRIED' ? (ended ?? null) : null;
}

const civilStatus = (
  fact: string,
  population: readonly string[],
  other: readonly string[],
  contradicting: ComparedFact['contradicting'] = another,
): ComparedFact => ({
  fact,
  population,
  other,
  otherRegister: 'civil-status',
  prevails: 'civil-status',
  correctedBy: '1.010039',
  contradicting,
});

/** Facts that are compared wherever a form's agreement grants both sides. */
export const COMPARED_FACTS: readonly ComparedFact[] = [
  civilStatus('Họ, chữ đệm và tên khai sinh', ['name', 'full'], ['birth', 'child', 'name']),
  {
    ...civilStatus('Họ, chữ đệm và tên khai sinh', ['name', 'full'], ['marriages', 'husband', 'name']),
    of: 'MALE',
  },
  {
    ...civilStatus('Họ, chữ đệm và tên khai sinh', ['name', 'full'], ['marriages', 'wife', 'name']),
    of: 'FEMALE',
  },
  civilStatus('Ngày, tháng, năm sinh', ['birthDate'], ['birth', 'child', 'birthDate']),
  civilStatus('Giới tính', ['sex'], ['birth', 'child', 'sex']),
  civilStatus('Dân tộc', ['ethnicity'], ['birth', 'child', 'ethnicity']),
  civilStatus('Tình trạng hôn nhân', ['maritalStatus'], ['marriages', 'state'], unheardMarriage),
  civilStatus('Ngày chết', ['deathDate'], ['death', 'date']),
];
