import { z } from 'zod';
import { readYaml } from '../../config/yaml/read-yaml.ts';
import type { Limits } from '../../config/limits.ts';

/** Bounds of what an agreement may say. */
export const AGREEMENT_FILE_LIMITS = {
  evaluations: {
    value: 20,
    unit: 'per field, subject and case',
    why: 'More answers would tell the value itself.',
  },
  defaultEvaluations: {
    value: 3,
    unit: 'per field, subject and case',
    why: 'Where the agreement names no number.',
  },
  withheldDays: {
    value: 3_660,
    unit: 'days',
    why: 'A subject is told of a covert access after ten years at the latest.',
  },
  staleAge: {
    value: 3_600,
    unit: 'seconds',
    why: 'No agreement accepts older records while a register fails: they are not kept longer.',
  },
} as const satisfies Limits;

const name = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);
const filled = z.string().min(1);
const date = z.iso.date();

function listOf<T extends z.ZodType>(item: T): z.ZodType<z.infer<T>[]> {
  return z
    .array(item)
    .min(1)
    .refine((items) => new Set(items).size === items.length, 'names something twice');
}

/** The shape of one agreement file. An unknown key is a fault, so that a misspelt condition cannot be overlooked. */
const agreementFile = z.strictObject({
  id: name,
  version: z.int().positive(),
  parties: z.strictObject({ receiver: filled, providers: listOf(name) }),
  systems: listOf(filled),
  /** The purpose in plain Vietnamese, for the data subjects. */
  plainPurpose: filled.optional(),
  /** The legal basis in plain Vietnamese, for the data subjects. */
  plainLegalBasis: filled.optional(),
  purpose: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
    .max(64),
  legalBasis: z.strictObject({
    instrument: filled,
    article: filled,
    mark: z.enum(['published', 'modelled']),
  }),
  grant: z.string().regex(/^[a-z0-9-]+\.graphql$/),
  categories: listOf(z.enum(['BASIC', 'SENSITIVE', 'NON_PERSONAL'])),
  answer: z.enum(['partial', 'strict']),
  case: z.union([z.literal('none'), z.strictObject({ procedures: listOf(z.string().regex(/^\d\.\d{6}$/)) })]),
  match: z.enum(['required', 'optional']),
  rows: z.strictObject({
    territory: z.union([z.enum(['nation', 'caller-unit']), listOf(z.string().regex(/^(\d{2}|\d{5})$/))]),
    clearance: z.array(z.enum(['minors', 'deceased', 'protected'])),
  }),
  arguments: z
    .record(z.string().regex(/^\w+\.\w+\.\w+$/), listOf(z.union([z.string(), z.int(), z.boolean()])))
    .default({}),
  evaluations: z
    .int()
    .min(1)
    .max(AGREEMENT_FILE_LIMITS.evaluations.value)
    .default(AGREEMENT_FILE_LIMITS.defaultEvaluations.value),
  recordAge: z.int().nonnegative().nullable().default(null),
  /** Seconds: a record that old is accepted while its register fails. */
  staleAge: z.int().positive().max(AGREEMENT_FILE_LIMITS.staleAge.value).nullable().default(null),
  volume: z.strictObject({ recordsPerHour: z.int().positive() }),
  /** Days after which subjects are told of an access, where the purpose is covert. */
  withheldDays: z.int().min(1).max(AGREEMENT_FILE_LIMITS.withheldDays.value).nullable().default(null),
  /** A critical alert of early warning suspends its officer, until a person lifts that. */
  suspendsOnCritical: z.boolean().default(false),
  validFrom: date,
  validUntil: date,
});

/** One agreement file without faults of its shape. */
export type AgreementFile = z.infer<typeof agreementFile>;

/** The part of a file against which a grant can be checked, even where the rest of the file is faulty. */
const grantPart = z.object({
  grant: agreementFile.shape.grant,
  categories: agreementFile.shape.categories,
});
/** The name of the grant and the data categories that it may hold. */
export type GrantPart = z.infer<typeof grantPart>;

/**
 * Parses one agreement file, with all faults of its shape. `grantPart` is given where at least that part is readable.
 */
export function parseAgreementFile(bytes: Buffer): {
  readonly file: AgreementFile | null;
  readonly grantPart: GrantPart | null;
  readonly faults: readonly string[];
} {
  let content: unknown;
  try {
    content = readYaml(bytes);
  } catch {
    return { file: null, grantPart: null, faults: ['not readable YAML'] };
  }
  const parsed = agreementFile.safeParse(content);
  if (parsed.success) {
    const isBackward = parsed.data.validFrom > parsed.data.validUntil;
    return {
      file: parsed.data,
      grantPart: parsed.data,
      faults: isBackward ? ['ends before it begins'] : [],
    };
  }
  return {
    file: null,
    grantPart: grantPart.safeParse(content).data ?? null,
    faults: parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`),
  };
}
