import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mintToken } from '../identity/mint-token.ts';
import { EXPLORER_CALLERS, EXPLORER_EXAMPLES } from './examples.ts';

/** A whole answer of the explorer. */
export interface ExplorerAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The page for /graphql, and the files that it names, by path. */
export interface Explorer {
  readonly page: () => ExplorerAnswer;
  readonly files: ReadonlyMap<string, () => ExplorerAnswer>;
}

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  // GraphiQL's editor sets the sizes of its lines as inline styles.
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';

/** The explorer, or null where its packages are not installed (`npm ci --omit=dev`): the demo runs without it. */
export function findExplorer(personalId: string): Explorer | null {
  try {
    return buildExplorer(personalId);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/** The explorer about one person of the demo. Each page holds fresh tokens, which are good for an hour. */
export function buildExplorer(personalId: string): Explorer {
  const resolve = createRequire(import.meta.url).resolve;
  const inPackage = (name: string, file: string): string =>
    join(dirname(resolve(`${name}/package.json`)), file);
  const own = (file: string): string => join(import.meta.dirname, file);
  const files: readonly (readonly [name: string, path: string, type: string])[] = [
    ['react.js', inPackage('react', 'umd/react.production.min.js'), SCRIPT],
    ['react-dom.js', inPackage('react-dom', 'umd/react-dom.production.min.js'), SCRIPT],
    ['graphiql.js', inPackage('graphiql', 'graphiql.min.js'), SCRIPT],
    ['graphiql.css', inPackage('graphiql', 'graphiql.min.css'), STYLE],
    ['page.js', own('page.js'), SCRIPT],
    ['page.css', own('page.css'), STYLE],
  ];
  return {
    page: () => answerOf('text/html; charset=utf-8', pageText(personalId)),
    files: new Map(
      files.map(([name, path, type]) => [
        `/explorer/${name}`,
        () => answerOf(type, readFileSync(path, 'utf8')),
      ]),
    ),
  };
}

function answerOf(type: string, body: string): ExplorerAnswer {
  return {
    status: 200,
    headers: {
      'content-type': type,
      'content-security-policy': CSP,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
    body,
  };
}

function pageText(personalId: string): string {
  const callers = EXPLORER_CALLERS.map((caller) => ({
    ...caller,
    token:
      caller.client === 'vneid'
        ? mintToken({ clientId: 'vneid', sub: personalId })
        : mintToken({ clientId: caller.client, sub: 'le.van.an' }),
  }));
  // `<` is escaped, so that no text can end the element.
  const data = JSON.stringify({ personalId, callers, examples: EXPLORER_EXAMPLES }).replaceAll(
    '<',
    '\\u003c',
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>National data gateway: explorer of the demo</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/explorer/graphiql.css">
<link rel="stylesheet" href="/explorer/page.css">
</head>
<body>
<form id="choice">
<label>Example <select id="example"></select></label>
<label>Client <select id="client"></select></label>
<label>X-Purpose <input id="purpose" spellcheck="false"></label>
<label>X-Case-Id <input id="case" spellcheck="false"></label>
</form>
<main id="graphiql">This page needs JavaScript.</main>
<script type="application/json" id="demo">${data}</script>
<script src="/explorer/react.js"></script>
<script src="/explorer/react-dom.js"></script>
<script src="/explorer/graphiql.js"></script>
<script src="/explorer/page.js"></script>
</body>
</html>
`;
}
