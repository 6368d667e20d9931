import { getArgumentValues, Kind, type FieldNode } from 'graphql';
import { rootFieldsOf } from '../../operation/root-fields.ts';
import { coerceVariables } from '../../operation/coerce-variables.ts';
import type { Variables } from '../../operation/normalise-operation.ts';
import { UserInputError } from '../../operation/user-input-error.ts';
import { checkArgument } from '../../plan/compile/check-argument.ts';
import { PREFILL_ROOT } from '../../plan/schema/schema-bindings.ts';
import type { AskedForm, ExpandedForm } from '../../prefill/build-prefill.ts';
import type { NamedParty } from '../../prefill/expand/expand-form.ts';
import type { GrantNode } from '../../policy/grant/grant.ts';
import { agreementFor, type ParsedOperation } from '../decide-operation.ts';
import { refuseAt } from '../refuse-at.ts';
import type { RequestParts } from '../request-parts.ts';
import type { Received, Refused } from '../stages.ts';

/** The operation that is decided and run: the caller's own, or the one that a form was expanded to. */
export interface AskedOperation {
  readonly operation: ParsedOperation;
  /** The caller's operation and its form; null where no form is asked for. */
  readonly form: { readonly asked: AskedForm; readonly expanded: ExpandedForm } | null;
}

interface GivenParty extends NamedParty {
  readonly confirmation: string | null;
}

const NOTHING_GRANTED: GrantNode = { fields: new Map() };

/**
 * A form becomes an ordinary operation before rights are decided, so that the same grants, rules, hops and entries hold. Any other
 * operation stays as it is. The portal's own token fills nothing: it stands for nobody.
 */
export async function expandPrefill(
  parts: RequestParts,
  received: Received,
  asked: ParsedOperation,
): Promise<AskedOperation | Refused> {
  const roots = rootFieldsOf(asked.document, asked.operation) ?? [];
  const prefill = roots.find(({ name }) => name.value === PREFILL_ROOT);
  if (!prefill) return { operation: asked, form: null };
  try {
    if (roots.length > 1) throw new UserInputError('The root "prefill" must stand alone in its operation.');
    const variables = coerceVariables(parts.schema, asked.operation, asked.inputs);
    const { procedure, parties } = readArguments(parts, variables, prefill);
    const { principal } = received;
    const agreement = agreementFor(parts, received);
    const isDesk = principal.kind === 'agency' && agreement.purpose !== 'form-prefill';
    const isCitizen = principal.kind === 'citizen';
    const applicant = isCitizen ? principal.subject : (parties[0]?.personalId ?? null);
    if (isDesk && applicant === null) {
      throw new UserInputError('The argument "parties" must begin with the applicant, by personalId.');
    }
    const confirmed = isCitizen ? await confirmedBy(parts, received, parties) : new Set<string>();
    const expanded = parts.prefill.expand(procedure, {
      applicant: applicant ?? '',
      parties: isCitizen ? parties : parties.filter(({ personalId }) => personalId !== applicant),
      // In an office the dossier says who is a party, for each id that is asked.
      askedDirectly: isDesk ? new Set(parties.flatMap(({ personalId }) => personalId ?? [])) : confirmed,
      grant: isDesk || isCitizen ? agreement.grant : NOTHING_GRANTED,
    });
    const [operation] = expanded.document.definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('an expansion without an operation');
    return {
      operation: { document: expanded.document, operation, inputs: expanded.variables, confirmed },
      form: { asked: { ...asked, variables }, expanded },
    };
  } catch (error) {
    return refuseAt(parts.log, received, error);
  }
}

/** Persons whose own token, exchanged for the same portal, came with their id: they agree. */
async function confirmedBy(
  { identity }: RequestParts,
  { principal }: Received,
  parties: readonly GivenParty[],
): Promise<ReadonlySet<string>> {
  const confirmed = new Set<string>();
  for (const { personalId, confirmation } of parties) {
    if (personalId === null || confirmation === null) continue;
    const holder = await identity.identify(`Bearer ${confirmation}`).catch(() => null);
    const isTheirs = holder?.isDelegated === true && holder.subject === personalId;
    if (isTheirs && holder.client.id === principal.client.id) confirmed.add(personalId);
  }
  return confirmed;
}

function readArguments(
  { schema }: RequestParts,
  variables: Variables,
  prefill: FieldNode,
): { readonly procedure: string; readonly parties: readonly GivenParty[] } {
  const definition = schema.getQueryType()?.getFields()['prefill'];
  if (!definition) throw new Error('the schema has no prefill');
  const given = getArgumentValues(definition, prefill, variables);
  const { procedure, parties } = given as {
    readonly procedure: string;
    readonly parties?: readonly Partial<GivenParty>[] | null;
  };
  checkArgument('procedure', procedure);
  return {
    procedure,
    parties: (parties ?? []).map(({ role = '', personalId, businessCode, landParcelId, confirmation }) => {
      checkArgument('parties', [role, personalId, businessCode, landParcelId]);
      return {
        role,
        personalId: personalId ?? null,
        businessCode: businessCode ?? null,
        landParcelId: landParcelId ?? null,
        confirmation: confirmation ?? null,
      };
    }),
  };
}
