/**
 * RFC 4648 section 4, canonical: padded, no other characters, unused bits zero. Otherwise null.
 * Buffer.from skips what it does not know, so that one value would have many spellings.
 */
export function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
