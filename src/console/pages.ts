import type { CallerKind } from '../identity/registered-clients.ts';

/** A page of the console: one row here, and its component in page-components.ts. */
export interface ConsolePage {
  readonly path: string;
  /** Vietnamese, English. */
  readonly title: readonly [vi: string, en: string];
  /** Kinds of caller that may see it; the server refuses every other one, on record. */
  readonly kinds: readonly CallerKind[];
  /** Operations of the page's data, by the names of their files in operations/. A session of another kind may not ask them. */
  readonly operations: readonly string[];
  /** False for a page that others link to. */
  readonly isInMenu: boolean;
}

/** All pages, in the order of the menu. The first one of a kind is where its people land. */
export const CONSOLE_PAGES = [
  {
    path: '/console/entries',
    title: ['Ai đã xem dữ liệu', 'Who saw what'],
    kinds: ['auditor'],
    operations: ['entries', 'bundle'],
    isInMenu: true,
  },
  {
    path: '/console/entry',
    title: ['Một lượt truy cập', 'One access'],
    kinds: ['auditor'],
    operations: ['entry', 'replay', 'bundle'],
    isInMenu: false,
  },
  {
    path: '/console/counts',
    title: ['Thống kê', 'Counts'],
    kinds: ['auditor'],
    operations: ['counts'],
    isInMenu: true,
  },
  {
    path: '/console/breach',
    title: ['Báo cáo lộ dữ liệu', 'Breach report'],
    kinds: ['auditor'],
    operations: ['breach'],
    isInMenu: true,
  },
  {
    path: '/console/live-state',
    title: ['Tình hình trực tiếp', 'Live state'],
    kinds: ['centre'],
    operations: ['live-state'],
    isInMenu: true,
  },
  {
    path: '/console/daily-report',
    title: ['Báo cáo ngày', 'Daily report'],
    kinds: ['centre'],
    operations: ['daily-report'],
    isInMenu: true,
  },
  {
    path: '/console/disclosures',
    title: ['Đã cung cấp cho ai', 'Disclosed to whom'],
    kinds: ['owner'],
    operations: ['counts', 'owner-entries'],
    isInMenu: true,
  },
  {
    path: '/console/grants',
    title: ['Quyền đã cấp và chưa dùng', 'Granted and never used'],
    kinds: ['owner'],
    operations: ['grant-usage'],
    isInMenu: true,
  },
  {
    path: '/my-accesses',
    title: ['Ai đã xem dữ liệu của tôi', 'Who saw my data'],
    kinds: ['citizen'],
    operations: ['my-accesses'],
    isInMenu: true,
  },
] as const satisfies readonly ConsolePage[];

/** The path of a page. */
export type ConsolePagePath = (typeof CONSOLE_PAGES)[number]['path'];
