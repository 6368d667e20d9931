import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright-core';
import { expect } from 'vitest';

/** Widths at which each page is tried: a telephone, a laptop, a wall screen. */
export const WIDTHS = [360, 1024, 1920] as const;

/** The path of Chromium; empty where there is none. */
export const CHROMIUM = spawnSync('which', ['chromium'], { encoding: 'utf8' }).stdout.trim();

const PICTURES = new URL('../../docs/pictures/', import.meta.url);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
}

/** A page of the console in Chromium, with all that it asked of other hosts and all that the browser complained of. */
export interface ConsolePageInUse {
  readonly page: Page;
  readonly elsewhere: string[];
  readonly complaints: string[];
}

/** Signs in as an account of the demo, by the keyboard. */
export async function signInByKeyboard(
  browser: Browser,
  origin: string,
  name: string,
  path = '/console',
): Promise<ConsolePageInUse> {
  const context = await browser.newContext({
    viewport: { width: 1024, height: 900 },
    acceptDownloads: true,
    locale: 'vi-VN',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const elsewhere: string[] = [];
  const complaints: string[] = [];
  await page.goto(`${origin}${path}`);
  await page.getByRole('link', { name }).focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('main h1');
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('blob:')) elsewhere.push(url);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => complaints.push(dialog.message()));
  return { page, elsewhere, complaints };
}

/** Tries the page at each width: axe finds nothing, and nothing makes the page scroll sideways. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    expect(await axeFindings(page), `axe at ${width}`).toEqual([]);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow, `sideways at ${width}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1024, height: 900 });
}

async function axeFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = (await page.evaluate(
    `axe.run(document, ${JSON.stringify({ runOnly: tags })}).then((result) =>
       result.violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', ')))`,
  )) as readonly string[];
  return found;
}

/** Presses Tab until the element with this id has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, id: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if ((await page.evaluate('document.activeElement?.id')) === id) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${id} is not reached by Tab`);
}

/** Presses Tab until the first element of the selector has the focus. */
export async function tabToFirst(page: Page, selector: string): Promise<void> {
  const target = page.locator(selector).first();
  for (let presses = 0; presses < 80; presses += 1) {
    if ((await target.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${selector} is not reached by Tab`);
}

/** Writes a picture for the docs where `PICTURES=write` is set: the whole page, or its top in the viewport's size. */
export async function takePicture(page: Page, name: string, isWhole = true): Promise<void> {
  if (process.env['PICTURES'] !== 'write') return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: new URL(name, PICTURES).pathname, fullPage: isWhole });
}
