import { findCommune, type Commune } from '../../../src/units/communes.ts';
import { findEndedCommune } from '../../../src/units/ended-communes.ts';
import { findFormerCommune } from '../../../src/units/former-communes.ts';
import { findIdentifierPrefix } from '../../../src/units/identifier-prefixes.ts';
import { findProvince } from '../../../src/units/provinces.ts';
import type { UnitReference } from '../../../src/units/unit-reference.ts';

/** What minimised fields answer, counted here a second time: by JavaScript's calendar, and on purpose without src/sources. */

export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && isoDay(new Date(time)) === text;
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** Null where the days that the birth date may mean do not all give one answer. */
export function isAged(birthDate: string, years: number, on: unknown): boolean | null {
  if (!isDay(on) || years < 0 || years > 150) return null;
  const [year = 0, knownMonth, knownDay] = birthDate.split('-').map(Number);
  const answers = new Set<boolean>();
  for (let month = 1; month <= 12; month++) {
    for (let day = 1; day <= 31; day++) {
      if ((knownMonth ?? month) !== month || (knownDay ?? day) !== day) continue;
      const birth = new Date(Date.UTC(year, month - 1, day));
      if (birth.getUTCDate() !== day) continue;
      // 29 February rolls over to 1 March where the year is no leap year.
      answers.add(isoDay(new Date(Date.UTC(year + years, month - 1, day))) <= on);
    }
  }
  const [answer] = answers;
  return answers.size === 1 && answer !== undefined ? answer : null;
}

export function isUnitCode(code: string): boolean {
  return /^(\d{2}|\d{5})$/.test(code);
}

/** Only land without people counts for nobody's residence. */
function successorOf(code: string): Commune | 'several' | undefined {
  const into = new Set(
    (findFormerCommune(code) ?? findEndedCommune(code))?.successors
      .filter(({ portion }) => portion !== 'land-only')
      .map(({ commune }) => commune),
  );
  const [only] = into;
  return into.size > 1 ? 'several' : only;
}

export function residesIn(
  { communeCode, provinceCode, generation }: UnitReference,
  unitCode: string,
): boolean | null {
  const current = { commune: findCommune(communeCode), province: findProvince(provinceCode)?.code };
  const former = {
    commune: successorOf(communeCode),
    province: findIdentifierPrefix(`0${provinceCode}`)?.provinceCode,
  };
  const readings = { current: [current], former: [former], undated: [current, former] }[generation];
  const possible = readings.filter(
    ({ commune, province }) =>
      province !== undefined && (typeof commune !== 'object' || commune.provinceCode === province),
  );
  const [only] = possible;
  if (unitCode.length === 2) {
    if (!only || possible.some(({ province }) => province !== only.province)) return null;
    return only.province === unitCode;
  }
  return generation !== 'undated' && typeof only?.commune === 'object'
    ? only.commune.code === unitCode
    : null;
}

/** The commune of today in which such a residence certainly lies. */
export function communeToday(home: UnitReference): string | null {
  const only = home.generation === 'former' ? successorOf(home.communeCode) : findCommune(home.communeCode);
  return typeof only === 'object' && residesIn(home, only.code) === true ? only.code : null;
}

/** `hasEnded`: as the register knows it now. */
export function isWedded(
  marriages: readonly { readonly registeredOn: string; readonly hasEnded: boolean }[],
  on: unknown,
  today: string,
): boolean | null | 'HISTORY_UNSUPPORTED' {
  if (!isDay(on) || on > today) return null;
  if (on === today) return marriages.some(({ hasEnded }) => !hasEnded);
  const begun = marriages.filter(({ registeredOn }) => registeredOn <= on);
  if (begun.some(({ hasEnded }) => !hasEnded)) return true;
  return begun.length > 0 && 'HISTORY_UNSUPPORTED';
}
