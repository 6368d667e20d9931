import { spawnSync } from 'node:child_process';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXPLORER_EXAMPLES } from '../../mocks/explorer/examples.ts';
import { buildExplorer } from '../../mocks/explorer/explorer.ts';
import { country, startTestGateway, type TestGateway } from '../support/gateway.ts';
import { isSkippedWithout } from '../support/servers/redis.ts';

const found = spawnSync('which', ['chromium'], { encoding: 'utf8' }).stdout.trim();

describe.skipIf(isSkippedWithout('chromium', found !== ''))('the explorer in Chromium', () => {
  let gateway: TestGateway;
  let browser: Browser;
  let page: Page;
  const elsewhere: string[] = [];
  const faults: string[] = [];

  beforeAll(async () => {
    const [person] = country.people({ with: ['land', 'business', 'marriage'] });
    gateway = await startTestGateway({
      overrides: { explorer: buildExplorer(person?.personalId ?? '') },
    });
    browser = await chromium.launch({ executablePath: found, args: ['--no-sandbox'] });
    page = await browser.newPage();
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(new URL('/', gateway.url).href) && !url.startsWith('data:')) elsewhere.push(url);
    });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    await page.goto(gateway.url);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await gateway.close();
  });

  const wanted = ['"fullName"', 'FIELD_NOT_GRANTED', 'myAccesses', 'accessLog'];
  it.each(EXPLORER_EXAMPLES.map(({ title }, at) => [title, at] as const))(
    'runs the example "%s"',
    async (_title, at) => {
      await page.selectOption('#example', String(at));
      await page.click('button.graphiql-execute-button');
      const answer = page.locator('.result-window');
      const text = at === 0 ? '"household"' : (wanted[at] ?? '');
      await expect.poll(() => answer.innerText(), { timeout: 15_000 }).toContain(text);
      const shown = await answer.innerText();
      expect(shown.includes('"errors"')).toBe(at === 1);
    },
    30_000,
  );

  it('lets another client and case be chosen', async () => {
    await page.selectOption('#example', '0');
    await page.fill('#case', 'H26-261121-9001');
    await page.click('button.graphiql-execute-button');
    await expect
      .poll(() => page.locator('.result-window').innerText(), { timeout: 15_000 })
      .toContain('CASE_NOT_VALID');
    expect(await page.inputValue('#purpose')).toBe('inspection');
  }, 30_000);

  it('fetched nothing from elsewhere, and broke no policy', () => {
    expect(elsewhere).toEqual([]);
    // A refusal by the gateway is no fault of the page.
    expect(faults.filter((text) => !text.includes('the server responded with a status of 403'))).toEqual([]);
  });
});
