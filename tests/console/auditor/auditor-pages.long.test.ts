import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  CHROMIUM,
  expectAccessible,
  launchChromium,
  signInByKeyboard,
  tabTo,
  takePicture,
  type ConsolePageInUse,
} from '../../support/console-page.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { isSkippedWithout } from '../../support/servers/redis.ts';

/** The auditor's pages in Chromium, over the real gateway. `PICTURES=write` makes the pictures of docs/auditor.md anew. */

const OFFICER = 'le.van.an';
const EVIL_OFFICER = '<img/src=x/onerror=alert(1)>';
const ROW = '{ name { full } birthDate permanentResidence { full } landParcels { id area } }';

describe.skipIf(isSkippedWithout('chromium', CHROMIUM !== ''))('the auditor’s pages in Chromium', () => {
  let gateway: TestGateway;
  let browser: Browser;
  let used: ConsolePageInUse;
  let page: Page;
  let person = '';

  beforeAll(async () => {
    gateway = await startTestGateway();
    const [first, ...others] = country
      .people({ with: ['land'] })
      .take(14)
      .map(({ personalId }) => personalId)
      .toArray();
    person = first ?? '';
    const query = `query AssetInspection($id: ID!) { citizen(personalId: $id) ${ROW} }`;
    for (const id of [person, ...others]) await gateway.ask(query, { id }, { officer: OFFICER });
    await gateway.ask(query, { id: person }, { officer: EVIL_OFFICER });
    // Refused: the purpose and the case hold markup, which must not come back as markup.
    const markup = { purpose: '<b>x</b>', caseId: '<script>alert(2)</script>' };
    await gateway.ask(query, { id: person }, { officer: EVIL_OFFICER, ...markup });
    browser = await launchChromium();
    used = await signInByKeyboard(browser, new URL(gateway.url).origin, 'Nguyễn Thị Kiểm');
    page = used.page;
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await gateway.close();
  });

  it('says who saw a person and why in five actions, by keyboard alone', async () => {
    await expectAccessible(page);
    await tabTo(page, 'order');
    await page.keyboard.type('KT-261121-0002');
    await page.keyboard.press('Enter');
    await page.getByText('Đang làm việc theo').waitFor();
    await tabTo(page, 'person');
    await page.keyboard.type(person);
    await page.keyboard.press('Enter');
    await page.locator('tbody tr').first().waitFor();
    await vi.waitFor(async () => expect(await page.locator('tbody tr').count()).toBeLessThan(14), 10_000);
    const rows = await page.locator('tbody tr').allInnerTexts();
    expect(rows.length).toBeGreaterThanOrEqual(2);
    for (const row of rows) expect(row).toContain(person);
    expect(rows.join()).toContain(OFFICER);
    expect(rows.join()).toContain('inspection');
    expect(page.url()).not.toContain(person);
    await expectAccessible(page);
    await takePicture(page, 'auditor-entries.png');
  });

  it('shows markup of clients as text', async () => {
    const shown = page.locator('tbody').getByText(EVIL_OFFICER);
    expect(await shown.count()).toBeGreaterThan(0);
    expect(await page.locator('tbody img, tbody script, tbody b').count()).toBe(0);
  });

  it('shows one entry with its decision, and proves it in the browser', async () => {
    const row = page.locator('tbody tr', { hasText: OFFICER }).first();
    await row.getByRole('link').focus();
    await page.keyboard.press('Enter');
    await page.getByText('kết quả giống như đã ghi').waitFor();
    await page.getByRole('button', { name: 'Kiểm tra bằng chứng trong trình duyệt' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Đúng: bản ghi này đứng trong nhật ký đã ký').waitFor();
    expect(await page.locator('main').innerText()).toContain(person);
    await expectAccessible(page);
    await takePicture(page, 'auditor-entry.png');
  });

  it('downloads what was found as CSV, and as a bundle', async () => {
    await page.getByRole('link', { name: 'Về danh sách' }).click();
    await page.locator('tbody tr').first().waitFor();
    const [csv] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Tải bảng CSV' }).click(),
    ]);
    expect(csv.suggestedFilename()).toMatch(/^truy-cap-\d{4}-\d{2}-\d{2}\.csv$/);
    const text = readFileSync(await csv.path(), 'utf8');
    expect(text.split('\r\n')[0]).toMatch(/^\u{FEFF}time,time_vn,entry,n,agency/u);
    expect(text).toContain(person);
    const [bundle] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Tải bộ bằng chứng' }).click(),
    ]);
    expect(readFileSync(await bundle.path(), 'utf8')).toMatch(/^\{"v":1,"log":"national-data-gateway\//);
  });

  it('counts answers in a chart and a table', async () => {
    await page.getByRole('link', { name: 'Thống kê' }).click();
    await page.locator('figure table tbody tr').first().waitFor();
    for (const by of ['PURPOSE', 'REGISTER', 'PROVINCE', 'HOUR', 'CLIENT']) {
      await page.selectOption('#by', by);
      await page.locator('figure table tbody tr').first().waitFor();
    }
    expect(await page.locator('figure table').innerText()).toContain('inspectorate');
    await expectAccessible(page);
    await takePicture(page, 'auditor-counts.png');
  });

  it('leads through a breach report', async () => {
    await page.getByRole('link', { name: 'Báo cáo lộ dữ liệu' }).click();
    await page.getByRole('button', { name: 'Lập báo cáo có chữ ký' }).click();
    await page.getByText('Hãy điền hệ thống, cán bộ hoặc khóa.').waitFor();
    await tabTo(page, 'breach-officer');
    await page.keyboard.type(OFFICER);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Kết quả' }).waitFor();
    expect(await page.locator('.tiles').innerText()).toMatch(/\n14\n/);
    await expectAccessible(page);
    await takePicture(page, 'auditor-breach.png');
  });

  it('speaks English by a switch, and keeps to it', async () => {
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Breach report' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Breach report' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Tiếng Việt' }).click();
  });

  it('asked nothing of another host, and the browser had nothing to complain of', () => {
    expect(used.elsewhere).toEqual([]);
    expect(used.complaints).toEqual([]);
  });

  it('signs out everywhere', async () => {
    await page.getByRole('button', { name: 'Đăng xuất mọi nơi' }).click();
    await page.getByRole('heading', { name: 'Bạn đã đăng xuất' }).waitFor();
    await expectAccessible(page);
    await page.goto(`${new URL(gateway.url).origin}/console/entries`);
    await page.getByRole('heading', { name: 'Đăng nhập thử' }).waitFor();
    await expectAccessible(page);
    expect(new URL(page.url()).pathname).toBe('/authorize');
  });
});
