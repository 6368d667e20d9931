import { isUtf8 } from 'node:buffer';
import type { GraphQLSchema } from 'graphql';
import type { OwnerKeys } from '../../config/secrets/owner-keys.ts';
import type { RegisteredClients } from '../../identity/registered-clients.ts';
import { EMPTY_AGREEMENT, type Agreement } from '../../policy/agreement/agreement.ts';
import { digestOfSource, type AgreementSource } from '../../policy/agreement/agreement-source.ts';
import { NO_GRANT, readGrant, type GrantNode } from '../../policy/grant/grant.ts';
import { findCommune } from '../../units/communes.ts';
import { findProvince } from '../../units/provinces.ts';
import { parseAgreementFile, type AgreementFile, type GrantPart } from './agreement-file.ts';
import { faultsOfArguments, faultsOfOpenEvaluations } from './argument-faults.ts';
import { scopeOfGrant, type FieldOrigins } from './grant-scope.ts';
import { faultsOfSignatures, systemText } from './owner-signatures.ts';

/** The schema, clients and keys against which an agreement is checked. */
export interface AgreementContext {
  readonly schema: GraphQLSchema;
  readonly facts: FieldOrigins;
  readonly clients: RegisteredClients;
  /** Public keys of the owners who must have signed. Only the demo's agreements are not signed. */
  readonly owners: OwnerKeys | 'unsigned';
}

/** Files beside an agreement's file: its grant and its signatures. */
export interface BesideAgreement {
  readonly grantNamed: (name: string) => Buffer | undefined;
  readonly signatures: Buffer | undefined;
}

/** Reads one agreement, with every fault of its file, its grant and its signatures. */
export function readAgreement(
  bytes: Buffer,
  beside: BesideAgreement,
  context: AgreementContext,
): { readonly agreement: Agreement | null; readonly faults: readonly string[] } {
  const { file, grantPart, faults: ownFaults } = parseAgreementFile(bytes);
  const grantBytes = grantPart ? beside.grantNamed(grantPart.grant) : undefined;
  const { grant, faults: grantFaults } = readGrantFile(grantPart, grantBytes, context);
  const faults = [...ownFaults, ...grantFaults];
  if (!file || !grantBytes) return { agreement: null, faults };
  const scope = scopeOfGrant(grant, context.facts);
  if (grantFaults.length === 0) {
    faults.push(
      ...faultsOfProviders(file, scope.registers),
      ...faultsOfArguments(file.arguments, context.schema, scope.openArguments),
      ...faultsOfOpenEvaluations(file.arguments, scope.openArguments, context.facts),
    );
  }
  faults.push(...faultsOfSystems(file, context.clients), ...faultsOfTerritory(file, context.clients));
  const systems = file.systems.map((id) => systemText(id, context.clients));
  if (context.owners !== 'unsigned') {
    const signed = { id: file.id, version: file.version, agreementBytes: bytes, grantBytes, systems };
    const providers = new Set(file.parties.providers);
    faults.push(...faultsOfSignatures(signed, providers, beside.signatures, context.owners));
  }
  // Bytes that are no UTF-8 are lost when decoded: two files that differ in them would have one digest.
  if (!isUtf8(bytes) || !isUtf8(grantBytes)) return { agreement: null, faults: [...faults, 'not UTF-8'] };
  const source = { agreement: bytes.toString('utf8'), grant: grantBytes.toString('utf8'), systems };
  const agreement = agreementOf(file, grant, source);
  return { agreement, faults };
}

function readGrantFile(
  part: GrantPart | null,
  bytes: Buffer | undefined,
  { schema, facts }: AgreementContext,
): { readonly grant: GrantNode; readonly faults: readonly string[] } {
  if (!part) return { grant: NO_GRANT, faults: [] };
  if (!bytes) return { grant: NO_GRANT, faults: [`grant: ${part.grant} cannot be read`] };
  return readGrant(schema, facts, bytes.toString('utf8'), new Set(part.categories));
}

function faultsOfProviders({ parties }: AgreementFile, granted: ReadonlySet<string>): readonly string[] {
  const named = new Set(parties.providers);
  return [
    ...[...granted.difference(named)].map((one) => `parties.providers: the grant names data of ${one}`),
    ...[...named.difference(granted)].map((one) => `parties.providers: the grant names nothing of ${one}`),
  ];
}

function faultsOfSystems({ systems }: AgreementFile, clients: RegisteredClients): readonly string[] {
  return systems
    .filter((system) => clients.get(system)?.kind !== 'agency')
    .map((system) => `systems: ${system} is no registered agency client`);
}

function faultsOfTerritory({ rows, systems }: AgreementFile, clients: RegisteredClients): readonly string[] {
  const { territory } = rows;
  if (territory === 'nation') return [];
  if (territory === 'caller-unit') {
    return systems
      .filter((system) => findCommune(clients.get(system)?.unit ?? '') === undefined)
      .map((system) => `rows.territory: ${system} has no unit that is known`);
  }
  return territory
    .filter((code) => (code.length === 2 ? findProvince(code) : findCommune(code)) === undefined)
    .map((code) => `rows.territory: ${code} is no unit of today`);
}

function agreementOf(file: AgreementFile, grant: GrantNode, source: AgreementSource): Agreement {
  const { legalBasis } = file;
  return {
    ...EMPTY_AGREEMENT,
    id: file.id,
    version: file.version,
    digest: digestOfSource(source),
    source,
    receiver: file.parties.receiver,
    providers: new Set(file.parties.providers),
    systems: new Set(file.systems),
    purpose: file.purpose,
    legalBasis: {
      instrument: legalBasis.instrument,
      article: legalBasis.article,
      isModelled: legalBasis.mark === 'modelled',
    },
    grant,
    categories: new Set(file.categories),
    isStrict: file.answer === 'strict',
    needsCase: file.case !== 'none',
    procedures: new Set(file.case === 'none' ? [] : file.case.procedures),
    needsMatch: file.match === 'required',
    territory: file.rows.territory,
    clearance: new Set(file.rows.clearance),
    argumentValues: new Map(
      Object.entries(file.arguments).map(([coordinate, values]) => [coordinate, values.map(String)]),
    ),
    evaluations: file.evaluations,
    recordAgeSeconds: file.recordAge,
    staleAgeSeconds: file.staleAge,
    recordsPerHour: file.volume.recordsPerHour,
    withheldDays: file.withheldDays,
    suspendsOnCritical: file.suspendsOnCritical,
    validFrom: file.validFrom,
    validUntil: file.validUntil,
  };
}
