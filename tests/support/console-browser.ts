/** What a browser of the console does over HTTP: cookies of one host, redirects one by one. */
export interface ConsoleBrowser {
  readonly origin: string;
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Signs in as an account of the demo; gives the answer of the page on which the sign-in ends. */
  signIn(account: string, to?: string): Promise<Response>;
  /** What the pages know of the session. */
  session(): Promise<{
    readonly kind: string;
    readonly csrfToken: string;
    readonly pages: readonly string[];
  }>;
  ask(operation: string, variables?: object): Promise<Response>;
}

export function buildConsoleBrowser(graphqlUrl: string): ConsoleBrowser {
  const { origin } = new URL(graphqlUrl);
  const cookies = new Map<string, string>();
  let csrfToken = '';

  async function send(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...(cookie === '' ? {} : { cookie }), ...(init.headers as Record<string, string>) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }

  const browser: ConsoleBrowser = {
    origin,
    cookies,
    get: (path, headers = {}) => send(`${origin}${path}`, { headers }),
    post: (path, body, headers = {}) =>
      send(`${origin}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin, 'x-console-token': csrfToken, ...headers },
        body: JSON.stringify(body),
      }),
    async signIn(account, to = '/console') {
      const left = await browser.get(`/console/sign-in?to=${encodeURIComponent(to)}`);
      const choice = new URL(left.headers.get('location') ?? '');
      choice.searchParams.set('account', account);
      const chosen = await fetch(choice, { redirect: 'manual' });
      let answer = await send(chosen.headers.get('location') ?? '');
      while (answer.status === 303) {
        answer = await send(new URL(answer.headers.get('location') ?? '', origin).href);
      }
      if (cookies.has('ndg-console')) csrfToken = (await browser.session()).csrfToken;
      return answer;
    },
    session: async () => (await browser.get('/console/session')).json() as never,
    ask: (operation, variables = {}) => browser.post('/console/graphql', { operation, variables }),
  };
  return browser;
}
