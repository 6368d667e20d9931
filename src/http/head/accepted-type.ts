/** The two media types of GraphQL over HTTP. */
export type GraphQlMediaType = 'application/json' | 'application/graphql-response+json';

const JSON_TYPE = 'application/json';
const GRAPHQL_TYPE = 'application/graphql-response+json';

interface Range {
  readonly quality: number;
  readonly specificity: number;
  readonly place: number;
}

/**
 * The media type that a caller prefers for a refusal (RFC 9110 12.5.1): clients such as Apollo Client read the code of
 * a refusal only from `application/graphql-response+json`. Where neither type is accepted, it is `application/json`,
 * because a refusal in another type tells more than none.
 */
export function acceptedTypeOf(accept: string | undefined): GraphQlMediaType {
  if (accept === undefined || !accept.includes('/')) return JSON_TYPE;
  const ranges = accept.split(',').map(parseRange);
  const json = rangeFor(JSON_TYPE, ranges);
  const graphql = rangeFor(GRAPHQL_TYPE, ranges);
  return isPreferred(graphql, json) ? GRAPHQL_TYPE : JSON_TYPE;
}

/** The order in which Apollo Server prefers: by quality, then by how closely a range names the type, then by place. */
function isPreferred(one: Range | null, other: Range | null): boolean {
  if (!one || one.quality === 0) return false;
  if (!other || other.quality === 0) return true;
  if (one.quality !== other.quality) return one.quality > other.quality;
  if (one.specificity !== other.specificity) return one.specificity > other.specificity;
  return one.place < other.place;
}

/** The closest range that covers the type. */
function rangeFor(type: GraphQlMediaType, ranges: readonly (readonly [string, number])[]): Range | null {
  let found: Range | null = null;
  for (const [place, [range, quality]] of ranges.entries()) {
    const specificity = [`*/*`, 'application/*', type].indexOf(range);
    if (specificity < 0 || (found && found.specificity >= specificity)) continue;
    found = { quality, specificity, place };
  }
  return found;
}

/** A media range with its quality; a malformed quality counts as 0. */
function parseRange(text: string): readonly [range: string, quality: number] {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const given = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const quality = given === undefined ? 1 : /^[01](\.\d{0,3})?$/.test(given) ? Number(given) : 0;
  // Only UTF-8 is sent; a response type with `deferSpec` is another one.
  const isOther = parameters.some((parameter) => /^(deferspec|subscriptionspec)=/.test(parameter));
  return [isOther ? '' : range, quality];
}
