import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CHROMIUM, expectAccessible, launchChromium, signInByKeyboard } from '../support/console-page.ts';
import { country, startTestGateway, type TestGateway } from '../support/gateway.ts';
import { isSkippedWithout } from '../support/servers/redis.ts';

/** Pages of citizens, register owners and the command centre in Chromium, each tried at three widths. */

const EVIL_OFFICER = '<img/src=x/onerror=alert(1)>';

describe.skipIf(isSkippedWithout('chromium', CHROMIUM !== ''))('pages of other roles in Chromium', () => {
  let gateway: TestGateway;
  let browser: Browser;
  let origin = '';
  const [first] = country
    .people({ with: ['land', 'business', 'marriage'] })
    .take(1)
    .map(({ personalId }) => personalId)
    .toArray();
  const person = first ?? '';

  beforeAll(async () => {
    gateway = await startTestGateway();
    ({ origin } = new URL(gateway.url));
    const query =
      'query($id: ID!) { citizen(personalId: $id) { name { full } birthDate landParcels { id area } } }';
    for (const officer of ['le.van.an', 'le.van.an', EVIL_OFFICER]) {
      await gateway.ask(query, { id: person }, { officer });
    }
    browser = await launchChromium();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await gateway.close();
  });

  const PAGES: readonly (readonly [role: string, name: string, path: string])[] = [
    ['a citizen', `Công dân ${person}`, '/my-accesses'],
    ['a register owner', 'Trần Văn Quản', '/console/grants'],
    ['the centre', 'Lê Thị Trực', '/console/live-state'],
    ['the centre', 'Lê Thị Trực', '/console/daily-report'],
  ];

  it.each(PAGES)('%s (%s) sees %s, at three widths', async (_role, name, path) => {
    const { page, elsewhere, complaints } = await signInByKeyboard(browser, origin, name, path);
    // Whatever the page awaits first has come.
    await vi.waitFor(
      async () => {
        const text = await page.locator('main').innerText();
        expect(text).not.toMatch(/Đang tải|Đang chờ/);
        expect(text.length).toBeGreaterThan(80);
      },
      { timeout: 20_000, interval: 100 },
    );
    expect(new URL(page.url()).pathname).toBe(path);
    await expectAccessible(page);
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each(PAGES)('%s (%s) is refused the auditor’s page, on record', async (_role, name, path) => {
    const { page } = await signInByKeyboard(browser, origin, name, path);
    const answer = await page.goto(`${origin}/console/entries`);
    expect(answer?.status()).toBe(403);
    expect(answer?.headers()['x-access-entry']).toMatch(/^[0-9a-f]{32}$/);
    await page.getByRole('heading', { name: 'Trang này không dành cho vai trò của bạn' }).waitFor();
    await page.context().close();
  });
});
