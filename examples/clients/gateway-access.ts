/** Access to the gateway: its address, a token, and the purpose and dossier of the work. */
export interface GatewayAccess {
  readonly url: string;
  readonly token: string;
  readonly purpose: string;
  readonly dossier: string;
}

/** Headers of every request. In the media type of GraphQL over HTTP a refusal keeps its code in every client. */
export function headersOf({ token, purpose, dossier }: GatewayAccess): Readonly<Record<string, string>> {
  return {
    authorization: `Bearer ${token}`,
    accept: 'application/graphql-response+json',
    'x-purpose': purpose,
    'x-case-id': dossier,
  };
}
