import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { resultHtml } from '../reports/html/result-html.ts';
import { hourLong } from '../reports/testing/hour-long.ts';
import { launchBrowser } from '../tests/html/browser.ts';

// What a page of an hour's run with twelve request classes weighs, how long it takes to write, and when a browser shows it.
const RUNS = 15;
const TARGETS = { size_bytes: 2_000_000, rendering_ms: 2_000, first_paint_ms: 1_000 };

const run = hourLong();
const render = (): string => resultHtml({ title: 'an hour', outcome: run.judgement.outcome, runs: [run] });

function timed_ms(work: () => void): number {
  const start_ms = performance.now();
  work();
  return performance.now() - start_ms;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const FIRST_PAINT = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const [entry] = list.getEntriesByName('first-contentful-paint');
    if (entry) resolve(entry.startTime);
  }).observe({ type: 'paint', buffered: true });
})`;

/** From the start of the navigation to the first contentful paint, in a context of its own. */
async function firstPaint_ms(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(address);
    return await page.evaluate<number>(FIRST_PAINT);
  } finally {
    await context.close();
  }
}

const first_ms = timed_ms(render);
const warm_ms = median(Array.from({ length: RUNS }, () => timed_ms(render)));
const size_bytes = Buffer.byteLength(render());
process.stdout.write(
  `an hour with 12 classes: ${(size_bytes / 1000).toFixed(0)} KB (target < ${TARGETS.size_bytes / 1000} KB), ` +
    `written in ${first_ms.toFixed(0)} ms the first time, ${warm_ms.toFixed(0)} ms warm (target < ${TARGETS.rendering_ms} ms)\n`,
);

const folder = await mkdtemp(join(tmpdir(), 'shop-plan-bench-'));
const browser = await launchBrowser();
try {
  const path = join(folder, 'hour.html');
  await writeFile(path, render());
  const paints: number[] = [];
  for (let i = 0; i < RUNS; i++) paints.push(await firstPaint_ms(browser, pathToFileURL(path).href));
  process.stdout.write(
    `first paint after ${median(paints).toFixed(0)} ms, at most ${Math.max(...paints).toFixed(0)} ms ` +
      `(target < ${TARGETS.first_paint_ms} ms, median of ${RUNS})\n`,
  );
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}
