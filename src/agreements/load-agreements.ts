import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { Agreement } from '../policy/agreement.ts';
import type { FieldLabels } from '../policy/field-labels.ts';
import { readGrant } from '../policy/grant.ts';
import type { AgreementSet } from '../policy/select-agreement.ts';
import { buildBuiltInAgreements } from './built-in-agreements.ts';

const date = z.iso.date();

/** One agreement file; unknown keys are faults, so that a misspelt condition cannot be overlooked. */
const agreementFile = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  version: z.int().positive(),
  receiver: z.string().min(1),
  systems: z.array(z.string().min(1)).min(1),
  purpose: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
    .max(64),
  legalBasis: z.strictObject({
    instrument: z.string().min(1),
    article: z.string().min(1),
    mark: z.enum(['published', 'modelled']),
  }),
  grant: z.string().regex(/^[a-z0-9-]+\.graphql$/),
  categories: z.array(z.enum(['BASIC', 'SENSITIVE', 'NON_PERSONAL'])).min(1),
  answer: z.enum(['partial', 'strict']),
  case: z.enum(['required', 'none']),
  match: z.enum(['required', 'optional']),
  validFrom: date,
  validUntil: date,
});

export class AgreementFaults extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`agreements: ${faults.length} faults\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'AgreementFaults';
    this.faults = faults;
  }
}

/**
 * Reads every agreement (`*.yaml` but `clients.yaml`) of a folder with its grant. Throws AgreementFaults with all
 * faults of all files.
 */
export function loadAgreements(
  directory: string,
  schema: GraphQLSchema,
  labels: FieldLabels,
  registeredClients: ReadonlyMap<string, { readonly kind: string }>,
): AgreementSet {
  const faults: string[] = [];
  const agreements: Agreement[] = [];
  let files: readonly string[] = [];
  try {
    files = readdirSync(directory).filter((name) => name.endsWith('.yaml') && name !== 'clients.yaml');
  } catch {
    faults.push('the folder cannot be read');
  }
  for (const file of files.toSorted()) {
    const read = readAgreement(directory, file, schema, labels);
    faults.push(...read.faults.map((fault) => `${file}: ${fault}`));
    if (read.agreement) agreements.push(read.agreement);
  }
  for (const agreement of agreements) {
    for (const system of agreement.systems) {
      if (registeredClients.get(system)?.kind !== 'agency') {
        faults.push(`${agreement.id}: ${system} is no registered agency client`);
      }
    }
  }
  const builtIn = buildBuiltInAgreements(schema, labels);
  // A built-in agreement's id stands in the access log too, and must mean one thing there.
  for (const { id } of builtIn.values()) {
    if (agreements.some((one) => one.id === id)) faults.push(`${id}: is the name of a built-in agreement`);
  }
  for (const id of duplicates(agreements.map((agreement) => agreement.id))) {
    faults.push(`${id}: stands twice`);
  }
  faults.push(...overlapsIn(agreements));
  if (files.length === 0 && faults.length === 0) faults.push('the folder holds no agreement');
  if (faults.length > 0) throw new AgreementFaults(faults);
  return { agreements, builtIn };
}

function readAgreement(
  directory: string,
  file: string,
  schema: GraphQLSchema,
  labels: FieldLabels,
): { readonly agreement: Agreement | null; readonly faults: readonly string[] } {
  let content: unknown;
  try {
    content = parseYaml(readFileSync(join(directory, file), 'utf8'));
  } catch {
    return { agreement: null, faults: ['not readable YAML'] };
  }
  const parsed = agreementFile.safeParse(content);
  if (!parsed.success) {
    return {
      agreement: null,
      faults: parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`),
    };
  }
  const { grant: grantFile, systems, categories, legalBasis, answer, ...rest } = parsed.data;
  let source: string;
  try {
    source = readFileSync(join(directory, grantFile), 'utf8');
  } catch {
    return { agreement: null, faults: [`grant: ${grantFile} cannot be read`] };
  }
  const categorySet = new Set(categories);
  const { grant, faults } = readGrant(schema, labels, source, categorySet);
  if (rest.validFrom > rest.validUntil)
    return { agreement: null, faults: [...faults, 'ends before it begins'] };
  const agreement: Agreement = {
    id: rest.id,
    version: rest.version,
    receiver: rest.receiver,
    systems: new Set(systems),
    purpose: rest.purpose,
    legalBasis: {
      instrument: legalBasis.instrument,
      article: legalBasis.article,
      isModelled: legalBasis.mark === 'modelled',
    },
    grant,
    categories: categorySet,
    isStrict: answer === 'strict',
    needsCase: rest.case === 'required',
    procedures: new Set(),
    needsMatch: rest.match === 'required',
    ownDataOnly: false,
    territory: 'nation',
    clearance: new Set(['deceased', 'minors']),
    argumentValues: new Map(),
    evaluations: 3,
    recordAgeSeconds: null,
    recordsPerHour: null,
    validFrom: rest.validFrom,
    validUntil: rest.validUntil,
  };
  return { agreement, faults };
}

/** A successor may be put in place beforehand; at any one day a system has one agreement for a purpose. */
function overlapsIn(agreements: readonly Agreement[]): readonly string[] {
  return agreements.flatMap((one, index) =>
    agreements.slice(index + 1).flatMap((other) => {
      const isSameTime = one.validFrom <= other.validUntil && other.validFrom <= one.validUntil;
      if (one.purpose !== other.purpose || !isSameTime) return [];
      return [...one.systems]
        .filter((system) => other.systems.has(system))
        .map((system) => `${system} for ${one.purpose}: two agreements at a time`);
    }),
  );
}

function duplicates(values: readonly string[]): ReadonlySet<string> {
  return new Set(values.filter((value, index) => values.indexOf(value) !== index));
}
