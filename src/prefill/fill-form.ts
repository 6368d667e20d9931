import type { Freshness } from '../plan/run/answer-sources.ts';
import { comparableName } from '../units/names/letters.ts';
import { printedValue, rootOf, walkAnswer, type ExpandedAnswer, type FoundValue } from './answer-values.ts';
import { COMPARED_FACTS } from './compared-facts.ts';
import { APPLICANT, componentPath, type Expansion, type FieldPlace } from './expand-form.ts';
import { findParty, property } from './find-party.ts';
import { relativeMeant } from './relation-paths.ts';
import type { ProcedureComponent, ProcedureField } from './procedure.ts';
import type {
  Contradiction,
  PrefillAbsence,
  PrefilledComponent,
  PrefilledField,
  PrefilledForm,
} from './prefilled-form.ts';

/** Facts that all values of one answer share. */
export interface FillContext {
  /** Vietnamese names of the registers' owners, by register. */
  readonly authorities: ReadonlyMap<string, string>;
  /** Day of the register's data, by register, where it gives one. */
  readonly asOf: ReadonlyMap<string, string>;
  readonly freshness: Freshness;
}

/** Fields that number a record: an entry of a book, a certificate, a card. */
const RECORD_NUMBERS = ['entryNo', 'serial', 'number'];

/** Seconds after which a register that failed may be asked again. */
const RETRY_AFTER_SECONDS = 30;

/** Fills a form from the answer to its expanded operation. Every field without a value has exactly one absence. */
export function fillForm(expansion: Expansion, answer: ExpandedAnswer, context: FillContext): PrefilledForm {
  const { procedure, places } = expansion;
  return {
    procedure: procedure.code,
    name: procedure.name,
    fields: places.flatMap((place) => fillField(place, expansion, answer, context)),
    components: procedure.components.map((component) => fillComponent(component, answer)),
    contradictions: findContradictions(answer),
  };
}

function fillField(
  fieldPlace: FieldPlace,
  { applicant }: Expansion,
  answer: ExpandedAnswer,
  context: FillContext,
): readonly PrefilledField[] {
  const { field, place, names, isGranted } = fieldPlace;
  if (place === null) return [empty(field, absenceWithoutPlace(field))];
  if (!isGranted) return [empty(field, 'NOT_GRANTED')];
  const { records, fault } = findParty(answer, place);
  if (records.length === 0) return [empty(field, fault ?? 'NO_RECORD')];
  const walks = records.map((one) => walkAnswer(answer, one, names));
  const found = walks.flatMap((walk) => walk.found).filter((one) => isRelativeMeant(field, one));
  if (isRepeating(field)) return fillRows(field, found, applicant, walks[0]?.fault ?? null, context);
  const values = distinct(chosen(found));
  if (values.length === 0) return [empty(field, walks.find((walk) => walk.fault)?.fault ?? 'NO_RECORD')];
  if (values.length > 1) {
    return [{ ...empty(field, 'AMBIGUOUS'), candidates: values.map(({ value }) => printedValue(value)) }];
  }
  return values.map((value) => filled(field, value, null, context));
}

/** A row of the citizen's relatives that says who it is fits only a field about that relative. */
function isRelativeMeant({ party, key, path }: ProcedureField, { parents }: FoundValue): boolean {
  if (path[0]?.startsWith('Citizen.relatives.') !== true) return true;
  const meant = relativeMeant(party, key);
  const relation = parents.find((one) => typeof one['relation'] === 'string')?.['relation'];
  return meant === null || relation === undefined || relation === meant;
}

/** Rows of a table in the form: every item of the list but the applicant, who stands above it. */
function fillRows(
  field: ProcedureField,
  found: readonly FoundValue[],
  applicant: string,
  fault: PrefillAbsence | null,
  context: FillContext,
): readonly PrefilledField[] {
  const rows = found.filter(
    ({ parents, value }) =>
      value !== applicant && !parents.some((one) => isOf(one, applicant) && one !== parents[0]),
  );
  if (rows.length === 0) return [empty(field, fault ?? 'NO_RECORD')];
  return rows.map((value, row) => filled(field, value, row, context));
}

function isOf(object: Readonly<Record<string, unknown>>, personalId: string): boolean {
  return object['personalId'] === personalId || property(object['person'], 'personalId') === personalId;
}

function isRepeating({ key }: ProcedureField): boolean {
  return key.includes('[]');
}

/** Chooses among several entries the one that is in force, or the newest: ended marriages and older cards are history. */
function chosen(found: readonly FoundValue[]): readonly FoundValue[] {
  if (found.length < 2) return found;
  const inForce = found.filter(({ parents }) => !parents.some((one) => typeof one['endedOn'] === 'string'));
  const open = inForce.length > 0 ? inForce : found;
  const days = open.map(({ parents }) => issuedOn(parents));
  const newest = days.reduce((last, day) => (day > last ? day : last), '');
  return newest === '' ? open : open.filter((_one, index) => days[index] === newest);
}

function issuedOn(parents: readonly Readonly<Record<string, unknown>>[]): string {
  const day = parents.at(-1)?.['issuedOn'];
  return typeof day === 'string' ? day : '';
}

function distinct(found: readonly FoundValue[]): readonly FoundValue[] {
  return [...new Map(found.map((one) => [printedValue(one.value), one])).values()].filter(
    ({ value }) => printedValue(value) !== '',
  );
}

function filled(
  field: ProcedureField,
  { value, parents }: FoundValue,
  row: number | null,
  { authorities, asOf, freshness }: FillContext,
): PrefilledField {
  const entry = parents.findLast((one) => RECORD_NUMBERS.some((name) => name in one));
  const register = field.source;
  return {
    ...empty(field, null),
    row,
    value: printedValue(value),
    values: Array.isArray(value) ? value.map(printedValue) : null,
    source: {
      register,
      authority: authorities.get(register) ?? register,
      coordinate: field.path.at(-1) ?? '',
      recordNo: firstText(entry, RECORD_NUMBERS),
      recordDate: firstText(entry, ['registeredOn', 'issuedOn']),
      asOf: asOf.get(register) ?? null,
      freshness,
      assurance: 'AUTHORITATIVE',
    },
  };
}

function firstText(
  object: Readonly<Record<string, unknown>> | undefined,
  names: readonly string[],
): string | null {
  for (const name of names) {
    const value = object?.[name];
    if (typeof value === 'string') return value;
  }
  return null;
}

function empty(field: ProcedureField, absence: PrefillAbsence | null): PrefilledField {
  return {
    key: field.key,
    row: null,
    label: field.label,
    type: field.type,
    party: field.party,
    value: null,
    values: null,
    source: null,
    isEditable: field.isEditable || (absence !== null && absence !== 'NOT_APPLICABLE'),
    editingNote: editingNoteOf(field, absence),
    absence,
    candidates: null,
    retryAfter: absence === 'SOURCE_UNAVAILABLE' ? RETRY_AFTER_SECONDS : null,
  };
}

function editingNoteOf({ isEditable }: ProcedureField, absence: PrefillAbsence | null): string | null {
  if (absence !== null) return null;
  return isEditable
    ? 'Người khai có thể sửa giá trị này.'
    : 'Giá trị lấy từ cơ sở dữ liệu quốc gia; muốn sửa phải cải chính tại cơ quan quản lý.';
}

function absenceWithoutPlace({ source, path, isPrefilled }: ProcedureField): PrefillAbsence {
  if (source === 'other-document') return 'OTHER_DOCUMENT';
  // Nobody is named in a part that only the applicant can name.
  if (source === 'applicant' || isPrefilled) return 'APPLICANT_PROVIDES';
  // A register has it, but a printed rule of the form asks for it only where the register cannot be asked.
  return path.length > 0 ? 'NOT_APPLICABLE' : 'APPLICANT_PROVIDES';
}

function fillComponent(component: ProcedureComponent, answer: ExpandedAnswer): PrefilledComponent {
  const { name, basis, replacedBy, coordinates } = component;
  const state = (of: PrefilledComponent['state'], reason: string | null): PrefilledComponent => ({
    name,
    basis,
    state: of,
    reason,
  });
  if (replacedBy === 'form') return state('REPLACED', null);
  if (replacedBy === 'consent') return state('NEEDED', 'Cần sự đồng ý của người có liên quan.');
  if (replacedBy === 'document') return state('NEEDED', 'Nằm trong hệ thống khác.');
  if (replacedBy === 'none') return state('NEEDED', 'Không có dữ liệu thay thế.');
  const root = rootOf(answer, APPLICANT);
  const there = coordinates.filter(
    (coordinate) => walkAnswer(answer, root, componentPath(coordinate)).found.length > 0,
  );
  if (there.length === 0) return state('NEEDED', 'Cơ sở dữ liệu không có dữ liệu.');
  return there.length === coordinates.length
    ? state('REPLACED', null)
    : state('PARTLY', 'Cơ sở dữ liệu chỉ có một phần dữ liệu.');
}

function findContradictions(answer: ExpandedAnswer): readonly Contradiction[] {
  const root = rootOf(answer, APPLICANT);
  return COMPARED_FACTS.flatMap(({ fact, population, other, otherRegister, prevails, correctedBy }) => {
    const [one] = walkAnswer(answer, root, population).found;
    const [two] = walkAnswer(answer, root, other).found;
    if (!one || !two || isSame(printedValue(one.value), printedValue(two.value))) return [];
    return [
      {
        party: APPLICANT,
        fact,
        values: [
          { register: 'population', value: printedValue(one.value), recordDate: null },
          {
            register: otherRegister,
            value: printedValue(two.value),
            recordDate: firstText(
              two.parents.findLast((object) => 'registeredOn' in object),
              ['registeredOn'],
            ),
          },
        ],
        prevails,
        correctedBy,
      },
    ];
  });
}

/** Another spelling of the same name, and a date known in part, contradict nothing. */
function isSame(one: string, two: string): boolean {
  const [short = '', long = ''] = [one, two].map(comparableName).sort((a, b) => a.length - b.length);
  return short === long || (/^\d{4}(-\d{2})?$/.test(short) && long.startsWith(`${short}-`));
}
