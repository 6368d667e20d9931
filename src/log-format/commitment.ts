import { isSameSecret, sha256Base64url } from './crypto.ts';

export type CommitmentLabel = 'request' | 'answer' | 'subject' | 'predicates' | 'findings';

/**
 * FORMAT.md, Commitments: base64url, 43 characters. `salt` has 22 characters of base64url, `canonicalValue` is canonical
 * JSON. The label is hashed too, so that an opening of one commitment opens no other.
 */
export function commitmentOf(label: CommitmentLabel, salt: string, canonicalValue: string): string {
  return sha256Base64url(`national-data-gateway ${label} v1\n${salt}\n${canonicalValue}`);
}

/** Tells whether salt and value are those of the commitment. */
export function opensCommitment(
  commitment: string,
  label: CommitmentLabel,
  salt: string,
  canonicalValue: string,
): boolean {
  return isSameSecret(commitmentOf(label, salt, canonicalValue), commitment);
}
