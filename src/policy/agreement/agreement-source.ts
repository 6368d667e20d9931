import { hash } from 'node:crypto';

/** The exact documents that an agreement was read from: what a replay reads it from again. */
export interface AgreementSource {
  /** The YAML file; empty for a built-in agreement. */
  readonly agreement: string;
  readonly grant: string;
  /** The systems as registered. */
  readonly systems: readonly string[];
}

/**
 * SHA-256 (hex) over the exact bytes of both files and the systems as registered; each is hashed first, so that nothing can move
 * from one to the other.
 */
export function digestOfSource({ agreement, grant, systems }: AgreementSource): string {
  const parts = [agreement, grant, systems.join('\n')].map((part) => hash('sha256', part));
  return hash('sha256', `agreement digest v2\n${parts.join('\n')}\n`);
}

/** One text, as the access log keeps it. */
export function sourceText(source: AgreementSource): string {
  return JSON.stringify(source);
}

/** Reads an agreement's stored text; null where it is not the text that the digest names. */
export function readSource(text: string, digest: string): AgreementSource | null {
  try {
    const { agreement, grant, systems } = JSON.parse(text) as AgreementSource;
    const source = { agreement, grant, systems };
    return digestOfSource(source) === digest ? source : null;
  } catch {
    return null;
  }
}
