import type {
  Procedure,
  ProcedureComponent,
  ProcedureField,
  ProcedureParty,
} from '../../prefill/procedure.ts';
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
  representative: 'parent',
  ward: 'ward',
  deceased: 'kin',
  head: 'household',
  member: 'household',
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
    const fields = rows.map(fieldOf);
    return {
      code,
      name: cell(row, 'name'),
      categories: parts(cell(row, 'categories')),
      handledBy: parts(cell(row, 'handled_by')),
      promulgatedBy: cell(row, 'promulgated_by'),
      forms: [...new Map(rows.map((one) => [cell(one, 'form'), cell(one, 'instrument')]))].map(
        ([name, instrument]) => ({ name, instrument }),
      ),
      parties: partiesOf(fields),
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

/** Each role once, in the order of the form. The kind follows from the records that its paths start at. */
function partiesOf(fields: readonly ProcedureField[]): ProcedureParty[] {
  const byRole = Map.groupBy(fields, ({ party }) => party);
  // The parents give the name of a child that is registered now.
  const isNewborn = (byRole.get('child') ?? []).some(
    ({ key, source }) => key.startsWith('ho_ten') && source === 'applicant',
  );
  return [...byRole].map(([role, own]) => {
    const types = new Set(own.flatMap(({ path }) => path[0]?.split('.')[0] ?? []));
    const kind = kindOf(types);
    if (kind === 'other') return { role, kind, relation: 'none' };
    const newborn = isNewborn ? NEWBORN[role] : undefined;
    const isNamed = own.some(({ note }) => note?.includes('found by the id given'));
    if (role === 'head') return { role, kind, relation: isNamed ? 'named-kin' : 'household-head' };
    return { role, kind, relation: newborn ?? RELATIONS[role] ?? 'confirmed' };
  });
}

/** Relations to a child that is registered now, and is in no register. */
const NEWBORN: Readonly<Record<string, ProcedureParty['relation']>> = {
  mother: 'newborn-mother',
  father: 'newborn-father',
  parent: 'newborn-parent',
  parents: 'applicant',
  child: 'newborn-parent',
};

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
