import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CHROMIUM,
  expectAccessible,
  launchChromium,
  signInByKeyboard,
  tabToFirst,
  takePicture,
  type ConsolePageInUse,
} from '../../support/console-page.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { isSkippedWithout } from '../../support/servers/redis.ts';

/** A register owner's pages in Chromium, by keyboard. `PICTURES=write` makes their pictures anew. */

describe.skipIf(isSkippedWithout('chromium', CHROMIUM !== ''))('the owner’s pages in Chromium', () => {
  let gateway: TestGateway;
  let browser: Browser;
  let inUse: ConsolePageInUse;
  let page: Page;
  let someone = '';

  beforeAll(async () => {
    gateway = await startTestGateway();
    const people = country
      .people({ with: ['marriage'] })
      .take(15)
      .toArray();
    const named = 'query($id: ID!) { citizen(personalId: $id) { name { full } birthDate } }';
    someone = people[0]?.personalId ?? '';
    for (const { personalId } of people)
      await gateway.ask(named, { id: personalId }, { officer: 'le.van.an' });
    browser = await launchChromium();
    inUse = await signInByKeyboard(browser, new URL(gateway.url).origin, 'Trần Văn Quản');
    ({ page } = inUse);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await gateway.close();
  });

  it('shows what was disclosed, to whom and under which agreement, and never about whom', async () => {
    await page.waitForSelector('figure table');
    expect(await page.locator('h1').textContent()).toBe('Đã cung cấp cho ai');
    expect(await page.locator('figure tbody tr').allTextContents()).toEqual(['inspectorate15']);
    const rows = page.locator('section table tbody tr');
    expect(await rows.count()).toBe(15);
    expect(await rows.first().textContent()).toContain('Thanh tra Chính phủ');
    expect(await rows.first().textContent()).toContain('asset-inspection');
    expect(await page.content()).not.toContain(someone);
    await tabToFirst(page, '#by');
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector('figure:has-text("inspection") td:text-is("inspection")');
    await expectAccessible(page);
    await takePicture(page, 'owner-disclosures.png', false);
  });

  it('shows what is granted and never used, and saves the smaller grant', async () => {
    await page.goto(`${new URL(gateway.url).origin}/console/grants`);
    await page.waitForSelector('.card');
    const card = page.locator('.card', { hasText: 'Thanh tra Chính phủ' });
    expect(await card.textContent()).toContain('Citizen.sex');
    const order = await page.locator('.card h2').allTextContents();
    await tabToFirst(
      page,
      `.card:nth-of-type(${order.indexOf('Thanh tra Chính phủ · inspection') + 1}) summary >> nth=-1`,
    );
    await page.keyboard.press('Enter');
    expect(await card.locator('pre').isVisible()).toBe(true);
    expect(await card.locator('pre').textContent()).toContain('birthDate');
    const saved = page.waitForEvent('download');
    await card.getByRole('button', { name: 'Lưu quyền thu hẹp' }).click();
    expect((await saved).suggestedFilename()).toMatch(/inspect.*\.graphql$/);
    await expectAccessible(page);
    await page.setViewportSize({ width: 1024, height: 1500 });
    await page.evaluate('scrollTo(0, 0)');
    await takePicture(page, 'owner-grants.png', false);
  });

  it('asks nothing of another host, and the browser complains of nothing', () => {
    expect(inUse.elsewhere).toEqual([]);
    expect(inUse.complaints).toEqual([]);
  });
});
