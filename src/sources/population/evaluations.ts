import { ADULT_AGE, hasReachedAge } from '../../policy/age.ts';
import { matchesPerson } from '../../policy/row-rules/match-factor.ts';
import { resolveCommune, resolveProvince } from '../../units/resolve-commune.ts';
import type { Evaluation, EvaluationResult } from '../binding.ts';
import { BROKEN, type RecordValue } from '../records/record.ts';
import { readCommuneCode, readIsoDate, readProvinceCode } from '../wire/value-readers.ts';
import type { PersonRecord } from './record.ts';

/** A mapped record; a property may be missing where it was stored before it was mapped. */
type Stored = Readonly<Partial<PersonRecord>>;

/** Compares as a `match` factor does: one rule says what fits. */
export const matches: Evaluation = {
  days: [],
  identifiers: {},
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

const OLDEST = 150;

export const ageAtLeast: Evaluation = {
  days: ['on'],
  identifiers: {},
  evaluate: (_record, anchor, { years, on }) =>
    typeof years === 'number' && years >= 0 && years <= OLDEST ? answerAge(anchor, years, on) : null,
};

/** Null where the day is none. */
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
