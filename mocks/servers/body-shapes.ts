import { gzipSync } from 'node:zlib';
import { isOneIn } from '../registers/wire-shapes.ts';
import type { BodyShape, MockResponse } from './exchange.ts';

/** The share of answers with one shape, by the key of the first row. */
const BODY_SHARE = 24;
const SHAPES: readonly (readonly [BodyShape, salt: number, isForJson: boolean])[] = [
  ['mark', 101, true],
  ['gzip', 102, true],
  ['utf-16', 103, false],
  ['trailer', 104, false],
];

/** The shape of the body whose first row has this key; undefined for plain UTF-8, which is the rule. */
export function bodyShapeOf(contentType: string, key: string | undefined): BodyShape | undefined {
  if (key === undefined) return undefined;
  const isXml = contentType.startsWith('text/xml');
  return SHAPES.find(([, salt, isForJson]) => (isXml || isForJson) && isOneIn(BODY_SHARE, key, salt))?.[0];
}

export interface SentBody {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** The body as it leaves a socket: behind a byte order mark, in UTF-16, packed, or with a comment behind the root. */
export function sentBody({ headers, body, shape }: MockResponse): SentBody {
  switch (shape) {
    case 'mark':
      return { headers, bytes: Buffer.from(`\ufeff${body}`) };
    case 'utf-16':
      return {
        headers: { ...headers, 'content-type': 'text/xml; charset=utf-16' },
        bytes: Buffer.from(`\ufeff${body}`, 'utf16le'),
      };
    case 'gzip':
      return { headers: { ...headers, 'content-encoding': 'gzip' }, bytes: gzipSync(body) };
    case 'trailer':
      return { headers, bytes: Buffer.from(`${body}\n<!-- het --><?node 3?>\n`) };
    default:
      return { headers, bytes: Buffer.from(body) };
  }
}
