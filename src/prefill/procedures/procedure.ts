import { z } from 'zod';

/** How sure a statement about a procedure is: V read in a primary source, R reported, S secondary source, D derived. */
const mark = z.enum(['V', 'R', 'S', 'D']);

/** Sources of a form's values: the registers, the applicant, or another system's document. */
export const FIELD_SOURCES = [
  'population',
  'business',
  'land',
  'civil-status',
  'applicant',
  'other-document',
] as const;

const field = z.strictObject({
  /** Key of the form, Vietnamese without marks, parts joined by dots; `[]` after the name of a repeating row. */
  key: z.string().regex(/^[a-z0-9_]+(\[\])?(\.[a-z0-9_]+(\[\])?)*$/),
  label: z.string().min(1),
  type: z.enum([
    'text',
    'longtext',
    'enum',
    'address',
    'date',
    'partialDate',
    'time',
    'personalId',
    'orgCode',
    'idPaper',
    'bool',
    'unit',
    'phone',
    'email',
    'money',
    'int',
    'decimal',
    'consent',
    'signature',
    'binary',
    'table',
  ]),
  /** A name of `forms`: a procedure may have several. */
  form: z.string().min(1),
  /** A role of `parties`: the field is about this party. */
  party: z.string().min(1),
  source: z.enum(FIELD_SOURCES),
  /** Schema coordinates from the party's record to the value; empty where no register gives it. */
  path: z.array(z.string()),
  /** The document that another system holds; null for every other source. */
  document: z.string().nullable(),
  /** False where the form asks for the value only while the register cannot be asked: then it stays empty. */
  isPrefilled: z.boolean(),
  /** The applicant may write another value over what is filled. */
  isEditable: z.boolean(),
  note: z.string().nullable(),
  mark,
});

const component = z.strictObject({
  name: z.string().min(1),
  /** The form itself, filled; `data`: the coordinates below answer it; `document`: another system's; `none`: the paper is still needed. */
  replacedBy: z.enum(['form', 'data', 'document', 'consent', 'none']),
  coordinates: z.array(z.string()),
  /** The words of the list. */
  replacement: z.string(),
  basis: z.string(),
  mark,
});

const party = z.strictObject({
  role: z.string().min(1),
  kind: z.enum(['person', 'business', 'parcel', 'other']),
  /** How the party must stand to the applicant, by a register's word, before anything of it is filled. */
  relation: z.enum([
    'applicant',
    'spouse',
    'bride',
    'groom',
    'wife',
    'husband',
    'child',
    'mother',
    'father',
    'parent',
    'minors-parent',
    'ward',
    'newborn-parent',
    'named-kin',
    'household',
    'household-head',
    'own-business',
    'own-parcel',
    'confirmed',
    'none',
  ]),
});

/** One administrative procedure with its form, as a file of `schema/procedures/` holds it. */
export const ProcedureFormat = z.strictObject({
  /** Ministry's code; provinces republish it with a suffix, as `1.012783.H61`. */
  code: z.string().regex(/^\d\.\d{6}$/),
  name: z.string().min(1),
  categories: z.array(z.string()),
  handledBy: z.array(z.string()),
  promulgatedBy: z.string(),
  /** The forms, each with the instrument that prescribes it; none for a procedure without a form. */
  forms: z.array(z.strictObject({ name: z.string(), instrument: z.string() })),
  parties: z.array(party),
  fields: z.array(field),
  components: z.array(component),
});

export type Procedure = z.infer<typeof ProcedureFormat>;
export type ProcedureField = Procedure['fields'][number];
export type ProcedureComponent = Procedure['components'][number];
export type ProcedureParty = Procedure['parties'][number];
