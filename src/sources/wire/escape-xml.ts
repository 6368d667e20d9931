const NEEDS_ESCAPE = /[&<>"'\r]|[^\P{Cc}\t\n\r\u007f-\u009f]|[\ufffe\uffff]/gu;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // A parser reads a bare one as a line feed (XML 1.0 section 2.11).
  '\r': '&#13;',
};

/** Text for an XML element or attribute; what XML 1.0 cannot carry at all becomes U+FFFD, so that it matches nobody. */
export function escapeXml(text: string): string {
  return text.toWellFormed().replaceAll(NEEDS_ESCAPE, (character) => ESCAPES[character] ?? '\ufffd');
}
