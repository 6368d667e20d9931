import { CONSOLE_PAGES, type ConsolePage } from '../pages.ts';
import { Link } from './link.tsx';
import { OrderForm } from './order-form.tsx';
import { useSession } from './session.ts';
import { useSay, type Language, type Words } from './words.ts';

const TEXT = {
  name: ['Cổng dữ liệu quốc gia', 'National data gateway'],
  demo: ['Bản trình diễn: mọi dữ liệu đều là dữ liệu giả lập', 'Demo: all data is synthetic'],
  menu: ['Các trang', 'Pages'],
  language: ['Ngôn ngữ', 'Language'],
  signOut: ['Đăng xuất mọi nơi', 'Sign out everywhere'],
  signedInAs: ['Đang đăng nhập:', 'Signed in as'],
} as const satisfies Record<string, Words>;

/** Who is signed in, the menu of that kind of caller, the language, signing out. */
export function Header({
  path,
  language,
  onLanguage,
}: {
  readonly path: string;
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
}) {
  const say = useSay();
  const { session, signOut } = useSession();
  const pages: readonly ConsolePage[] = CONSOLE_PAGES;
  const menu = pages.filter((page) => page.isInMenu && session.pages.includes(page.path));
  return (
    <header class="top">
      <div class="bar">
        <p class="name">{say(TEXT.name)}</p>
        <p class="who">
          {say(TEXT.signedInAs)} <strong>{session.displayName}</strong>
          <span class="agency">{session.agency}</span>
        </p>
        <div class="tools" role="group" aria-label={say(TEXT.language)}>
          {(['vi', 'en'] as const).map((one) => (
            <button
              key={one}
              type="button"
              class="quiet"
              lang={one}
              aria-pressed={language === one}
              onClick={() => onLanguage(one)}
            >
              {one === 'vi' ? 'Tiếng Việt' : 'English'}
            </button>
          ))}
          <button type="button" class="quiet" onClick={() => void signOut()}>
            {say(TEXT.signOut)}
          </button>
        </div>
      </div>
      {session.mode === 'demo' ? <p class="demo">{say(TEXT.demo)}</p> : null}
      <nav aria-label={say(TEXT.menu)}>
        <ul>
          {menu.map((page) => (
            <li key={page.path}>
              <Link to={page.path} isCurrent={page.path === path}>
                {say(page.title)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {session.kind === 'auditor' ? <OrderForm /> : null}
    </header>
  );
}
