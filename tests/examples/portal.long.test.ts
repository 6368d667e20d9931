import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPortalDemo, type PortalDemo } from '../../examples/portal/demo.ts';
import { buildPortal } from '../../examples/portal/portal.ts';
import { country, startTestGateway, type TestGateway } from '../support/gateway.ts';
import { isSkippedWithout } from '../support/servers/redis.ts';

/** The sample portal in a browser, over the real gateway. `PICTURES=write` makes the pictures of docs/portal.md anew. */

const found = spawnSync('which', ['chromium'], { encoding: 'utf8' }).stdout.trim();
const PICTURES = new URL('../../docs/pictures/', import.meta.url);

describe.skipIf(isSkippedWithout('chromium', found !== ''))('the sample portal in Chromium', () => {
  let gateway: TestGateway;
  let demo: PortalDemo;
  let portal: FastifyInstance;
  let browser: Browser;
  let page: Page;
  let url = '';
  const elsewhere: string[] = [];

  beforeAll(async () => {
    gateway = await startTestGateway();
    demo = await startPortalDemo();
    portal = buildPortal({
      gatewayUrl: gateway.url,
      identityUrl: demo.identity.url,
      clientId: 'dvc-portal',
      citizens: demo.citizens,
      tokenOf: demo.tokenOf,
    });
    url = await portal.listen({ host: '127.0.0.1', port: 0 });
    browser = await chromium.launch({ executablePath: found, args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1000, height: 1100 } });
    page.on('request', (request) => {
      if (!request.url().startsWith(url) && !request.url().startsWith('data:')) elsewhere.push(request.url());
    });
    await page.goto(url);
    // By keyboard alone: the first citizen is chosen, and Enter sends the form.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.forms');
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await portal.close();
    await demo.identity.close();
    await gateway.close();
  });

  async function show(name: string, picture: string | null): Promise<void> {
    await page.goto(url);
    await page.getByRole('link', { name }).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.summary');
    if (picture !== null && process.env['PICTURES'] === 'write') {
      mkdirSync(PICTURES, { recursive: true });
      await page.screenshot({ path: new URL(picture, PICTURES).pathname });
    }
  }
  const citizen = () => country.person(demo.citizens[0]?.personalId ?? '');
  const printedDay = (day = ''): string => day.split('-').toReversed().join('/');

  test('birth registration names both parents, each from the register', async () => {
    await show('Đăng ký khai sinh', 'portal-birth.png');
    const spouse = country.person(citizen()?.spouse?.personalId ?? '');
    const [mother, father] = citizen()?.sex === 2 ? [citizen(), spouse] : [spouse, citizen()];
    expect(await page.inputValue('input[name="mother so_dinh_danh_ca_nhan_me "]')).toBe(mother?.personalId);
    expect(await page.inputValue('input[name="father so_dinh_danh_ca_nhan_cha "]')).toBe(father?.personalId);
    const locked = page.locator('input[name="mother so_dinh_danh_ca_nhan_me "]');
    expect(await locked.getAttribute('readonly')).not.toBeNull();
    const note = await locked.getAttribute('aria-describedby');
    expect(await page.locator(`#${note}`).innerText()).toContain('Cơ sở dữ liệu quốc gia về dân cư');
  });

  test('CT01 has the household, the chosen dwelling and the papers; the review shows what would be sent', async () => {
    await show('Đăng ký thường trú', 'portal-residence.png');
    expect(await page.inputValue('input[name="applicant ngay_sinh "]')).toBe(
      printedDay(citizen()?.birthDate),
    );
    expect(await page.locator('#papers + table .state').allInnerTexts()).toContain('Không phải nộp');
    await page.selectOption('#party-dwelling', { index: 1 });
    await page.getByRole('button', { name: 'Điền lại biểu mẫu' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.summary');
    expect(await page.inputValue('#party-dwelling')).toBe(
      (await page.locator('#party-dwelling option').nth(1).getAttribute('value')) ?? '',
    );
    await page
      .locator('textarea, input[name="applicant noi_dung_de_nghi "]')
      .first()
      .fill('<b>Về ở với vợ</b>');
    // A locked value that the browser changes is not what is sent.
    await page.evaluate(
      `document.querySelector('input[name="applicant ho_ten "]').value = 'Nguyễn Văn Khác'`,
    );
    await page.getByRole('button', { name: 'Xem lại trước khi gửi' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Xem lại/ }).waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toContain('<b>Về ở với vợ</b>');
    expect(text).not.toContain('Nguyễn Văn Khác');
  });

  test('a household business is filled for its owner', async () => {
    await show('Đăng ký thành lập hộ kinh doanh', 'portal-business.png');
    expect(await page.inputValue('input[name="owner so_dinh_danh "]')).toBe(citizen()?.personalId);
  });

  test.each([360, 768, 1280])(
    'every label belongs to its input, and nothing overflows at %i pixels',
    async (width) => {
      await page.setViewportSize({ width, height: 900 });
      await show('Đăng ký thường trú', null);
      const faults = await page.evaluate(`[...document.querySelectorAll('.field')].filter((field) => {
      const input = field.querySelector('input, select');
      return field.querySelector('label')?.htmlFor !== input?.id || !document.getElementById(input.getAttribute('aria-describedby') ?? input.id);
    }).length + (document.documentElement.scrollWidth > window.innerWidth ? 1000 : 0)`);
      expect(faults).toBe(0);
    },
  );

  test('the browser holds no token, asks nobody else, and no other site can send a form', async () => {
    const cookies = await page.context().cookies();
    expect(cookies.map(({ httpOnly, sameSite }) => ({ httpOnly, sameSite }))).toEqual([
      { httpOnly: true, sameSite: 'Strict' },
    ]);
    expect(await page.content()).not.toMatch(/eyJ[\w-]+\.eyJ/);
    expect(elsewhere).toEqual([]);
    const [cookie] = cookies;
    const forged = await fetch(`${url}/forms/1.004222`, {
      method: 'POST',
      headers: {
        cookie: `${cookie?.name}=${cookie?.value}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'head=001190912345',
    });
    expect(forged.status).toBe(403);
  });
});
