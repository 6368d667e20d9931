import type { OutgoingAnswer } from '../../request/stages.ts';

/** A page without any script: what happened, and the one way on. */
export interface PlainPage {
  readonly status: number;
  readonly title: string;
  /** Vietnamese first, then English. */
  readonly lines: readonly [vi: string, en: string];
  readonly link: { readonly href: string; readonly text: string };
}

/** Texts of plain pages; all of them are fixed. */
export const PLAIN_PAGES = {
  otherRole: {
    status: 403,
    title: 'Trang này không dành cho vai trò của bạn',
    lines: [
      'Lượt từ chối này đã được ghi vào nhật ký truy cập.',
      'This page is for another role. The refusal is on record.',
    ],
    link: { href: '/console', text: 'Về trang của tôi · My pages' },
  },
  noPage: {
    status: 403,
    title: 'Bảng điều khiển không có trang cho tài khoản này',
    lines: [
      'Lượt từ chối này đã được ghi vào nhật ký truy cập. Hãy đăng nhập bằng tài khoản khác.',
      'The console has no page for this account. The refusal is on record.',
    ],
    link: { href: '/console/sign-in', text: 'Đăng nhập lại · Sign in again' },
  },
  signedOut: {
    status: 200,
    title: 'Bạn đã đăng xuất',
    lines: [
      'Mọi phiên làm việc của bạn trên bảng điều khiển đã kết thúc.',
      'You are signed out. All your sessions of the console have ended.',
    ],
    link: { href: '/console/sign-in', text: 'Đăng nhập · Sign in' },
  },
  signInFailed: {
    status: 400,
    title: 'Chưa đăng nhập được',
    lines: [
      'Lần đăng nhập này đã hết hạn hoặc không hợp lệ. Hãy thử lại.',
      'This sign-in has ended or is not valid. Try again.',
    ],
    link: { href: '/console/sign-in', text: 'Thử lại · Try again' },
  },
  accountRefused: {
    status: 403,
    title: 'Tài khoản này không dùng được bảng điều khiển',
    lines: [
      'Cổng dữ liệu không chấp nhận mã truy cập của tài khoản này.',
      'The gateway does not accept the token of this account.',
    ],
    link: { href: '/console/sign-in', text: 'Thử lại · Try again' },
  },
  providerGone: {
    status: 503,
    title: 'Hệ thống định danh chưa trả lời',
    lines: [
      'Chưa thể đăng nhập lúc này. Hãy thử lại sau ít phút.',
      'The identity provider does not answer. Try again in a few minutes.',
    ],
    link: { href: '/console/sign-in', text: 'Thử lại · Try again' },
  },
} as const satisfies Record<string, PlainPage>;

/** Paths of the console's own style and icon. */
export interface PageLook {
  readonly stylesheet: string;
  readonly icon: string;
}

/** The answer with such a page. */
export function plainPageAnswer(
  { status, title, lines: [vi, en], link }: PlainPage,
  { stylesheet, icon }: PageLook,
): OutgoingAnswer {
  const body = `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="${icon}" type="image/svg+xml">
<link rel="stylesheet" href="${stylesheet}">
</head>
<body>
<main class="plain">
<h1>${title}</h1>
<p>${vi}</p>
<p lang="en">${en}</p>
<p><a class="button" href="${link.href}">${link.text}</a></p>
</main>
</body>
</html>
`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}
