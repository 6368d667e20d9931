import { print } from 'graphql';
import { ApplicantDocument, type ApplicantQuery } from '../../src/generated/operations.ts';

/** One error of an answer: data beside it stay good. */
interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string };
}

/**
 * Asks for an applicant in the name of a dossier. Partial data come with errors at their paths, so that both are given back:
 * a field that is null with an error was denied or failed, and one that is null without an error has no value in the register.
 */
export async function askApplicant(
  gateway: { readonly url: string; readonly token: string; readonly purpose: string },
  dossier: string,
  personalId: string,
): Promise<{ readonly data: ApplicantQuery | null; readonly errors: readonly AnswerError[] }> {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${gateway.token}`,
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      'x-purpose': gateway.purpose,
      'x-case-id': dossier,
    },
    body: JSON.stringify({ query: print(ApplicantDocument), variables: { personalId } }),
  });
  const { data = null, errors = [] } = (await response.json()) as {
    readonly data?: ApplicantQuery | null;
    readonly errors?: readonly AnswerError[];
  };
  return { data, errors };
}
