/// <reference lib="dom" />
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { vietNamDay } from '../../../src/log-format/viet-nam-time.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { isSkippedWithout } from '../../support/servers/redis.ts';
import { seedDays } from './seeded-days.ts';

/** The centre's pages in a browser: a wall screen and smaller ones, by keyboard, in both languages, and nothing from elsewhere. */

const found = spawnSync('which', ['chromium'], { encoding: 'utf8' }).stdout.trim();
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PICTURES = resolve(import.meta.dirname, '../../../docs/pictures');
const SIZES = [
  ['wall', 1_920, 1_080],
  ['desk', 1_280, 800],
  ['telephone', 390, 844],
] as const;
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

describe.skipIf(isSkippedWithout('chromium', found !== ''))('the centre’s pages in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'centre-'));
  let gateway: TestGateway;
  let browser: Browser;
  let page: Page;
  let person = '';
  const elsewhere: string[] = [];
  const faults: string[] = [];

  beforeAll(async () => {
    const data = join(folder, 'data');
    mkdirSync(data, { recursive: true });
    seedDays(data, Date.now());
    gateway = await startTestGateway({ environment: { DATA_DIR: data } });
    const [one] = country.people({ unit: '00070' });
    person = one?.personalId ?? '';
    browser = await chromium.launch({ executablePath: found, args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1_920, height: 1_080 } });
    page.on('request', (request) => {
      if (!/^(?:http:\/\/127\.0\.0\.1:|blob:|data:)/.test(request.url())) elsewhere.push(request.url());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    for (let asked = 0; asked < 12; asked++) {
      await gateway.ask(
        'query ($id: ID!) { citizen(personalId: $id) { name { full } marriages { entryNo } } }',
        { id: person },
        { client: 'hn-hoankiem-civil', purpose: 'civil-status-registration', officer: 'tran.thi.binh' },
      );
    }
    await page.goto(new URL('/console', gateway.url).href);
    await page.getByText('Lê Thị Trực').click();
    await page.getByText('Trực tiếp, mỗi giây').waitFor();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await gateway.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function accessibilityFaults(): Promise<readonly string[]> {
    await page.evaluate(AXE);
    return page.evaluate(async (tags) => {
      const { axe } = window as unknown as {
        readonly axe: {
          run(
            of: Document,
            options: object,
          ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
        };
      };
      const { violations } = await axe.run(document, { runOnly: tags });
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
    }, WCAG);
  }

  test('the live page shows the state as it changes, and nobody in it', async () => {
    const captured = page.locator('.live-bar .hint');
    const before = await captured.innerText();
    await expect.poll(() => captured.innerText(), { timeout: 5_000 }).not.toBe(before);
    const text = await page.locator('main').innerText();
    expect(text).toContain('CSDL quốc gia về dân cư');
    expect(text).toContain('Vẫn yêu cầu 7 giấy tờ mà dữ liệu đã thay thế');
    expect(text).toContain('CSDL quốc gia về đất đai');
    for (const hidden of [person, 'tran.thi.binh', 'H26-261121']) expect(text).not.toContain(hidden);
    expect(await page.locator('.map li').count()).toBe(34);
    // The worst first in the document, whatever their places on the map.
    expect(await page.locator('.map li').first().innerText()).toContain('▲');
  });

  test.each(SIZES)(
    'axe finds nothing, and nothing runs out of a screen of a %s',
    async (name, width, height) => {
      await page.setViewportSize({ width, height });
      await page.getByText('Trực tiếp, mỗi giây').waitFor();
      expect(await accessibilityFaults()).toEqual([]);
      const [shown, room] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        window.innerWidth,
      ]);
      expect(shown).toBeLessThanOrEqual(room ?? 0);
      if (name !== 'desk') await page.screenshot({ path: join(PICTURES, `centre-live-${name}.png`) });
    },
  );

  test('updates are paused by keyboard, and a state that is old says so in words', async () => {
    await page.setViewportSize({ width: 1_280, height: 800 });
    const button = page.getByRole('button', { name: 'Tạm dừng cập nhật' });
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Đã tạm dừng: số liệu không còn mới').waitFor();
    const before = await page.locator('.live-bar .hint').innerText();
    await new Promise((pass) => setTimeout(pass, 2_200));
    expect(await page.locator('.live-bar .hint').innerText()).toBe(before);
    await page.keyboard.press('Enter');
    await page.getByText('Trực tiếp, mỗi giây').waitFor();
  });

  test('a state that is old says so in words', async () => {
    const own = await startTestGateway({ mocks: gateway.mocks });
    const other = await (await browser.newContext()).newPage();
    await other.goto(new URL('/console', own.url).href);
    await other.getByText('Lê Thị Trực').click();
    await other.getByText('Trực tiếp, mỗi giây').waitFor();
    await other.route('**/console/live', (route) => route.abort());
    await own.gateway.close();
    await other.getByText('Số liệu đã cũ').waitFor({ timeout: 15_000 });
    expect(await other.locator('.live-bar').innerText()).toContain('giới hạn 5 giây');
    await other.context().close();
  });

  test('a stream that cannot be opened is tried again', async () => {
    const other = await (await browser.newContext()).newPage();
    await other.route('**/console/live', (route) => route.abort());
    await other.goto(new URL('/console', gateway.url).href);
    await other.getByText('Lê Thị Trực').click();
    await other.getByText('Đang nối…').waitFor();
    await other.unroute('**/console/live');
    await other.getByText('Trực tiếp, mỗi giây').waitFor({ timeout: 15_000 });
    expect(await other.locator('.map li').count()).toBe(34);
    await other.context().close();
  });

  test('reads in English too', async () => {
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Live, once a second').waitFor();
    expect(await page.locator('main').innerText()).toContain(
      'Still asks for 7 paper(s) that data has answered',
    );
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Tiếng Việt' }).click();
  });

  test.each(SIZES)('the daily report, on a screen of a %s', async (name, width, height) => {
    await page.setViewportSize({ width, height });
    const day = vietNamDay(Date.now());
    await page.goto(new URL(`/console/daily-report?day=${day}`, gateway.url).href);
    await page.getByText('Số liệu tạm thời').waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toContain('UBND phường Hoàn Kiếm, bộ phận hộ tịch');
    expect(text).toContain('Chưa đủ kỳ');
    for (const hidden of [person, 'tran.thi.binh', 'H26-261121']) expect(text).not.toContain(hidden);
    expect(await accessibilityFaults()).toEqual([]);
    const [shown, room] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      window.innerWidth,
    ]);
    expect(shown).toBeLessThanOrEqual(room ?? 0);
    if (name === 'desk') await page.screenshot({ path: join(PICTURES, 'centre-report.png') });
  });

  test('the report’s files are what was answered, and its print is a page of its own', async () => {
    const waiting = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Bản in (HTML)' }).click();
    const file = join(folder, 'report.html');
    await (await waiting).saveAs(file);
    expect(readFileSync(file, 'utf8')).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
    const printed = await browser.newPage({ viewport: { width: 900, height: 1_200 } });
    await printed.goto(`file://${file}`);
    await printed.screenshot({ path: join(PICTURES, 'centre-report-print.png') });
    expect((await printed.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000);
    await printed.close();
  });

  test('another role sees neither page', async () => {
    const other = await browser.newContext();
    const entries = await other.newPage();
    await entries.goto(new URL('/console', gateway.url).href);
    await entries.getByText('Nguyễn Thị Kiểm').click();
    await entries.waitForURL('**/console/entries');
    for (const path of ['/console/live-state', '/console/daily-report', '/console/live']) {
      const answer = await entries.goto(new URL(path, gateway.url).href);
      expect([path, answer?.status()]).toEqual([path, 403]);
      expect(answer?.headers()['x-access-entry']).toMatch(/^[0-9a-f]{32}$/);
    }
    await other.close();
  });

  test('nothing came from elsewhere, and nothing failed', () => {
    expect([elsewhere, faults]).toEqual([[], []]);
  });
});
