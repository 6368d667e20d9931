import type { IncomingMessage } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { Redis } from 'ioredis';
import type { Settings } from '../../config/settings/settings.ts';
import { admitToPage } from '../../request/page/admit-to-page.ts';
import type { RequestHead } from '../../request/stages.ts';
import type { StreamParts } from '../../request/stream/open-stream.ts';
import { headOf, type AnswerGraphQl } from '../graphql-route.ts';
import type { Route } from '../server.ts';
import type { BuiltFiles } from './built-files.ts';
import { consoleHandler, redirectTo, type ConsoleHandler } from './console-answer.ts';
import { buildConsoleCaller, headOfSession } from './console-caller.ts';
import { readConsoleOperations, type ConsolePageRow } from './console-pages.ts';
import { buildIdentityProvider } from './identity-provider.ts';
import { PLAIN_PAGES, plainPageAnswer, type PlainPage } from './plain-page.ts';
import { buildQueryRoute } from './query-route.ts';
import { buildMemorySessions, buildRedisSessions } from './session/session-store.ts';
import { buildSessionRoutes } from './session-routes.ts';
import { buildConsoleSessions } from './session/sessions.ts';
import { buildSignIn } from './sign-in-routes.ts';

export interface ConsoleParts {
  readonly settings: Pick<Settings, 'console' | 'mode'>;
  readonly redis: Redis | null;
  /** The key of the sessions' keys and names. */
  readonly macKey: Buffer;
  readonly pages: readonly ConsolePageRow[];
  /** The built pages; null where the settings name no console. */
  readonly built: BuiltFiles | null;
  readonly operationsFolder: string;
  readonly parts: StreamParts & { readonly schema: GraphQLSchema };
  readonly answerGraphQl: AnswerGraphQl;
  /** Public keys (vkey) of this instance's log. */
  readonly logKeys: readonly string[];
}

/** The console: its routes, and the head of a request that carries a session instead of a token. */
export interface Console {
  readonly routes: ReadonlyMap<string, Route>;
  readonly headOf: (request: IncomingMessage) => Promise<RequestHead>;
}

/** Builds the console; null where the settings name none. */
export function buildConsole(given: ConsoleParts): Console | null {
  const { redis, macKey: secret, pages, parts, built } = given;
  const { console: settings, mode } = given.settings;
  if (!settings || !built) return null;
  const { log, identity } = parts;
  const { look } = built;
  const provider = buildIdentityProvider(settings);
  const sessions = buildConsoleSessions(redis ? buildRedisSessions(redis) : buildMemorySessions(), secret);
  const readCall = buildConsoleCaller({ origin: settings.origin, sessions, provider, identity });
  const isOwnPage = (path: string): boolean => pages.some((page) => page.path === path);
  const signIn = buildSignIn({ provider, sessions, identity, isOwnPage, secret, look, log });
  const { logKeys } = given;
  const session = buildSessionRoutes({ sessions, provider, pages, logKeys, mode });
  const operations = readConsoleOperations(pages, given.operationsFolder, parts.schema);
  const query = buildQueryRoute({ operations, parts, answerGraphQl: given.answerGraphQl });
  const route = (method: Route['method'], handler: ConsoleHandler): Route => ({
    method,
    handler: consoleHandler(readCall, log, handler),
  });
  const shown = (page: PlainPage) => plainPageAnswer(page, look);

  /** The page's shell, for the kinds of caller that may see it. Others are refused on record. */
  const pageHandler =
    ({ path, kinds }: ConsolePageRow): ConsoleHandler =>
    async (request, call) => {
      if (!call.session) return toSignIn(path, request.url);
      const head = headOfSession(headOf(request), call.session);
      const admitted = await admitToPage(parts, head, kinds, ({ httpStatus }) =>
        httpStatus === 401 ? toSignIn(path, request.url) : shown(PLAIN_PAGES.otherRole),
      );
      return 'status' in admitted ? admitted : built.page;
    };

  /** The first page of the caller's kind. */
  const home: ConsoleHandler = async (request, call) => {
    const { session: open } = call;
    if (!open) return redirectTo('/console/sign-in');
    const first = pages.find(({ kinds }) => kinds.includes(open.content.kind));
    if (first) return redirectTo(first.path);
    const head = headOfSession(headOf(request), open);
    const refused = await admitToPage(parts, head, [], () => shown(PLAIN_PAGES.noPage));
    return 'status' in refused ? refused : shown(PLAIN_PAGES.noPage);
  };

  return {
    routes: new Map<string, Route>([
      ['/console', route('GET', home)],
      ['/console/sign-in', route('GET', signIn.start)],
      ['/console/callback', route('GET', signIn.callback)],
      ['/console/signed-out', route('GET', async () => shown(PLAIN_PAGES.signedOut))],
      ['/console/session', route('GET', session.read)],
      ['/console/order', route('POST', session.order)],
      ['/console/sign-out', route('POST', session.signOut)],
      ['/console/graphql', route('POST', query)],
      ...pages.map((page) => [page.path, route('GET', pageHandler(page))] as const),
      ...[...built.files].map(([path, answer]) => [path, route('GET', async () => answer)] as const),
    ]),
    async headOf(request) {
      const head = headOf(request);
      if (head.authorization !== undefined) return head;
      const call = await readCall(request).catch(() => null);
      return call?.session ? headOfSession(head, call.session) : head;
    },
  };
}

/** Leads to the sign-in and back to this page afterwards. */
function toSignIn(path: string, url = path) {
  const query = url.includes('?') ? url.slice(url.indexOf('?')) : '';
  return redirectTo(`/console/sign-in?to=${encodeURIComponent(`${path}${query}`)}`);
}
