import { z } from 'zod';
import { SUBJECT_KINDS } from './subject-text.ts';

/** Shapes of FORMAT.md, versions 1 and 2. Objects are strict: what the format does not name does not stand in a log. */

const index = z.int().nonnegative();
const epochMs = z.int().nonnegative().describe('Milliseconds since 1970.');
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const sha256Base64 = z
  .string()
  .regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/)
  .describe('SHA-256 in base64.');
const commitment = z
  .string()
  .regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/)
  .describe('SHA-256 in base64url: see Commitments.');
const salt = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
const register = z.string().regex(/^[a-z][a-z0-9-]*$/);
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const logName = z.string().regex(/^national-data-gateway\/[A-Za-z0-9-]{1,63}$/);

const AnswerFormat = z.strictObject({
  agreement: z.strictObject({ digest: sha256Hex, id: z.string(), version: z.int().positive() }).nullable(),
  caller: z.strictObject({
    agency: z.string().nullable(),
    client: z.string(),
    key: z.string().nullable(),
    kind: z.enum(['agency', 'citizen', 'auditor', 'owner', 'centre', 'gateway']),
    officer: z.string(),
  }),
  case: z.string().min(1).nullable(),
  code: z.string().nullable(),
  entries: z.int().positive(),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  instance: z.string(),
  legalBasis: z.string().nullable(),
  operation: z.strictObject({ hash: sha256Hex, name: z.string().nullable() }).nullable(),
  outcome: z.enum(['answered', 'refused']),
  purpose: z.string().nullable(),
  reason: z.string().nullable(),
  release: epochMs.nullable(),
  requestId: z.string(),
  time: epochMs,
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
});

const DisclosedFormat = z.strictObject({
  age: z.enum(['live', '1m', '10m', '1h', '1d', 'older']),
  cached: z.boolean(),
  coordinates: z.array(z.string()),
  register,
  status: z.enum(['value', 'none']),
  upstream: z.array(z.string()),
});

const FirstFormat = z.strictObject({
  calls: z.array(z.tuple([register, z.string()])),
  denied: z.array(z.string()),
  detail: z.record(z.string(), z.json()).nullable(),
});

const commitmentsOfFirst = {
  answer: commitment,
  predicates: commitment,
  request: commitment,
  subject: commitment,
};

const entryParts = {
  answer: AnswerFormat,
  /**
   * An empty text stands for a case that was named and is no dossier number. Such a text may be anything and is not
   * repeated.
   */
  cases: z.array(z.string()),
  disclosed: z.array(DisclosedFormat),
  first: FirstFormat.nullable(),
  n: index,
  outcome: z.enum(['disclosed', 'not-found', 'denied', 'failed', 'refused', 'nothing']),
  rule: z
    .enum(['protected', 'territory', 'deceased', 'minor', 'own-data', 'relatives', 'match', 'unknown-person'])
    .nullable(),
  subject: z.enum(SUBJECT_KINDS),
  tree: z.strictObject({ index, log: logName }),
};

/** Entries of version 1. They keep their bytes. */
export const FirstEntryFormat = z.strictObject({
  ...entryParts,
  commitments: z.strictObject(commitmentsOfFirst),
  v: z.literal(1),
});

/** Entries of version 2 also commit to what the gate found about caller and subject. */
export const SecondEntryFormat = z.strictObject({
  ...entryParts,
  commitments: z.strictObject({ ...commitmentsOfFirst, findings: commitment }),
  v: z.literal(2),
});

/** One leaf of the tree states what one answer disclosed about one subject. */
export const EntryFormat = z.union([FirstEntryFormat, SecondEntryFormat]);
export type Entry = z.infer<typeof EntryFormat>;
export type EntryAnswer = Entry['answer'];

/** The line in place of an entry that was removed after its time. */
export const RemovedLineFormat = z.strictObject({ removed: sha256Base64 });

/** `detail` of an entry of purpose `retention`. */
export const RetentionDetailFormat = z.strictObject({ from: index, to: index, before: month });
export type RetentionDetail = z.infer<typeof RetentionDetailFormat>;

/** `detail` of an entry of purpose `log-restored`. */
export const LogRestoredDetailFormat = z.strictObject({
  epoch: z.int().min(2),
  from: index,
  lost: z.strictObject({ origin: z.string(), root: sha256Base64, size: index }),
});
export type LogRestoredDetail = z.infer<typeof LogRestoredDetailFormat>;

const alertId = z.string().regex(/^[0-9a-f]{32}$/);
const aboutAlert = z.looseObject({ alert: alertId, by: z.string() });

/** `detail` of acts that others read by their members; acts of other purposes carry what they like. */
export const ACT_DETAIL_FORMATS: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  [
    'requests-shed',
    z.strictObject({ client: z.string(), officer: z.string(), count: z.int().positive(), from: epochMs }),
  ],
  ['alert-opened', z.looseObject({ alert: alertId, rule: z.string() })],
  ['alert-explained', aboutAlert],
  ['alert-escalated', aboutAlert],
  ['alert-closed', aboutAlert],
  ['alert-reopened', aboutAlert],
  ['alert-suspension-lifted', aboutAlert],
]);

export const LogFileFormat = z.strictObject({
  v: z.literal(1),
  log: logName,
  from: index,
  to: index,
  before: z.array(sha256Base64),
});
export type LogFile = z.infer<typeof LogFileFormat>;

export const CheckpointLineFormat = z.strictObject({ note: z.string() });

/** Value of the commitment `subject`. */
export const SubjectValueFormat = z.strictObject({ key: z.string(), kind: z.enum(SUBJECT_KINDS) });
export type SubjectValue = z.infer<typeof SubjectValueFormat>;

const decidedFrom = {
  arguments: z.string(),
  conditions: z.record(z.string(), z.boolean()),
  index,
};

/** Value of the commitment `predicates`. `asker` is the citizen who asked. */
export const PredicatesValueFormat = z.strictObject({
  inputs: z.string().regex(/^[01?-]{8}$/),
  operation: z.union([
    z.null(),
    z.strictObject({ asker: z.string() }),
    z.strictObject(decidedFrom),
    z.strictObject({ ...decidedFrom, asker: z.string().nullable() }),
  ]),
  rule: z.enum(['p', 't', 'd', 'n', 'o', 'r', 'm', 'u', '-']),
});
export type PredicatesValue = z.infer<typeof PredicatesValueFormat>;

/**
 * Value of the commitment `findings`: party, relation, same household, same commune, same surname, reached by grant; `1`
 * yes, `0` no, `?` could not be read, `-` not read.
 */
export const FindingsValueFormat = z.string().regex(/^[01?-]{6}$/);

/** A line of `openings-*.ndjson`: salt and value of each of an entry's commitments; `findings` from version 2 on. */
export const OpeningLineFormat = z.strictObject({
  index,
  subject: z.tuple([salt, SubjectValueFormat]),
  predicates: z.tuple([salt, PredicatesValueFormat]),
  request: z.tuple([salt, commitment]),
  answer: z.tuple([salt, commitment]),
  findings: z.tuple([salt, FindingsValueFormat]).optional(),
});
export type OpeningLine = z.infer<typeof OpeningLineFormat>;

/** A line of a bundle that begins a log's entries. */
export const BundleLogLineFormat = z.strictObject({ v: z.literal(1), log: logName, checkpoint: z.string() });

/** A line of a bundle: an entry's exact text, its place, its inclusion proof; under a second approval the opening of its subject. */
export const BundleEntryLineFormat = z.strictObject({
  leaf: z.string(),
  index,
  proof: z.array(sha256Base64),
  subject: z.tuple([salt, SubjectValueFormat]).optional(),
});

/** An element of `myAccesses.accesses`: its proof, and of the rest what was asked for. */
export const ToldAccessFormat = z.object({
  time: z.string().optional(),
  agency: z.string().nullish(),
  purpose: z.string().nullish(),
  legalBasis: z.string().nullish(),
  case: z.string().nullish(),
  outcome: z.string().optional(),
  disclosed: z
    .array(
      z.object({
        register: z.string().optional(),
        coordinates: z.array(z.string()).optional(),
        isNone: z.boolean().optional(),
      }),
    )
    .optional(),
  proof: z.object({
    leaf: sha256Base64,
    index,
    hashes: z.array(sha256Base64),
    checkpoint: z.string(),
    /** The entry's exact text, and the opening of its subject: salt and value, canonical JSON. */
    entry: z.string().nullish(),
    salt: salt.nullish(),
    subject: z.string().nullish(),
  }),
});

export const ReceiptFormat = z.strictObject({
  v: z.literal(1),
  note: z.string(),
  opening: z.strictObject({ answer: salt, request: salt }).optional(),
});
export type Receipt = z.infer<typeof ReceiptFormat>;
