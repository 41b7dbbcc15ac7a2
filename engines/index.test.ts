import { expect, test } from 'vitest';
import { ENGINES } from './index.ts';

test('every engine is found by its own name', () => {
  expect([...ENGINES.keys()]).toEqual(['open-loop', 'autocannon', 'k6']);
  for (const [name, engine] of ENGINES) expect(engine.name).toBe(name);
});
