import { expect, test } from 'vitest';
import { PopularQueries } from './popular-queries.ts';

test('a query asked often is popular, and stays so through the next window', () => {
  let now_ms = 0;
  const queries = new PopularQueries(() => now_ms);
  for (let n = 0; n < 9; n += 1) queries.count('laptop');
  expect(queries.isPopular('laptop')).toBe(false);
  queries.count('laptop');
  expect(queries.isPopular('laptop')).toBe(true);
  expect(queries.isPopular('lute')).toBe(false);
  now_ms = 600_000;
  queries.count('lute');
  expect(queries.isPopular('laptop')).toBe(true);
  now_ms = 1_200_000;
  queries.count('lute');
  expect(queries.isPopular('laptop')).toBe(false);
});
