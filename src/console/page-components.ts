import type { ComponentType } from 'preact';
import type { ConsolePagePath } from './pages.ts';

/** The component of each page, loaded when the page is first shown. A page without one does not compile. */
export const PAGE_COMPONENTS: Readonly<
  Record<ConsolePagePath, () => Promise<{ readonly default: ComponentType }>>
> = {
  '/console/entries': () => import('./auditor/entries-page.tsx'),
  '/console/entry': () => import('./auditor/entry-page.tsx'),
  '/console/counts': () => import('./auditor/counts-page.tsx'),
  '/console/breach': () => import('./auditor/breach-page.tsx'),
  '/console/disclosures': () => import('./owner/disclosures-page.tsx'),
  '/console/grants': () => import('./owner/grants-page.tsx'),
  '/my-accesses': () => import('./citizen/my-accesses-page.tsx'),
  '/console/live-state': () => import('./centre/live-page.tsx'),
  '/console/daily-report': () => import('./centre/report-page.tsx'),
};
