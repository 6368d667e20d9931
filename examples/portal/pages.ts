import { html, type Html } from './html.ts';
import { OFFERED_FORMS } from './procedures.ts';
import type { Session } from './sessions.ts';

/** A citizen of the demo, to sign in as. */
export interface DemoCitizen {
  readonly personalId: string;
  readonly name: string;
}

/** A whole page, in Vietnamese, with one main heading. */
export function page(title: string, main: Html, session: Session | null = null): string {
  return html`<!doctype html>
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} - Cổng dịch vụ công mẫu</title>
        <link rel="stylesheet" href="/portal.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#main">Đến nội dung chính</a>
        <header>
          <a href="/">Cổng dịch vụ công mẫu</a>
          ${
            session &&
            html`<form method="post" action="/sign-out">
              ${formKey(session)}<button class="quiet">Đăng xuất</button>
            </form>`
          }
        </header>
        <main id="main">
          <h1>${title}</h1>
          ${main}
        </main>
        <footer>Trang mẫu cho nhà phát triển. Không có hồ sơ nào được gửi đi.</footer>
      </body>
    </html>`.text;
}

export function formKey(session: Session): Html {
  return html`<input type="hidden" name="form_key" value="${session.formKey}" />`;
}

/** The demo's sign-in: a citizen is chosen. A real portal sends the browser to its identity provider here. */
export function signInPage(citizens: readonly DemoCitizen[]): string {
  return page(
    'Đăng nhập',
    html`<p>Chọn một công dân của dữ liệu mẫu.</p>
      <form method="post" action="/sign-in">
        <fieldset>
          <legend>Công dân</legend>
          ${citizens.map(
            ({ personalId, name }, index) =>
              html`<label class="choice">
                <input type="radio" name="citizen" value="${personalId}" ${index === 0 && 'checked'} />
                ${name} (${personalId})
              </label>`,
          )}
        </fieldset>
        <button>Đăng nhập</button>
      </form>`,
  );
}

export function homePage(session: Session, name: string): string {
  return page(
    'Chọn thủ tục',
    html`<p>Xin chào ${name}. Dữ liệu đã có trong các cơ sở dữ liệu quốc gia được điền sẵn.</p>
      <ul class="forms">
        ${OFFERED_FORMS.map(
          ({ code, name: form }) =>
            html`<li><a href="/forms/${code}">${form}</a> <small>mã ${code}</small></li>`,
        )}
      </ul>`,
    session,
  );
}

/** A page that says what went wrong, and what to do. */
export function troublePage(title: string, advice: string, session: Session | null): string {
  return page(
    title,
    html`<p role="alert">${advice}</p>
      <p><a href="/">Về trang đầu</a></p>`,
    session,
  );
}
