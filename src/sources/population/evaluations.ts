import type { Limits } from '../../config/limits.ts';
import { ADULT_AGE, hasReachedAge } from '../../policy/age.ts';
import { matchesPerson } from '../../policy/row-rules/match-factor.ts';
import { resolveCommune, resolveProvince } from '../../units/resolve-commune.ts';
import type { Evaluation, EvaluationResult } from '../binding.ts';
import { BROKEN, type RecordValue } from '../records/record.ts';
import { readCommuneCode, readIsoDate, readProvinceCode } from '../wire/value-readers.ts';
import type { PersonRecord } from './record.ts';
import { citizenVerification } from './verification.ts';

/** A mapped record. A property may be missing from a record that was cached before the property was mapped. */
type Stored = Readonly<Partial<PersonRecord>>;

/** The comparison is that of a `match` factor, so that one rule says what fits. */
export const matches: Evaluation = {
  days: [],
  identifiers: {},
  verification: citizenVerification,
  evaluate(_record, anchor, { fullName, birthDate }) {
    const { name, birthDate: registered }: Stored = anchor;
    if (name === undefined || name === BROKEN || name.full === BROKEN) return BROKEN;
    if (registered === undefined || registered === BROKEN) return BROKEN;
    return matchesPerson({ fullName: String(fullName), birthDate: String(birthDate) }, name.full, registered);
  },
};

export const isAdult: Evaluation = {
  days: ['on'],
  identifiers: {},
  evaluate: (_record, anchor, { on }) => answerAge(anchor, ADULT_AGE, on),
};

export const EVALUATION_LIMITS = {
  age: {
    value: 150,
    unit: 'years',
    why: 'No citizen is older; the schema names this bound of `ageAtLeast`.',
  },
} as const satisfies Limits;

export const ageAtLeast: Evaluation = {
  days: ['on'],
  identifiers: {},
  evaluate: (_record, anchor, { years, on }) =>
    typeof years === 'number' && years >= 0 && years <= EVALUATION_LIMITS.age.value
      ? answerAge(anchor, years, on)
      : null,
};

/** The answer is null when the day is no date. */
function answerAge(anchor: RecordValue, years: number, on: unknown): EvaluationResult {
  const { birthDate }: Stored = anchor;
  if (birthDate === undefined || birthDate === BROKEN) return BROKEN;
  const day = readIsoDate(on);
  if (day === undefined) return null;
  const answer = hasReachedAge(birthDate, years, day);
  return answer === undefined ? BROKEN : answer;
}

export const livesIn: Evaluation = {
  days: [],
  identifiers: { unitCode: (code) => readCommuneCode(code) ?? readProvinceCode(code) },
  evaluate(_record, anchor, { unitCode }) {
    const { residenceUnit }: Stored = anchor;
    if (residenceUnit === undefined || residenceUnit === BROKEN) return BROKEN;
    if (residenceUnit === null) return null;
    if (readProvinceCode(unitCode) !== undefined) {
      const province = resolveProvince(residenceUnit);
      return province === null ? null : province === unitCode;
    }
    const commune = resolveCommune(residenceUnit);
    return typeof commune === 'string' ? null : commune.code === unitCode;
  },
};
