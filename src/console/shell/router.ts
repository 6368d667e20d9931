import { useEffect, useState } from 'preact/hooks';

/** The place that is shown: a path, and what its query says. */
export interface PagePlace {
  readonly path: string;
  readonly query: URLSearchParams;
}

const MOVED = 'console-moved';

/** Goes to another page without loading it anew. */
export function goTo(url: string): void {
  history.pushState(null, '', url);
  dispatchEvent(new Event(MOVED));
}

/** Changes the query of the page that is shown, so that the page can be linked to and gone back to. */
export function changeQuery(query: Readonly<Record<string, string | null>>): void {
  const next = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) next.set(name, value);
  const text = next.toString();
  history.pushState(null, '', text === '' ? location.pathname : `${location.pathname}?${text}`);
  dispatchEvent(new Event(MOVED));
}

export function usePlace(): PagePlace {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const move = (): void => setPlace(here());
    addEventListener('popstate', move);
    addEventListener(MOVED, move);
    return () => {
      removeEventListener('popstate', move);
      removeEventListener(MOVED, move);
    };
  }, []);
  return place;
}

function here(): PagePlace {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}
