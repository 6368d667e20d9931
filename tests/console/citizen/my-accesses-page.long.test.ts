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

/** The citizen's page in Chromium, by keyboard. `PICTURES=write` makes its picture anew. */

const HOSTILE = '<img src=x onerror=alert(1)>"\'';

describe.skipIf(isSkippedWithout('chromium', CHROMIUM !== ''))('/my-accesses in Chromium', () => {
  let gateway: TestGateway;
  let browser: Browser;
  let inUse: ConsolePageInUse;
  let page: Page;

  beforeAll(async () => {
    gateway = await startTestGateway();
    const [citizen] = country
      .people({ with: ['land', 'business', 'marriage'] })
      .take(1)
      .toArray();
    const id = citizen?.personalId ?? '';
    const ask = (query: string, caller: object) => gateway.ask(query, { id }, caller);
    const named = 'query($id: ID!) { citizen(personalId: $id) { name { full } death { date } } }';
    await ask(named, { officer: 'le.van.an', caseId: 'H26-261121-0201' });
    await ask('query($id: ID!) { citizen(personalId: $id) { birthDate landParcels { id area } } }', {
      officer: 'le.van.an',
      caseId: 'H26-261121-0201',
    });
    await ask(named, { officer: 'tran.thi.binh', caseId: 'H26-261121-0202' });
    browser = await launchChromium();
    inUse = await signInByKeyboard(browser, new URL(gateway.url).origin, `Công dân ${id}`, '/my-accesses');
    ({ page } = inUse);
    await page.waitForSelector('.visits li');
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await gateway.close();
  });

  it('shows an overview first, then visits, newest first', async () => {
    expect(await page.locator('h1').textContent()).toBe('Ai đã xem dữ liệu của tôi');
    expect(await page.locator('.tiles strong').allTextContents()).toEqual(['2', '2', '1', '3']);
    const visits = await page.locator('.visits > li').allTextContents();
    expect(visits).toHaveLength(2);
    expect(visits[0]).toContain('H26-261121-0202');
    expect(visits[1]).toContain('2 lượt');
    await expectAccessible(page);
  });

  it('opens a visit and checks its proof in the browser', async () => {
    await tabToFirst(page, '.visits summary');
    await page.keyboard.press('Enter');
    await tabToFirst(page, '.look button');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.look .mark.good');
    expect(await page.locator('.look').first().textContent()).toContain('national-data-gateway/');
    await expectAccessible(page);
    await takePicture(page, 'my-accesses.png');
  });

  it('drafts a letter from an entry, to print or save', async () => {
    await tabToFirst(page, '.look .actions:last-child button');
    await page.keyboard.press('Enter');
    await page.waitForSelector('textarea');
    const letter = await page.locator('textarea').inputValue();
    expect(letter).toContain('Kính gửi: Thanh tra Chính phủ');
    expect(letter).toContain('H26-261121-0202');
    await expectAccessible(page);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.letter').isVisible()).toBe(true);
    expect(await page.locator('textarea').isVisible()).toBe(false);
    if (process.env['LOOK']) await page.screenshot({ path: '/tmp/h/print.png', fullPage: true });
    await page.emulateMedia({ media: 'screen' });
    if (process.env['LOOK']) await page.screenshot({ path: '/tmp/h/letter.png', fullPage: true });
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Lưu đơn thành tệp' }).click();
    expect((await saved).suggestedFilename()).toBe('don.txt');
    await page.getByRole('button', { name: 'Quay lại danh sách' }).click();
    await page.waitForSelector('.visits');
  });

  it('speaks English at a switch', async () => {
    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.locator('h1').textContent()).toBe('Who saw my data');
    await expectAccessible(page);
    if (process.env['LOOK']) await page.screenshot({ path: '/tmp/h/en.png', fullPage: true });
    await page.getByRole('button', { name: 'Tiếng Việt' }).click();
  });

  it('shows texts of others as text', async () => {
    await page.route('**/console/graphql', async (route) => {
      const answer = await route.fetch();
      const body: unknown = JSON.parse(await answer.text(), (name, value: unknown) =>
        typeof value === 'string' && name !== 'time' && name !== 'outcome' ? HOSTILE : value,
      );
      await route.fulfill({ response: answer, json: body });
    });
    await page.reload();
    await page.waitForSelector('.visits li');
    expect(await page.locator('.visits h3').first().textContent()).toBe(HOSTILE);
    await page.locator('.visits summary').first().click();
    await page.getByRole('button', { name: 'Kiểm tra bằng chứng' }).first().click();
    await page.waitForSelector('.look .mark.bad');
    await page.getByRole('button', { name: 'Hỏi lại' }).first().click();
    expect(await page.locator('textarea').inputValue()).toContain(HOSTILE);
    expect(await page.locator('img').count()).toBe(0);
  });

  it('asks nothing of another host, and the browser complains of nothing', () => {
    expect(inUse.elsewhere).toEqual([]);
    expect(inUse.complaints).toEqual([]);
  });
});
