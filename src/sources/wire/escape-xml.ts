const NEEDS_ESCAPE = /[&<>"']|[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for an XML element or attribute; what XML 1.0 cannot carry at all becomes U+FFFD, so that it matches nobody. */
export function escapeXml(text: string): string {
  return text.toWellFormed().replaceAll(NEEDS_ESCAPE, (character) => ESCAPES[character] ?? '\ufffd');
}
