import { readFileSync } from 'node:fs';
import * as library from 'shop-plan';
import { expect, loadTest } from 'shop-plan/vitest';

// The programs of docs/library.md are executed where the package is installed (tests/package); this is the rest.
const text = readFileSync('docs/library.md', 'utf8');
const test = loadTest({ plan: 'amazon-shop', step: 2, simulated: true });

test('the scenario in the documentation is one', async ({ drive }) => {
  const scenario = /^scenario: crash\n[\s\S]*?(?=`;)/m.exec(text)?.[0] ?? '';
  const { observation } = await drive({ name: 'crash.yaml', text: scenario }, { scale: 0.1, seed: 3 });
  expect(observation.what.scenario).toBe('crash');
  expect(observation.events.map(({ kind }) => kind)).not.toEqual([]);
});

test('every function and error that is exported is documented', () => {
  expect(Object.keys(library).filter((name) => !text.includes(`\`${name}`))).toEqual([]);
});
