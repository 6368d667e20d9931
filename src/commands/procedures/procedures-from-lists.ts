import type {
  Procedure,
  ProcedureComponent,
  ProcedureField,
  ProcedureParty,
} from '../../prefill/procedures/procedure.ts';
import { cell, csvRows, type CsvRow, type ListReader } from '../command-line/csv-rows.ts';

const SOURCES: Readonly<Record<string, ProcedureField['source']>> = {
  P: 'population',
  B: 'business',
  L: 'land',
  C: 'civil-status',
  U: 'applicant',
  E: 'other-document',
};

/** Printed rules of the forms: such a field is declared only where the link to the register is down. */
const ONLY_WITHOUT_LINK = /do NOT prefill|only when no personal id is given/;
const EDITABLE = /overwritten|correctable|editable/;
const COORDINATE = /\b[A-Z][A-Za-z]+(?:\.[a-z][A-Za-z]*)+/g;

/** Relations of parties whose role alone says how they stand to the applicant; any other must have confirmed. */
const RELATIONS: Readonly<Record<string, ProcedureParty['relation']>> = {
  applicant: 'applicant',
  requester: 'applicant',
  owner: 'applicant',
  subject: 'applicant',
  submitter: 'applicant',
  recipient: 'applicant',
  registered: 'applicant',
  entry: 'applicant',
  holder: 'applicant',
  transferee: 'applicant',
  transferor: 'applicant',
  mortgagor: 'applicant',
  guardian: 'applicant',
  host: 'applicant',
  insurance: 'applicant',
  newOwner: 'applicant',
  residence: 'applicant',
  dossier: 'applicant',
  tax: 'applicant',
  benefit: 'applicant',
  licence: 'applicant',
  consent: 'applicant',
  spouse: 'spouse',
  wife: 'spouse',
  husband: 'spouse',
  child: 'child',
  mother: 'mother',
  father: 'father',
  parent: 'parent',
  parents: 'parent',
  representative: 'minors-parent',
  ward: 'ward',
  deceased: 'named-kin',
  enterprise: 'own-business',
  business: 'own-business',
  ownerOrg: 'own-business',
  mortgagee: 'confirmed',
  parcel: 'own-parcel',
  certificate: 'own-parcel',
  dwelling: 'own-parcel',
  dwellingOwner: 'own-parcel',
  household: 'own-parcel',
};

/**
 * Turns the lists of procedures, forms and paper components into the project's own files, one a procedure in the order of
 * procedures.csv. Throws where a row has a source or a procedure that the lists do not know.
 */
export function proceduresFromLists(read: ListReader): readonly Procedure[] {
  const forms = Map.groupBy(csvRows(read('forms.csv')), (row) => cell(row, 'procedure'));
  const components = Map.groupBy(csvRows(read('components.csv')), (row) => cell(row, 'procedure'));
  return csvRows(read('procedures.csv')).map((row) => {
    const code = cell(row, 'code');
    const rows = forms.get(code) ?? [];
    const name = cell(row, 'name');
    const event = eventOf(name);
    const fields = rows.map(fieldOf).map((field) => (event === 'birth' ? newbornField(field) : field));
    return {
      code,
      name,
      categories: parts(cell(row, 'categories')),
      handledBy: parts(cell(row, 'handled_by')),
      promulgatedBy: cell(row, 'promulgated_by'),
      forms: [...new Map(rows.map((one) => [cell(one, 'form'), cell(one, 'instrument')]))].map(
        ([form, instrument]) => ({ name: form, instrument }),
      ),
      parties: partiesOf(fields, event),
      fields,
      components: (components.get(code) ?? []).map(componentOf),
    };
  });
}

function fieldOf(row: CsvRow): ProcedureField {
  const source = SOURCES[cell(row, 'source')];
  if (source === undefined) throw new Error(`an unknown source: ${cell(row, 'source')}`);
  const isRegister = source !== 'applicant' && source !== 'other-document';
  const path = cell(row, 'path');
  const note = cell(row, 'note');
  return {
    key: cell(row, 'key'),
    label: cell(row, 'label_vi'),
    type: cell(row, 'type') as ProcedureField['type'],
    form: cell(row, 'form'),
    party: cell(row, 'party'),
    source: isRegister && path === '' ? 'applicant' : source,
    path: isRegister && path !== '' ? path.split(' > ') : [],
    document: source === 'other-document' ? path : null,
    isPrefilled: isRegister && path !== '' && !ONLY_WITHOUT_LINK.test(note),
    isEditable: !isRegister || path === '' || EDITABLE.test(note),
    note: note === '' ? null : note,
    mark: cell(row, 'mark') as ProcedureField['mark'],
  };
}

/**
 * Event of a civil-status procedure that decides who its parties are: a birth or a marriage that is registered now, a marriage that is
 * registered again, or a record of somebody whom only the applicant can name. Null for all other procedures.
 */
type RegisteredEvent = 'birth' | 'marriage' | 'marriage-again' | 'named';

function eventOf(name: string): RegisteredEvent | null {
  if (/lại kết hôn/.test(name)) return 'marriage-again';
  if (/kết hôn/.test(name) && /đăng ký/i.test(name)) return 'marriage';
  if (/lại khai sinh|đã có hồ sơ|nhận cha, mẹ, con$/.test(name) && !/kết hợp/.test(name)) return 'named';
  return /khai sinh/.test(name) && /đăng ký/i.test(name) ? 'birth' : null;
}

/** Relations by the event that is registered. A child that is registered now is in no register: its parents are the applicant and the spouse. */
const EVENT_RELATIONS: Readonly<
  Record<RegisteredEvent, Readonly<Record<string, ProcedureParty['relation']>>>
> = {
  birth: {
    mother: 'wife',
    father: 'husband',
    parent: 'newborn-parent',
    parents: 'applicant',
    child: 'newborn-parent',
  },
  marriage: { wife: 'bride', husband: 'groom' },
  'marriage-again': { wife: 'wife', husband: 'husband' },
  named: {
    mother: 'named-kin',
    father: 'named-kin',
    parent: 'named-kin',
    parents: 'named-kin',
    child: 'named-kin',
  },
};

/** Data of a child that is registered now which a parent's record has: the ancestral home. */
const OF_A_PARENT = /of (the )?father or (the )?mother/;

/** A field about a newborn: no register has it, except what follows the parents. */
function newbornField(field: ProcedureField): ProcedureField {
  if (field.party !== 'child' || field.path.length === 0) return field;
  if (field.note?.startsWith("mother's id") === true) return { ...field, party: 'mother' };
  if (OF_A_PARENT.test(field.note ?? '')) return field;
  return { ...field, source: 'applicant', path: [], isPrefilled: false, isEditable: true };
}

/** Each role once, in the order of the form. The kind follows from the records that its paths start at. */
function partiesOf(fields: readonly ProcedureField[], event: RegisteredEvent | null): ProcedureParty[] {
  const byRole = Map.groupBy(fields, ({ party }) => party);
  return [...byRole].map(([role, own]) => {
    const kind = kindOf(new Set(own.flatMap(({ path }) => path[0]?.split('.')[0] ?? [])));
    if (kind === 'other') return { role, kind, relation: 'none' };
    const relation = event === null ? undefined : EVENT_RELATIONS[event][role];
    return { role, kind, relation: relation ?? ordinaryRelation(role, own, byRole) };
  });
}

function ordinaryRelation(
  role: string,
  own: readonly ProcedureField[],
  byRole: ReadonlyMap<string, readonly ProcedureField[]>,
): ProcedureParty['relation'] {
  if (role === 'head') {
    return own.some(({ note }) => note?.includes('found by the id given')) ? 'named-kin' : 'household-head';
  }
  // Members of a household stand in the applicant's own record; members of a company are strangers who must have confirmed.
  if (role === 'member') {
    return own.some(({ path }) => path[0]?.startsWith('Citizen.household') === true)
      ? 'household'
      : 'confirmed';
  }
  // Whoever is authorised is named by the applicant. A parent who applies for a child is the representative.
  if (role === 'representative' && own.some(({ key }) => key.includes('uy_quyen'))) return 'confirmed';
  if (role === 'representative' && byRole.has('child')) return 'applicant';
  if (role === 'parent' && own.every(({ key }) => key.startsWith('y_kien'))) return 'minors-parent';
  return RELATIONS[role] ?? 'confirmed';
}

function kindOf(types: ReadonlySet<string>): ProcedureParty['kind'] {
  if (types.has('Citizen')) return 'person';
  if (types.has('Business')) return 'business';
  return types.has('LandParcel') ? 'parcel' : 'other';
}

function kindOfReplacement(text: string, hasCoordinates: boolean): ProcedureComponent['replacedBy'] {
  if (text.startsWith('form: ')) return 'form';
  if (/^(none|not )/.test(text)) return 'none';
  if (/consent/.test(text)) return 'consent';
  if (hasCoordinates || /^P\b/.test(text)) return 'data';
  return 'document';
}

function componentOf(row: CsvRow): ProcedureComponent {
  const replacement = cell(row, 'replaced_by');
  const coordinates = [...new Set(replacement.match(COORDINATE) ?? [])];
  return {
    name: cell(row, 'component_vi'),
    replacedBy: kindOfReplacement(replacement, coordinates.length > 0),
    coordinates,
    replacement,
    basis: cell(row, 'basis'),
    mark: cell(row, 'mark') as ProcedureComponent['mark'],
  };
}

function parts(text: string): string[] {
  return text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
