import type { ComponentType } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { PAGE_COMPONENTS } from '../page-components.ts';
import { CONSOLE_PAGES, type ConsolePage } from '../pages.ts';
import { Header } from './header.tsx';
import { usePlace } from './router.ts';
import { post, readSession, SessionContext, type PageSession, type SessionInUse } from './session.ts';
import { LanguageContext, storedLanguage, storeLanguage, type Language } from './words.ts';

/** The console: header, menu and the page of the address. */
export function App() {
  const [language, setLanguage] = useState<Language>(storedLanguage);
  const [session, setSession] = useState<PageSession | 'failed' | null>(null);
  useEffect(() => {
    readSession().then(setSession, () => setSession('failed'));
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
    storeLanguage(language);
  }, [language]);
  const inUse = useMemo(
    () => (session && session !== 'failed' ? sessionInUse(session, setSession) : null),
    [session],
  );
  if (session === 'failed') {
    return <p role="alert">Không kết nối được tới máy chủ. The server cannot be reached.</p>;
  }
  if (!inUse) return <p role="status">Đang tải…</p>;
  return (
    <LanguageContext.Provider value={language}>
      <SessionContext.Provider value={inUse}>
        <Shell language={language} onLanguage={setLanguage} />
      </SessionContext.Provider>
    </LanguageContext.Provider>
  );
}

function sessionInUse(session: PageSession, setSession: (session: PageSession) => void): SessionInUse {
  return {
    session,
    async setOrder(order) {
      const { ok } = await post(session.csrfToken, '/console/order', { order });
      if (ok) setSession({ ...session, order });
      return ok;
    },
    async signOut() {
      const response = await post(session.csrfToken, '/console/sign-out', {});
      const { to } = (await response.json()) as { readonly to?: string };
      location.assign(to ?? '/console');
    },
  };
}

function Shell({
  language,
  onLanguage,
}: {
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
}) {
  const { path } = usePlace();
  const pages: readonly ConsolePage[] = CONSOLE_PAGES;
  const page = pages.find((one) => one.path === path);
  const main = useRef<HTMLElement>(null);
  const shownBefore = useRef(path);
  // Another page begins at its top, where a screen reader starts to read too.
  useEffect(() => {
    if (shownBefore.current === path) return;
    shownBefore.current = path;
    main.current?.focus();
    scrollTo(0, 0);
  }, [path]);
  const title = page?.title[language === 'vi' ? 0 : 1] ?? '';
  useEffect(() => {
    document.title = `${title} · ${language === 'vi' ? 'Cổng dữ liệu quốc gia' : 'National data gateway'}`;
  }, [title, language]);
  const skip = useCallback((event: Event) => {
    event.preventDefault();
    main.current?.focus();
  }, []);
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        {language === 'vi' ? 'Tới nội dung' : 'Skip to content'}
      </a>
      <Header path={path} language={language} onLanguage={onLanguage} />
      <main id="main" ref={main} tabIndex={-1}>
        <h1>{title}</h1>
        {page ? <PageBody key={path} path={path} /> : null}
      </main>
    </>
  );
}

function PageBody({ path }: { readonly path: string }) {
  const [Page, setPage] = useState<{ readonly of: ComponentType } | null>(null);
  useEffect(() => {
    const load = new Map(Object.entries(PAGE_COMPONENTS)).get(path);
    void load?.().then((loaded) => setPage({ of: loaded.default }));
  }, [path]);
  return Page ? <Page.of /> : <p role="status">Đang tải…</p>;
}
