import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPlan, loadScenario } from '../../api/files.ts';
import { INSTRUMENTS } from '../../harness/known-instruments.ts';
import { InvalidInput } from '../../model/document/diagnostic.ts';
import { readGate } from '../../model/gate/read-gate.ts';
import { readLesson } from '../../model/lesson/read-lesson.ts';
import { NO_MEASUREMENTS } from '../../model/lesson/testing/no-measurements.ts';
import { readPlan } from '../../model/plan/read-plan.ts';
import { readScenario } from '../../model/scenario/read-scenario.ts';
import { renderDiagnostics } from '../../reports/diagnostics-text.ts';
import { plainStyle } from '../../reports/style.ts';

const ENGINES = new Map([
  ['open-loop', true],
  ['autocannon', false],
]);

/** Beside the scenarios. */
const TRACES = new Map([['wrong.csv', 'seconds,rate\n0,100\n60,many\n']]);

const shop = await loadPlan('amazon-shop');
/** What gates are held to. */
const runs = [{ plan: shop, scenario: await loadScenario('moderate', shop), step: 2, instruments: INSTRUMENTS }];

function complaint(path: string, read: (text: string) => unknown): string {
  const text = readFileSync(join(import.meta.dirname, path), 'utf8');
  try {
    read(text);
  } catch (error) {
    if (error instanceof InvalidInput) return renderDiagnostics(error.diagnostics, error.source, path, plainStyle);
    throw error;
  }
  throw new Error(`${path} was accepted`);
}

function inputs(folder: string): string[] {
  const files = readdirSync(join(import.meta.dirname, folder));
  return files.filter((file) => file.endsWith('.yaml')).map((file) => `${folder}/${file}`);
}

describe('wrong files get every problem at once, each with its line, caret and help', () => {
  it.each(inputs('plan'))('%s', async (path) => {
    const text = complaint(path, (source) => readPlan(path, source));
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, path.replace('.yaml', '.txt')));
  });

  it.each(inputs('scenario'))('%s', async (path) => {
    const readTrace = (file: string) => TRACES.get(file);
    const surroundings = { readTrace, instruments: INSTRUMENTS };
    const text = complaint(path, (source) => readScenario(path, source, shop, ENGINES, surroundings));
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, path.replace('.yaml', '.txt')));
  });

  it.each(inputs('gate'))('%s', async (path) => {
    const text = complaint(path, (source) => readGate(path, source, shop, runs));
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, path.replace('.yaml', '.txt')));
  });

  it.each(inputs('lesson'))('%s', async (path) => {
    const text = complaint(path, (source) => readLesson(path, source, { plan: shop, measurements: NO_MEASUREMENTS }));
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, path.replace('.yaml', '.txt')));
  });

  it.each(inputs('prices'))('%s', async (path) => {
    const plan = 'plan: mine\nprices: { book: book }\n';
    const text = complaint(path, (source) =>
      readPlan('plan.yaml', plan, { priceBook: () => ({ path, text: source }) }),
    );
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, path.replace('.yaml', '.txt')));
  });
});
