import type { ComponentChildren } from 'preact';
import { goTo } from './router.ts';

/** A link to a page of the console, which is shown without loading everything anew. */
export function Link({
  to,
  isCurrent = false,
  children,
}: {
  readonly to: string;
  readonly isCurrent?: boolean;
  readonly children: ComponentChildren;
}) {
  const follow = (event: MouseEvent): void => {
    // A new tab or window is the browser's own work.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(to);
  };
  return (
    <a href={to} onClick={follow} {...(isCurrent ? { 'aria-current': 'page' } : {})}>
      {children}
    </a>
  );
}
