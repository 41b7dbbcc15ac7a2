import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resultHtml } from '../../reports/html/result-html.ts';
import { fullResult } from '../../reports/testing/full-result.ts';
import { hourLong } from '../../reports/testing/hour-long.ts';
import { launchBrowser } from './browser.ts';

const HOSTILE = `"'><script>document.title='taken'</script></style><img src=x onerror="document.title='taken'">]]>-->`;
const PHONE = { width: 360, height: 740 };

let browser: Browser;
let folder: string;
let full: string;

beforeAll(async () => {
  browser = await launchBrowser();
  folder = await mkdtemp(join(tmpdir(), 'shop-plan-page-'));
  const result = fullResult();
  full = await kept('full', resultHtml({ ...result, runs: [...result.runs, hourLong()] }));
});

afterAll(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

async function kept(name: string, page: string): Promise<string> {
  const path = join(folder, `${name}.html`);
  await writeFile(path, page);
  return pathToFileURL(path).href;
}

/** Opens a page, hands it over, and expects that nothing went wrong and nothing was asked for meanwhile. */
async function opened(
  address: string,
  options: BrowserContextOptions,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  try {
    const problems: string[] = [];
    const requests: string[] = [];
    context.on('request', (request) => requests.push(request.url()));
    context.on('console', (message) => problems.push(message.text()));
    context.on('weberror', (error) => problems.push(String(error.error())));
    const page = await context.newPage();
    await page.goto(address);
    await work(page);
    expect(problems).toEqual([]);
    expect(requests.filter((url) => url !== address && !url.startsWith('data:'))).toEqual([]);
  } finally {
    await context.close();
  }
}

describe('the page', () => {
  it('opens from a file without an error or a request, and names its result', () =>
    opened(full, {}, async (page) => {
      expect(await page.title()).toBe('FAIL: check of search, step 3');
      expect(await page.locator('h1').innerText()).toContain('heck of search, step 3');
      expect(await page.locator('header .badge').innerText()).toContain('FAIL');
    }));

  it('lets nobody in through a name', async () => {
    const address = await kept('hostile', resultHtml(fullResult(HOSTILE)));
    await opened(address, {}, async (page) => {
      expect(await page.title()).toBe(`FAIL: check of ${HOSTILE}, step 3`);
      expect(await page.locator('img, script:not(:last-child)').count()).toBe(0);
      const heading = await page.locator('#run-1 > h2').textContent();
      expect(heading).toBe(`${HOSTILE} on ${HOSTILE}, step 3: run 1`);
      // The filters still find their rows.
      await page.locator('[name=document]').selectOption({ index: 2 });
      expect(await page.locator('#ledger-1-table tbody tr:visible').count()).toBe(1);
    });
  });

  it('filters the ledger by keyboard', () =>
    opened(full, {}, async (page) => {
      const shown = page.locator('#ledger-1-table tbody tr:visible');
      expect(await shown.count()).toBe(3);
      await page.locator('[name=verdict]').focus();
      await page.keyboard.type('contra');
      await expect.poll(() => shown.count()).toBe(2);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.type('P99');
      await expect.poll(() => shown.count()).toBe(1);
      expect(await page.locator('.filters output').innerText()).toBe('1 of 3 shown');
      await page.keyboard.press('Enter');
      expect(await shown.count()).toBe(1);
    }));

  it('reads a plot where the pointer is, from the table below it', () =>
    opened(full, {}, async (page) => {
      const figure = page.locator('#run-3-time figure').first();
      await figure.scrollIntoViewIfNeeded();
      const area = await figure.locator('.plot-area').boundingBox();
      if (!area) throw new Error('the plot has no place');
      // Half-way through the hour, in which every tenth second begins a point.
      await page.mouse.move(area.x + area.width / 2 + 1, area.y + 20);
      const reading = figure.locator('.reading');
      expect(await reading.textContent()).toMatch(/^From 30:00 {2}· {2}p50 .* ms/);
      expect(await figure.locator('.reading-line').isVisible()).toBe(true);
      await page.mouse.move(0, 0);
      expect(await reading.textContent()).toBe('');
    }));

  it('has everything without script', () =>
    opened(full, { javaScriptEnabled: false }, async (page) => {
      expect(await page.locator('#ledger-1-table tbody tr:visible').count()).toBe(3);
      expect(await page.locator('.filters:visible').count()).toBe(0);
      const figures = await page.locator('figure').count();
      expect(figures).toBeGreaterThan(5);
      expect(await page.locator('figure > details table tbody tr:first-child').count()).toBe(figures);
      await page.locator('figure summary').first().click();
      expect(await page.locator('figure table').first().isVisible()).toBe(true);
    }));

  it('is dark where the system is, and light on paper', () =>
    opened(full, { colorScheme: 'dark' }, async (page) => {
      const ground = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(await ground()).toBe('rgb(20, 23, 26)');
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect(await ground()).toBe('rgb(255, 255, 255)');
      expect(await page.locator('nav:visible, .filters:visible').count()).toBe(0);
    }));

  it('fits a phone: what is wider scrolls in its own box', () =>
    opened(full, { viewport: PHONE }, async (page) => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
      await page.evaluate(`document.querySelectorAll('details').forEach((each) => { each.open = true; })`);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    }));
});

describe('for a screen reader', () => {
  it('headings go down one level at a time, from one h1', () =>
    opened(full, {}, async (page) => {
      const levels = await page
        .locator('h1, h2, h3, h4, h5, h6')
        .evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      expect(levels[0]).toBe(1);
      const jumps = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1);
      expect(jumps).toEqual([]);
    }));

  it('ids are there once, and whatever refers to one finds it', () =>
    opened(full, {}, async (page) => {
      const ids = await page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
      const named = await page
        .locator('[aria-labelledby]')
        .evaluateAll((all) => all.map((each) => each.getAttribute('aria-labelledby')));
      const linked = await page
        .locator('a[href]')
        .evaluateAll((all) => all.map((each) => each.getAttribute('href')?.slice(1)));
      expect([...named, ...linked].filter((id) => !ids.includes(id ?? ''))).toEqual([]);
    }));

  it('tables, figures, fields and landmarks have names', () =>
    opened(full, {}, async (page) => {
      expect(await page.locator('table:not(:has(> caption))').count()).toBe(0);
      expect(await page.locator('th:not([scope])').count()).toBe(0);
      expect(
        await page
          .locator('thead th')
          .evaluateAll((all) => all.filter((each) => each.textContent?.trim() === '').length),
      ).toBe(0);
      expect(await page.locator('figure:not(:has(> figcaption))').count()).toBe(0);
      expect(await page.locator('svg[role=img]:not([aria-label])').count()).toBe(0);
      expect(
        await page.locator('select, input').evaluateAll((all) => all.filter((each) => !each.closest('label')).length),
      ).toBe(0);
      expect(await page.locator('header, main, footer, nav[aria-label]').count()).toBe(4);
      expect(await page.locator('.scroll:not([tabindex])').count()).toBe(0);
    }));

  it('the first key leads to the content, and focus shows', () =>
    opened(full, {}, async (page) => {
      await page.keyboard.press('Tab');
      const skip = page.locator('.skip');
      expect(
        await skip.evaluate((each) => each.matches(':focus-visible') && each.getBoundingClientRect().left >= 0),
      ).toBe(true);
      expect(await page.evaluate(`getComputedStyle(document.querySelector('.skip')).outlineStyle`)).toBe('solid');
      await page.keyboard.press('Enter');
      expect(page.url()).toBe(`${full}#content`);
    }));
});
