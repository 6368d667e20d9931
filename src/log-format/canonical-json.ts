import canonicalize from 'canonicalize';

/** A value that JSON can hold. `undefined` has no JSON and is no value. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** RFC 8785: one text for one value. Throws on numbers and strings that JSON cannot carry (NaN, lone surrogates). */
export function canonicalJson(value: JsonValue): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}
