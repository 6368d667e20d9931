import { composeSchema } from '../../../src/plan/schema/compose-schema.ts';
import { fieldAt } from '../../../src/prefill/expand/coordinate-chain.ts';
import type { Procedure } from '../../../src/prefill/procedures/procedure.ts';
import { readProcedures } from '../../../src/prefill/procedures/procedures.ts';
import { exchangedToken } from '../../../mocks/identity/mint-token.ts';
import type { PlantedTruth } from '../../../mocks/country/truth.ts';
import { country, type TestGateway } from '../gateway.ts';
import {
  contradictionsDue,
  familyOf,
  wrongFields,
  type AnsweredField,
  type Family,
  type NamedInForm,
} from './form-oracle.ts';

const FORM = `query ($code: ID!, $parties: [PrefillParty!]) { prefill(procedure: $code, parties: $parties) {
  fields { key row party value absence candidates } contradictions { party fact } } }`;
/** Requests that are under way at once: an answer is held back for some 20 ms. */
const AT_ONCE = 8;

const schema = composeSchema();

/** All procedures of the project. */
export const PROCEDURES: readonly Procedure[] = [
  ...readProcedures((chain) => fieldAt(schema, chain) !== undefined).values(),
];

/** How well forms were filled. */
export interface Filling {
  readonly forms: number;
  readonly wrong: readonly string[];
  /** Register-fed fields with one right value, and those of them that are filled, by procedure. */
  readonly coverage: ReadonlyMap<string, { filled: number; due: number }>;
}

/** Fills forms for families over HTTP, and holds every field against the country. */
export async function fillFamilies(
  gateway: TestGateway,
  forms: Iterable<readonly [applicant: PlantedTruth, procedure: Procedure]>,
): Promise<Filling> {
  const coverage = new Map<string, { filled: number; due: number }>();
  const wrong: string[] = [];
  let count = 0;
  const queue = forms[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true; next = queue.next()) {
      const [applicant, procedure] = next.value;
      const family = familyOf(country, applicant);
      const parties = partiesOf(gateway, family, procedure);
      const answer = await gateway.ask(
        FORM,
        { code: procedure.code, parties },
        { token: tokenFor(gateway, applicant.personalId), purpose: 'form-prefill', caseId: null },
      );
      const form = answer.data?.['prefill'] as unknown as {
        readonly fields: readonly AnsweredField[];
        readonly contradictions: readonly { readonly party: string; readonly fact: string }[];
      } | null;
      count += 1;
      if (!form) {
        wrong.push(`${procedure.code}: ${answer.status}`);
        continue;
      }
      const found = wrongFields(country, family, procedure, parties, form.fields);
      wrong.push(...found.wrong);
      const told = form.contradictions
        .filter(({ party }) => party === 'applicant')
        .map(({ fact }) => fact)
        .sort();
      const due = contradictionsDue(country, family);
      if (told.join() !== due.join()) wrong.push(`${procedure.code}: tells ${told.join()} for ${due.join()}`);
      const sum = coverage.get(procedure.code) ?? { filled: 0, due: 0 };
      coverage.set(procedure.code, { filled: sum.filled + found.filled, due: sum.due + found.due });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { forms: count, wrong, coverage };
}

function tokenFor(gateway: TestGateway, id: string): string {
  return gateway.mocks.identityProvider.mintToken(exchangedToken('dvc-portal', id));
}

/** The parties that an applicant names: what the form cannot know by itself. */
function partiesOf(
  gateway: TestGateway,
  { applicant, record, children }: Family,
  procedure: Procedure,
): NamedInForm[] {
  const [child] = children.filter((id) => isPlain(country.truth(id)));
  const { spouse } = applicant;
  const confirmed = (role: string): NamedInForm[] =>
    spouse === null ? [] : [{ role, personalId: spouse, confirmation: tokenFor(gateway, spouse) }];
  return procedure.parties.flatMap(({ role, relation }): NamedInForm[] => {
    if (relation === 'own-business')
      return applicant.businesses.slice(0, 1).map(({ code }) => ({ role, businessCode: code }));
    if (relation === 'own-parcel')
      return applicant.landParcels.slice(0, 1).map(({ id }) => ({ role, landParcelId: id }));
    if (relation === 'child' || relation === 'named-kin')
      return child === undefined ? [] : [{ role, personalId: child }];
    if (relation === 'bride') return record.sex === 2 ? [] : confirmed(role);
    if (relation === 'groom') return record.sex === 1 ? [] : confirmed(role);
    return relation === 'confirmed' ? confirmed(role) : [];
  });
}

function isPlain(truth: PlantedTruth | undefined): boolean {
  return truth !== undefined && !truth.traits.includes('protected') && !truth.traits.includes('deceased');
}
