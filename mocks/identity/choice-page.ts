import type { MockResponse } from '../servers/exchange.ts';
import type { DemoPerson } from './demo-people.ts';

/** The page of sign-in: the demo's people, each a link that goes on as that person. */
export function choicePage(people: readonly DemoPerson[], asked: URLSearchParams): MockResponse {
  const items = people.map(({ account, name, role }) => {
    const chosen = new URLSearchParams(asked);
    chosen.set('account', account);
    return `<li><a href="/authorize?${escaped(chosen.toString())}">${escaped(name)}</a><br>${escaped(role)}</li>`;
  });
  const body = `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Đăng nhập thử · Demo sign-in</title>
<style>
body { font: 18px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; color: #111; }
ul { list-style: none; padding: 0; }
li { margin: 0 0 1rem; padding: 0.75rem 1rem; border: 1px solid #666; border-radius: 6px; }
a { color: #1e3a8a; font-weight: 600; }
</style>
</head>
<body>
<main>
<h1>Đăng nhập thử</h1>
<p>Chọn một tài khoản của bản trình diễn. <span lang="en">Choose an account of the demo.</span></p>
<ul>
${items.join('\n')}
</ul>
</main>
</body>
</html>
`;
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
    },
    body,
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
